/**
 * The question and the answer of `GET /api/logs`. The fields of {@link LogsQuestion} are its query parameters, as text; an
 * answer is a {@link LogsAnswer}, a refusal the `Refusal` of `query.ts`: 400 with the field that is wrong, 404 for a site
 * that is not there or that the caller may not see.
 *
 * @example
 * GET /api/logs?site_id=example.com&view=problems&date_range=7d
 * { "view": "problems", "total": 1, "problems": [{ "message": "x is not a function", "count": 12, "visits": 5, … }] }
 */
import type { DateRange } from '../stats/query.ts';

/** `view=problems`: errors grouped by fingerprint. `view=records`: single log lines and errors, newest first. */
export interface LogsQuestion {
  site_id: string;
  view: 'problems' | 'records';
  /** A named range of `query.ts`, or `from,to`. Missing: `7d`. */
  date_range?: DateRange;
  /** Records: least severity shown. */
  level?: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /** Text that the message contains, case ignored. */
  search?: string;
  /** Page path, exact. */
  page?: string;
  /** Only this problem: the `fingerprint` of a {@link Problem}. */
  fingerprint?: string;
  /** Groups or records of the answer, 1 to 200. Missing: 50. */
  limit?: number;
  /** Groups or records to leave out before them. Missing: 0. */
  offset?: number;
}

/** A group of equal errors. */
export interface Problem {
  /** Key of the group: 16 hex digits, the same wherever message and place of the error are, see `error-fingerprint.ts`. */
  fingerprint: string;
  message: string;
  /** Stack of the newest record. */
  stack: string;
  /** Errors of the group. */
  count: number;
  /** Visits in which it happened, as far as they are known. */
  visits: number;
  /** ISO time, UTC: the first of all that are kept, also before the range. */
  first_seen: string;
  /** ISO time, UTC: the last within the range. */
  last_seen: string;
  /** It was first seen within the range. */
  is_new: boolean;
  /** Page on which it happened most. */
  page: string;
  /** Browsers in which it happened, the most frequent first, at most 3. */
  browsers: string[];
}

/** A log line or an error. */
export interface LogRecord {
  /** ISO time, UTC. */
  time: string;
  kind: 'log' | 'error';
  severity: string;
  message: string;
  fingerprint: string;
  stack: string;
  page: string;
  browser: string;
  os: string;
  device: string;
  release: string;
  attributes: Record<string, string>;
}

/** The answer, by `view`. `total` counts all that match. */
export type LogsAnswer =
  | { view: 'problems'; problems: Problem[]; total: number }
  | { view: 'records'; records: LogRecord[]; total: number };
