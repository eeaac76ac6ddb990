import '../styles/help.css';
import { text } from '../i18n/text.ts';
import { Dialog } from '../ui/dialog.tsx';
import { PERIOD_KEYS } from './period-keys.ts';

/** Where the reader asks for help: some keys are only for some screens. */
export type Place = 'statistics' | 'live' | 'logs' | 'sites';

type Line = readonly [keys: readonly string[], meaning: string];

const PERIODS: readonly Line[] = [
  ...Object.entries(PERIOD_KEYS).map(([key, period]): Line => [[key.toUpperCase()], text.periods[period]]),
  [['←', '→'], text.keys.move],
];

const LINES: Record<Place, readonly Line[]> = {
  statistics: [...PERIODS, [['X'], text.keys.compare], [['F'], text.keys.filter], [['/'], text.keys.searchPages]],
  live: [],
  logs: [...PERIODS, [['/'], text.logs.search]],
  sites: [[['/'], text.nav.findSite]],
};

/** What the keyboard does here. */
export const KeyboardHelp = ({ place, onClose }: { place: Place; onClose: () => void }) => {
  const chart: readonly Line[] = place === 'statistics' ? [[['←', '→'], text.keys.chart]] : [];
  const lines: readonly Line[] = [...LINES[place], [['?'], text.keys.help], [['Esc'], text.keys.escape], ...chart];
  return (
    <Dialog title={text.keys.title} onClose={onClose} class="small keys">
      <dl>
        {lines.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
};
