import { literal } from '../../lib/sql-quote.ts';
import type { Tell } from '../migration.ts';
import { rowsHere } from '../schema.ts';
import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { onEveryServer, type Topology } from '../topology.ts';
import { createLookup, type InTodays } from './lookup.ts';
import { ADDRESS, HOST, type Kind, oldSpellings, type Pair, SEARCH } from './old-spellings.ts';
import { unlessDamaged } from './unless-damaged.ts';

/** Rollups of values of one kind, by the numbers that they have in this version. */
const FAMILIES = {
  // Page, entry page, referrer.
  addresses: { kind: ADDRESS, rollups: [10, 12, 22] },
  sources: { kind: HOST, rollups: [20] },
} as const satisfies Record<string, { kind: Kind; rollups: readonly number[] }>;

type Family = keyof typeof FAMILIES;

/** The numbers of `sums` in this version. */
const UNSIGNED = 'views visits visitors events seconds engaged_ms scroll seen_visits seen_visitors moves'.split(' ');
const SIGNED = ['bounces', 'later_visitors', 'revenue'];
const NUMBERS = [...UNSIGNED, ...SIGNED];

/** What is moved at a time has about so many bytes, each row its value's and those of its numbers. */
const SLICE_BYTES = 5_000_000;
const ROW_BYTES = 200;
/** Each moves all that is there; only collectors of before, that go on beside this one, leave something to the next. */
const MOST_ROUNDS = 20;

/**
 * A part of a year, as small as one statement can move. What it consists of stays in it, whatever is moved: so its token
 * stands for the same wherever it is asked for.
 */
interface Slice {
  readonly family: Family;
  /** Days, the last one included. Rows are sorted by them, and parts know theirs. */
  readonly from: string;
  readonly to: string;
  /** The how manieth of how many slices of these days. */
  readonly index: number;
  readonly of: number;
}

/**
 * Moves the numbers of old spellings to today's: each row is added once more with its numbers negated, and once with its
 * new value. Both are in one block of one partition, which is stored whole or not at all, under a token of its own, so
 * that it is stored once, whoever does it how often. Rows of which nothing is left go when parts are merged, which is done
 * at once: a purge of a page would not find its old spellings.
 */
export const respellSums = async (store: Store, topology: Topology, tell: Tell): Promise<void> => {
  const lookup = createLookup(store, topology);

  /** @returns false: there was nothing to move */
  const round = async (family: Family, year: number, number: number): Promise<boolean> => {
    const planned = await slicesOf(store, family, year);
    if (!(await someOld(store, planned))) return false;
    tell('writing addresses in their own letters', { table: 'sums', year });
    const name = `${family} ${year} ${number}`;
    const agreed = JSON.parse(await lookup.agree(name, JSON.stringify(planned))) as Slice[];
    for (const [at, slice] of agreed.entries()) {
      const pairs = await allOld(store, slice);
      if (pairs.length > 0) await store.command(move(slice, await lookup.put(pairs), `${name} ${at}`), {}, UPKEEP);
    }
    return true;
  };

  for (const year of await yearsOf(store))
    await unlessDamaged(tell, async () => {
      for (const family of Object.keys(FAMILIES) as Family[])
        for (let number = 0; number < MOST_ROUNDS && (await round(family, year, number)); number++);
      if (await lookup.isUsed()) await merge(store, topology, year);
    });
};

const UPKEEP = { pool: 'upkeep' } as const;

const yearsOf = async (store: Store): Promise<number[]> => {
  const found = await store.query<{ year: number }>(
    `SELECT toYear(day) AS year FROM sums GROUP BY year ORDER BY year ${SEARCH}`,
    {},
    UPKEEP,
  );
  return found.map(({ year }) => year);
};

