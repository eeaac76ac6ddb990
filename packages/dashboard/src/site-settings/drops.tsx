import type { AnswerRow, Site } from '../api/client.ts';
import { format } from '../i18n/format.ts';
import { dropMeaning, dropName } from '../i18n/names.ts';
import { text } from '../i18n/text.ts';
import { useAnswer } from '../query/use-answer.ts';
import { parseView } from '../state/view.ts';
import { Card } from '../ui/card.tsx';
import { Failure, Skeleton } from '../ui/states.tsx';

const PERIOD = parseView(new URLSearchParams('period=28d'));

/** What was left out: by day, newest first, and by reason, most frequent first. */
interface Drops {
  readonly days: readonly string[];
  readonly reasons: readonly string[];
  readonly count: (reason: string, day?: string) => number;
}

const tabulate = (rows: readonly AnswerRow[]): Drops => {
  const cells = rows.map(({ dimensions: [reason = '', day = ''], metrics: [count] }) => ({
    reason,
    day,
    count: count ?? 0,
  }));
  const count = (reason: string, day?: string): number =>
    cells
      .filter((cell) => cell.reason === reason && (day === undefined || cell.day === day))
      .reduce((sum, cell) => sum + cell.count, 0);
  const reasons = [...new Set(cells.map(({ reason }) => reason))];
  return {
    days: [...new Set(cells.map(({ day }) => day))].sort().reverse(),
    reasons: reasons.sort((a, b) => count(b) - count(a)),
    count,
  };
};

const Count = ({ value }: { value: number }) => <td data-value={value}>{value === 0 ? '' : format.count(value)}</td>;

const Table = ({ drops: { days, reasons, count } }: { drops: Drops }) => (
  // Wider than a phone, it scrolls by itself, by the keyboard too.
  // biome-ignore lint/a11y: a group of nothing but the table; what scrolls has to be reached
  <div class="scrolled" role="group" tabIndex={0} aria-label={text.siteSettings.drops}>
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{text.siteSettings.day}</th>
          {reasons.map((reason) => (
            <th key={reason} scope="col" title={dropMeaning(reason)}>
              {dropName(reason)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr class="total">
          <th scope="row">{text.siteSettings.allDays}</th>
          {reasons.map((reason) => (
            <Count key={reason} value={count(reason)} />
          ))}
        </tr>
        {days.map((day) => (
          <tr key={day}>
            <th scope="row">{format.longStep(day, 'day')}</th>
            {reasons.map((reason) => (
              <Count key={reason} value={count(reason, day)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** What reached the collector and does not count, day by day. */
export const DropTable = ({ site }: { site: Site }) => {
  const scope = { domain: site.domain, view: PERIOD };
  const { data, error, retry } = useAnswer(scope, { metrics: ['events'], dimensions: ['drop:reason', 'time:day'] });
  return (
    <Card title={text.siteSettings.drops} lead={text.siteSettings.dropsLead}>
      {error && <Failure error={error} retry={retry} />}
      {!data && !error && <Skeleton lines={4} />}
      {data?.results.length === 0 && <p class="muted">{text.siteSettings.noDrops}</p>}
      {data && data.results.length > 0 && <Table drops={tabulate(data.results)} />}
    </Card>
  );
};
