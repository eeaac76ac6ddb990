import { useEffect, useRef } from 'preact/hooks';
import { navigate } from '../app/router.ts';
import { text } from '../i18n/text.ts';
import { LEVELS } from '../reports/levels.ts';
import { type LogsView, logsHref } from '../state/logs-view.ts';
import { Icon } from '../ui/icon.tsx';

/** Typing is taken as finished after this many milliseconds. */
const TYPED = 250;

const Search = ({ domain, view }: { domain: string; view: LogsView }) => {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onInput = (event: Event) => {
    const { value } = event.currentTarget as HTMLInputElement;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => navigate(logsHref(domain, view, { search: value }), { replace: true }), TYPED);
  };
  return (
    <input
      type="search"
      placeholder={text.logs.search}
      aria-label={text.logs.search}
      defaultValue={view.search}
      onInput={onInput}
    />
  );
};

const LevelSelect = ({ domain, view }: { domain: string; view: LogsView }) => (
  <select
    aria-label={text.logs.level}
    value={view.level ?? ''}
    onChange={(event) =>
      navigate(logsHref(domain, view, { level: LEVELS.find((level) => level === event.currentTarget.value) ?? null }))
    }
  >
    <option value="">{text.logs.anyLevel}</option>
    {LEVELS.slice(1).map((level) => (
      <option key={level} value={level}>
        {text.logs.from({ level: text.logs.levels[level] })}
      </option>
    ))}
  </select>
);

/** Narrows the list: by text, and records by severity and problem. */
export const Filters = ({ domain, view }: { domain: string; view: LogsView }) => (
  <div class="log-filters">
    {view.fingerprint && (
      <span class="chip">
        <b>{text.logs.onlyProblem}</b>
        <a class="remove" href={logsHref(domain, view, { fingerprint: null })} aria-label={text.logs.removeProblem}>
          <Icon name="close" />
        </a>
      </span>
    )}
    {view.tab === 'records' && <LevelSelect domain={domain} view={view} />}
    <Search key={view.tab} domain={domain} view={view} />
  </div>
);