/** Cuts what may have to be moved of a year, day by day; none: there is nothing of the kind. */
const slicesOf = async (store: Store, family: Family, year: number): Promise<Slice[]> => {
  const { kind, rollups } = FAMILIES[family];
  const days = await store.query<{ day: string; bytes: number }>(
    `SELECT s.day AS day, toFloat64(sum(length(s.value) + ${ROW_BYTES})) AS bytes FROM sums AS s
WHERE s.dimension IN (${rollups.join(', ')}) AND toYear(s.day) = ${year} AND ${kind.isSuspect('s.value')}
GROUP BY day ORDER BY day ${SEARCH}`,
    {},
    UPKEEP,
  );
  const slices: Slice[] = [];
  let room = 0;
  for (const { day, bytes } of days) {
    const last = slices.at(-1);
    room -= bytes;
    if (last !== undefined && room >= 0) slices[slices.length - 1] = { ...last, to: day };
    else {
      const of = Math.ceil(bytes / SLICE_BYTES);
      for (let index = 0; index < of; index++) slices.push({ family, from: day, to: day, index, of });
      room = of === 1 ? SLICE_BYTES - bytes : 0;
    }
  }
  return slices;
};

const someOld = async (store: Store, slices: readonly Slice[]): Promise<boolean> => {
  for (const slice of slices) if ((await allOld(store, slice)).length > 0) return true;
  return false;
};

/** Of a slice, which is small. */
const allOld = async (store: Store, slice: Slice): Promise<Pair[]> => {
  const found: Pair[] = [];
  const values = `SELECT DISTINCT value FROM (${rowsOf(slice)})`;
  for await (const pairs of oldSpellings(store, FAMILIES[slice.family].kind, values))
    for (const pair of pairs) found.push(pair);
  return found;
};

/** The rows that may have to be moved, each once, with its numbers. What was moved adds up to nothing. */
const rowsOf = ({ family, from, to, index, of }: Slice): string =>
  `SELECT s.site AS site, s.dimension AS dimension, s.value AS value, s.day AS day,
  ${NUMBERS.map((name) => `sum(s.${name}) AS sum_${name}`).join(', ')}
FROM sums AS s
WHERE s.dimension IN (${FAMILIES[family].rollups.join(', ')}) AND s.day BETWEEN '${from}' AND '${to}'
  AND cityHash64(s.site, s.value) % ${of} = ${index} AND ${FAMILIES[family].kind.isSuspect('s.value')}
GROUP BY site, dimension, value, day
HAVING ${NUMBERS.map((name) => `sum_${name} != 0`).join(' OR ')}`;

/** Merges a year, unless it is. */
const merge = async (store: Store, topology: Topology, year: number): Promise<void> => {
  try {
    await store.command(
      `OPTIMIZE TABLE ${rowsHere('sums', topology)}${onEveryServer(topology)} PARTITION ID '${year}' FINAL
SETTINGS optimize_skip_merged_partitions = 1`,
      {},
      UPKEEP,
    );
  } catch (error) {
    // A huge year takes longer than an answer is awaited: it is merged later.
    if (!(error instanceof StoreError) || error.outcome !== 'unknown') throw error;
  }
};

/** Numbers without a sign are added up modulo 2^64, and so taken from. */
const move = (slice: Slice, inTodays: InTodays, token: string): string =>
  `INSERT INTO sums (site, dimension, value, day, ${NUMBERS.join(', ')})
SELECT site, dimension, if(sign = 1, today, value), day,
  ${[...UNSIGNED.map((name) => `toUInt64(sign * sum_${name})`), ...SIGNED.map((name) => `sign * sum_${name}`)].join(', ')}
FROM (SELECT *, ${inTodays('value')} AS today FROM (${rowsOf(slice)}) WHERE today != value)
ARRAY JOIN [-1, 1]::Array(Int64) AS sign
SETTINGS max_threads = 1, max_insert_threads = 1, max_execution_time = 100, insert_deduplicate = 1,
  insert_deduplication_token = ${literal(`spelling ${token}`)}, distributed_product_mode = 'local'`;
