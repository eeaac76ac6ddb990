import { LEVELS } from '../../lib/log-levels.ts';
import { meantValues } from '../../sites/value-spelling.ts';
import type { Bindings } from '../../store/bindings.ts';
import { contains } from '../stats/conditions.ts';
import type { LogsQuestion } from './logs.ts';

/** A question about logs with its defaults filled in. */
export interface PlannedLogsQuery {
  readonly question: LogsQuestion;
  /** Site id. */
  readonly site: string;
  /** First instant and the first one after the range, in Unix seconds. */
  readonly bounds: { readonly from: number; readonly to: number };
  readonly limit: number;
  readonly offset: number;
}

/** The records that a question is about, as a condition on rows called `r`. */
export const matching = ({ question, site, bounds }: PlannedLogsQuery, bind: Bindings['bind']): string => {
  const { level, search, page, fingerprint } = question;
  return [
    `r.site = ${bind(site, 'String')}`,
    within(bounds, bind),
    ...(level ? [`r.severity IN ${bind(LEVELS.slice(LEVELS.indexOf(level)), 'Array(String)')}`] : []),
    ...(search ? [contains('r.message', bind([search], 'Array(String)'), 1)] : []),
    ...(page ? [`r.page IN ${bind(meantValues('event:page', page), 'Array(String)')}`] : []),
    ...(fingerprint ? [`r.fingerprint = ${bind(fingerprint, 'String')}`] : []),
  ].join(' AND ');
};

/** The time of a row called `r` lies within the bounds. */
export const within = ({ from, to }: PlannedLogsQuery['bounds'], bind: Bindings['bind']): string =>
  `r.ts >= toDateTime(${bind(from, 'UInt32')}, 'UTC') AND r.ts < toDateTime(${bind(to, 'UInt32')}, 'UTC')`;

/** The page asked for. */
export const slice = ({ limit, offset }: PlannedLogsQuery, bind: Bindings['bind']): string =>
  `LIMIT ${bind(limit, 'UInt32')} OFFSET ${bind(offset, 'UInt32')}`;

/** ISO time of Unix seconds. */
export const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString();
