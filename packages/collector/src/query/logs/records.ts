import { bindings, SETTINGS } from '../../store/bindings.ts';
import { ROW_KINDS } from '../../store/row.ts';
import type { Store } from '../../store/store.ts';
import { isoTime, matching, type PlannedLogsQuery, slice } from './conditions.ts';
import type { LogRecord, LogsAnswer } from './logs.ts';

interface RecordRow extends Omit<LogRecord, 'time' | 'kind'> {
  readonly at: number;
  readonly number: number;
}

/** Log lines and errors, the newest first. */
export const records = async (store: Store, planned: PlannedLogsQuery): Promise<LogsAnswer> => {
  const [rows, total] = await Promise.all([page(store, planned), count(store, planned)]);
  return { view: 'records', records: rows.map(recordOf), total };
};

const page = (store: Store, planned: PlannedLogsQuery): Promise<RecordRow[]> => {
  const { bind, params } = bindings();
  const sql = `SELECT toUnixTimestamp(r.ts) AS at, r.kind AS number, r.severity AS severity, r.message AS message,
  r.fingerprint AS fingerprint, r.stack AS stack, r.page AS page, r.browser AS browser, r.os AS os, r.device AS device,
  r.release AS release, r.attributes AS attributes
FROM logs AS r WHERE ${matching(planned, bind)}
ORDER BY r.ts DESC, message, page ${slice(planned, bind)}
${SETTINGS}`;
  return store.query<RecordRow>(sql, params);
};

const count = async (store: Store, planned: PlannedLogsQuery): Promise<number> => {
  const { bind, params } = bindings();
  const sql = `SELECT toFloat64(count()) AS total FROM logs AS r WHERE ${matching(planned, bind)} ${SETTINGS}`;
  const [row] = await store.query<{ total: number }>(sql, params);
  return row?.total ?? 0;
};

const recordOf = ({ at, number, ...rest }: RecordRow): LogRecord => ({
  time: isoTime(at),
  kind: number === ROW_KINDS.error ? 'error' : 'log',
  ...rest,
});
