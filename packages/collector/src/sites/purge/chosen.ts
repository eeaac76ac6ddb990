import { type Bindings, bindings } from '../../store/bindings.ts';
import { countedSince } from '../../store/counted-since.ts';
import { ROW_KINDS } from '../../store/row.ts';
import { alterTable, rowsHere } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import type { Topology } from '../../store/topology.ts';
import type { Site } from '../site.ts';
import { type Extent, inHits, inLogs, inSums, isOfVisits, onDays, type Part } from './part.ts';
import { subtractSums } from './subtract-sums.ts';

type Bind = Bindings['bind'];

/** What may take minutes holds up nobody who signs in or changes a site. */
const UPKEEP = { pool: 'upkeep' } as const;

/** A day with hits in a part, and a number that is another one as soon as the hits are others, or another site's. */
interface Day {
  readonly day: string;
  readonly hits: number;
  readonly token: string;
}

/** As `Purge`, of single hits. */
interface ChosenPurge {
  extent(site: Site, part: Part): Promise<Extent>;
  purge(site: Site, part: Part): Promise<Extent>;
}

/**
 * Takes out single hits by what they say. First their numbers go, day by day, and then they: should the store go away in
 * between, the same again does what is left, as each day's numbers go once under a token that the hits themselves make.
 */
export const createPurgeChosen = (store: Store, topology: Topology): ChosenPurge => {
  const rows = async <T>(make: (bind: Bind) => string): Promise<T[]> => {
    const { bind, params } = bindings();
    return store.query<T>(make(bind), params);
  };
  const alter = async (table: string, make: (bind: Bind) => string): Promise<void> => {
    const { bind, params } = bindings();
    await store.command(`${alterTable(table, topology)} ${make(bind)} SETTINGS ${MUTATION}`, params, UPKEEP);
  };

  const daysOf = (site: Site, part: Part): Promise<Day[]> =>
    rows(
      (bind) => `SELECT day, toFloat64(countIf(kind IN (1, 2))) AS hits,
  toString(sum(cityHash64(site, visit, step, ts, kind))) AS token
FROM hits WHERE ${onDays(site, part, bind)} AND ${inHits(part, bind)} GROUP BY day ORDER BY day`,
    );

  const countLogs = async (site: Site, part: Part): Promise<number> => {
    const [row] = await rows<{ n: number }>(
      (bind) =>
        `SELECT toFloat64(count()) AS n FROM logs WHERE ${onDays(site, part, bind)} AND ${inLogs(part, bind) ?? '0'}`,
    );
    return row?.n ?? 0;
  };

  const summedDays = async (site: Site, part: Part): Promise<string[]> => {
    const found = await rows<{ day: string }>(
      (bind) => `SELECT day FROM sums WHERE ${onDays(site, part, bind)} AND ${inSums(site, part, 'hits', bind) ?? '0'}
GROUP BY day HAVING sum(views) + sum(events) + sum(visits) > 0`,
    );
    return found.map(({ day }) => day);
  };

  const look = async (site: Site, part: Part): Promise<{ extent: Extent; days: readonly Day[] }> => {
    const [days, logs, summed] = await Promise.all([daysOf(site, part), countLogs(site, part), summedDays(site, part)]);
    const all = new Set([...days.map(({ day }) => day), ...summed]);
    const hits = days.reduce((sum, day) => sum + day.hits, 0);
    const keptDays = all.size - days.length;
    return { extent: { hits, logs, days: all.size, ...(keptDays > 0 && { keptDays }) }, days };
  };

  const deleteHits = async (site: Site, part: Part): Promise<void> => {
    const where = (bind: Bind): string => `${onDays(site, part, bind)} AND ${inHits(part, bind)}`;
    if (isOfVisits(part)) return alter('hits', (bind) => `DELETE WHERE ${where(bind)}`);
    await alter(
      'hits',
      (bind) => `DELETE WHERE ${onDays(site, part, bind)} AND visit IN (
  SELECT visit FROM ${rowsHere('hits', topology)} WHERE ${onDays(site, part, bind)} AND visit != 0 AND kind IN (1, 2)
  GROUP BY visit HAVING min(${inHits(part, bind)}))`,
    );
    await alter('hits', (bind) => `DELETE WHERE kind NOT IN (1, 2) AND ${where(bind)}`);
    await alter('hits', (bind) => `UPDATE ${BLANK} WHERE ${where(bind)}`);
  };

  return {
    extent: async (site, part) => (await look(site, part)).extent,
    async purge(site, part) {
      const { extent, days } = await look(site, part);
      const since = await countedSince(store);
      for (const { day, token } of days) {
        const booking = { token: `purge-${day}-${token}`, since };
        const { sql, params } = subtractSums(site, { ...part, from: day, to: day }, booking);
        await store.command(sql, params, UPKEEP);
      }
      if (days.length > 0) await deleteHits(site, part);
      const { bind } = bindings();
      if (inLogs(part, bind) !== null)
        await alter('logs', (bind) => `DELETE WHERE ${onDays(site, part, bind)} AND ${inLogs(part, bind)}`);
      const sums = (bind: Bind): string | null => inSums(site, part, rowsHere('hits', topology), bind);
      if (sums(bind) !== null)
        await alter('sums', (bind) => `DELETE WHERE ${onDays(site, part, bind)} AND ${sums(bind)}`);
      return extent;
    },
  };
};

/** Rows that are there are changed from then on, those that come later are not: nobody need wait for it to be safe. */
export const BEGUN = 'mutations_sync = 0';

/**
 * A replicated table asks for it where a statement looks at other rows. Those are of one visit, and which visits have
 * nothing else is the same whenever a server looks.
 */
const MUTATION = `${BEGUN}, allow_nondeterministic_mutations = 1`;

/** A hit of a visit that stays: what it adds to the visit is left, and nothing of what it said. */
const BLANK = [
  `kind = ${ROW_KINDS.blank}, views = 0, events = 0, revenue = 0`,
  ...['hostname', 'page', 'title', 'prev_page', 'name', 'currency', 'via'].map((column) => `${column} = ''`),
  'props = map()',
].join(', ');
