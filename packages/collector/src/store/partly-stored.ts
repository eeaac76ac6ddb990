import { utcDay } from '../lib/time-zone.ts';
import type { Batch } from './lines.ts';
import { ROW_KINDS } from './row.ts';
import type { Store } from './store.ts';
import type { Topology } from './topology.ts';

/** What is looked at of a row of a batch. */
interface Line {
  readonly site: string;
  readonly ts: number;
  readonly day: string;
  readonly visit: string;
  readonly step: number;
  readonly kind: number;
  readonly message: string;
  readonly hit_until: string;
  readonly log_until: string;
}

const SEEN: readonly (keyof Line)[] = [
  'site',
  'ts',
  'day',
  'visit',
  'step',
  'kind',
  'message',
  'hit_until',
  'log_until',
];
const HITS: readonly number[] = [ROW_KINDS.view, ROW_KINDS.event, ROW_KINDS.engagement, ROW_KINDS.error];
const LOGS: readonly number[] = [ROW_KINDS.error, ROW_KINDS.log];

/**
 * Whether `hits` or `logs` have rows of a batch whose insert failed. Tables are filled one after the other, so that one
 * may have what another lacks; what one of them has of a month it has whole, so a row of each month tells. Of a cluster it
 * takes one of each site too, as sites lie on different shards. `sums`, whose rows are added up, comes after them. An equal log line of another batch is taken for one of this: then too much is
 * found, never too little.
 */
export const isPartlyStored =
  (store: Pick<Store, 'query'>, topology: Topology) =>
  async ({ columns, lines }: Batch): Promise<boolean> => {
    const rows = linesOf(columns, lines);
    const placeOf = ({ site, day }: Line): string => `${topology === null ? '' : site} ${day.slice(0, 7)}`;
    const oneOfEach = (some: readonly Line[]): Iterable<Line> =>
      new Map(some.map((row) => [placeOf(row), row])).values();
    for (const row of oneOfEach(rows.filter(isHit)))
      if (await finds(store, `hits WHERE ${SAME_PLACE} AND visit = {visit:UInt64} AND step = {step:UInt32}`, row))
        return true;
    for (const row of oneOfEach(rows.map(asLogged).filter(isLogged)))
      if (await finds(store, `logs WHERE ${SAME_PLACE} AND kind = {kind:UInt8} AND message = {message:String}`, row))
        return true;
    return false;
  };

/** Rows that their site does not keep come into neither table. */
const isHit = ({ kind, visit, day, hit_until: until }: Line): boolean =>
  HITS.includes(kind) && visit !== '0' && until > day;
const isLogged = ({ kind, day, log_until: until }: Line): boolean => LOGS.includes(kind) && until > day;

/** The days of `logs` are those of UTC. */
const asLogged = (row: Line): Line => ({ ...row, day: utcDay(row.ts * 1000) });

const SAME_PLACE = "site = {site:String} AND ts = toDateTime({ts:UInt32}, 'UTC') AND day = {day:Date}";

const finds = async (store: Pick<Store, 'query'>, where: string, row: Line): Promise<boolean> => {
  const found = await store.query(`SELECT 1 AS found FROM ${where} LIMIT 1`, { ...row }, { pool: 'config' });
  return found.length > 0;
};

const linesOf = (columns: readonly string[], lines: Buffer): Line[] =>
  lines
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = JSON.parse(line) as unknown[];
      return Object.fromEntries(SEEN.map((name) => [name, values[columns.indexOf(name)]])) as unknown as Line;
    });
