import { type Bindings, bindings, type Statement } from '../../store/bindings.ts';
import { DIMENSIONS } from '../../store/dimensions.ts';
import { dropKept } from '../../store/kept-tables.ts';
import { ROW_KINDS } from '../../store/row.ts';
import { alterTable } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import type { Topology } from '../../store/topology.ts';
import type { Site } from '../site.ts';
import { meantValues } from '../value-spelling.ts';
import { BEGUN, createPurgeChosen } from './chosen.ts';
import { type Extent, inHits, isChosen, onDays, type Part } from './part.ts';

export { EVERYTHING, type Extent, type Part } from './part.ts';

/** Forgets for good what was stored. */
export interface Purge {
  extent(site: Site, part: Part): Promise<Extent>;
  /** Numbers of the visits since a local day of which a part leaves no view or event. */
  visits(site: Site, part: Part, since: string): Promise<string[]>;
  /**
   * Takes a part out of the store, and returns what was in it. Of a period all is deleted, its numbers too. A page is
   * forgotten: its log records are deleted, its name and title go from every hit and every list, while the visits to it
   * stay counted, so that the numbers of its days still add up. Hits that say something are deleted, with the visits that
   * have nothing else, and taken out of all numbers.
   * @param held does what takes hits and their numbers apart: nothing may be stored meanwhile. It is short: the store
   * goes on with what was there by then, which takes minutes of many hits and is waited for
   */
  purge(site: Site, part: Part, held: Held): Promise<Extent>;
}

/** Does a job while nothing else is stored. */
export type Held = <T>(job: () => Promise<T>) => Promise<T>;

/** Makes {@link Purge}. */
export const createPurge = (store: Store, topology: Topology): Purge => {
  const count = async (site: Site, part: Part, { table, of }: Counted): Promise<number> => {
    const select = (where: string): string => `SELECT toFloat64(${of}) AS n FROM ${table} WHERE ${where}`;
    const { sql, params } = within(table, site, part, select);
    const [row] = await store.query<{ n: number }>(sql, params);
    return row?.n ?? 0;
  };

  const extent = async (site: Site, part: Part): Promise<Extent> => {
    const [hits, logs, days] = await Promise.all(COUNTED.map((counted) => count(site, part, counted)));
    return { hits: hits ?? 0, logs: logs ?? 0, days: days ?? 0 };
  };
  const chosen = createPurgeChosen(store, topology);

  const change = async (site: Site, part: Part, table: Table): Promise<void> => {
    const { sql, params } = within(table, site, part, (where, bind) => {
      const what = table === 'hits' && part.page !== null ? `UPDATE ${forgotten(part.page, bind)}` : 'DELETE';
      return `${alterTable(table, topology)} ${what} WHERE ${where} SETTINGS ${BEGUN}`;
    });
    await store.command(sql, params, { pool: 'upkeep' });
  };

  const purgeAll = async (site: Site, part: Part): Promise<Extent> => {
    const before = await extent(site, part);
    for (const { table } of COUNTED) await change(site, part, table);
    return before;
  };

  return {
    extent: async (site, part) => (isChosen(part) ? chosen.extent(site, part) : extent(site, part)),
    async visits(site, part, since) {
      // A page is forgotten, and the visits to it stay.
      if (part.page !== null) return [];
      const { bind, params } = bindings();
      const found = await store.query<{ number: string }>(
        `SELECT toString(visit) AS number FROM hits
WHERE ${onDays(site, part, bind)} AND day >= ${bind(since, 'Date')} AND visit != 0 AND kind IN (${ROW_KINDS.view}, ${ROW_KINDS.event})
GROUP BY visit HAVING min(${isChosen(part) ? inHits(part, bind) : '1'})`,
        params,
      );
      return found.map(({ number }) => number);
    },
    async purge(site, part, held) {
      // What another purge has begun is half done, and is not to be taken out of the numbers again.
      await allEnded(store, topology);
      // What is kept from before an upgrade would have it still.
      await dropKept(store);
      const found = await held(() => (isChosen(part) ? chosen.purge(site, part) : purgeAll(site, part)));
      await allEnded(store, topology);
      return found;
    },
  };
};

type Table = 'hits' | 'logs' | 'sums';
type Bind = Bindings['bind'];

/** What is counted of each table. */
interface Counted {
  readonly table: Table;
  readonly of: string;
}
const COUNTED: readonly Counted[] = [
  { table: 'hits', of: `countIf(kind IN (${ROW_KINDS.view}, ${ROW_KINDS.event}))` },
  { table: 'logs', of: 'count()' },
  { table: 'sums', of: 'uniqExact(day)' },
];

/** Waits for what was begun: a change that changes nothing comes after it. */
const allEnded = async (store: Store, topology: Topology): Promise<void> => {
  for (const { table } of COUNTED) {
    const nothing = `${alterTable(table, topology)} DELETE WHERE 0 SETTINGS mutations_sync = 1`;
    await store.command(nothing, {}, { pool: 'upkeep' });
  }
};

/** A statement about the rows of a part. */
const within = (table: Table, site: Site, part: Part, make: (where: string, bind: Bind) => string): Statement => {
  const { bind, params } = bindings();
  const { page } = part;
  const days = onDays(site, part, bind);
  const where = page === null ? days : `${days} AND ${mentions(table, page, bind)}`;
  return { sql: make(where, bind), params };
};

/** Rollups whose values are pages. */
const OF_PAGES = [DIMENSIONS['event:page'].rollup, DIMENSIONS['visit:entry_page'].rollup];

const mentions = (table: Table, page: string, bind: Bind): string => {
  switch (table) {
    case 'hits':
      return `(${['page', 'entry_page', 'prev_page'].map((column) => isPage(column, page, bind)).join(' OR ')})`;
    case 'logs':
      return isPage('page', page, bind);
    case 'sums':
      return `dimension IN (${OF_PAGES.join(', ')}) AND ${isPage('value', page, bind)}`;
  }
};

const isPage = (column: string, page: string, bind: Bind): string =>
  `${column} IN ${bind(meantValues('event:page', page), 'Array(String)')}`;

const forgotten = (page: string, bind: Bind): string =>
  [
    `title = if(${isPage('page', page, bind)}, '', title)`,
    ...['page', 'entry_page', 'prev_page'].map(
      (column) => `${column} = if(${isPage(column, page, bind)}, '', ${column})`,
    ),
  ].join(', ');
