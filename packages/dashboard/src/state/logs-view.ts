import { LEVELS, type LevelName } from '../reports/levels.ts';
import { type Period, parsePeriod, periodText } from './period.ts';
import { sitePath } from './route.ts';

/** Everything the reader has chosen on the logs page; it stands in the address. */
export interface LogsView {
  readonly tab: 'problems' | 'records';
  readonly period: Period;
  /** Least severity shown; null: all. */
  readonly level: LevelName | null;
  readonly search: string;
  /** Only this problem. */
  readonly fingerprint: string | null;
  readonly offset: number;
}

/** Shown when the address names no period. */
const DEFAULT_LOGS_PERIOD = '7d' satisfies Period;

const isLevel = (name: string | null): name is LevelName => LEVELS.some((level) => level === name);

/** Reads the view of the logs page from the query of an address. */
export const parseLogsView = (search: URLSearchParams): LogsView => {
  const level = search.get('level');
  const offset = Number(search.get('offset'));
  return {
    tab: search.get('tab') === 'records' ? 'records' : 'problems',
    period: parsePeriod(search.get('period') ?? DEFAULT_LOGS_PERIOD),
    level: isLevel(level) ? level : null,
    search: search.get('search') ?? '',
    fingerprint: search.get('problem'),
    offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0,
  };
};

/** Address of a site's logs in a view; a change of anything else starts the list from its beginning. */
export const logsHref = (domain: string, view: LogsView, change: Partial<LogsView> = {}): string => {
  const next: LogsView = { ...view, offset: 0, ...change };
  const chosen: Record<string, string> = {
    ...(next.tab === 'records' && { tab: next.tab }),
    ...(next.period !== DEFAULT_LOGS_PERIOD && { period: periodText(next.period) }),
    ...(next.level && { level: next.level }),
    ...(next.search && { search: next.search }),
    ...(next.fingerprint && { problem: next.fingerprint }),
    ...(next.offset > 0 && { offset: String(next.offset) }),
  };
  const search = new URLSearchParams(chosen).toString();
  return sitePath(domain, 'logs') + (search && `?${search}`);
};
