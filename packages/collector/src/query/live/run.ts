import type { Site } from '../../sites/site.ts';
import { shownValue } from '../../sites/value-spelling.ts';
import { bindings, SETTINGS } from '../../store/bindings.ts';
import type { Store } from '../../store/store.ts';
import type { Live, LiveGroup, LiveMinute } from './live.ts';
import { hitsFrom, presentHits } from './present.ts';

const MINUTE = 60;
const MINUTES = 30;
const MOST_VALUES = 10;

/** Counts what is happening on a site. `now` in Unix milliseconds. */
export const createLiveQuestion =
  ({ store, now }: { store: Store; now: () => number }) =>
  async (site: Site): Promise<Live> => {
    const at = Math.floor(now() / 1000);
    const [minutes, groups] = await Promise.all([minutesOf(store, site, at), presentOf(store, site, at)]);
    const valuesOf = (list: List): LiveGroup[] =>
      groups
        .filter((group) => group.list === list)
        .map(({ value, visitors }) => ({ value: shownValue(DIMENSION[list], value), visitors }));
    return {
      at,
      visitors: valuesOf('all')[0]?.visitors ?? 0,
      minutes,
      pages: valuesOf('page'),
      sources: valuesOf('source'),
      countries: valuesOf('country'),
    };
  };

const minutesOf = async (store: Store, site: Site, at: number): Promise<LiveMinute[]> => {
  const { bind, params } = bindings();
  const first = (Math.floor(at / MINUTE) - MINUTES + 1) * MINUTE;
  const sql = `SELECT intDiv(toUnixTimestamp(r.ts), ${MINUTE}) * ${MINUTE} AS start,
  toFloat64(sum(r.views)) AS views, toFloat64(uniqExact(r.visit)) AS visitors
FROM hits AS r
WHERE ${hitsFrom(first, { site, at }, bind)}
GROUP BY start
${SETTINGS}`;
  const rows = await store.query<Record<keyof LiveMinute, string | number>>(sql, params);
  const found = new Map(rows.map(({ start, views, visitors }) => [Number(start), [Number(views), Number(visitors)]]));
  return Array.from({ length: MINUTES }, (_, index) => {
    const start = first + index * MINUTE;
    const [views = 0, visitors = 0] = found.get(start) ?? [];
    return { start, views, visitors };
  });
};

type List = 'all' | 'page' | 'source' | 'country';
const DIMENSION = { all: '', page: 'event:page', source: 'visit:source', country: 'visit:country' } as const;

interface ListedGroup extends LiveGroup {
  readonly list: List;
}

/** Those who are there: each is on the page of its latest hit. */
const presentOf = (store: Store, site: Site, at: number): Promise<ListedGroup[]> => {
  const { bind, params } = bindings();
  const sql = `SELECT list, value, toFloat64(count()) AS visitors
FROM (
  SELECT r.visit, argMax(r.page, r.step) AS page, any(r.source) AS source, any(r.country) AS country
  FROM hits AS r
  WHERE ${presentHits({ site, at }, bind)}
  GROUP BY r.visit
)
ARRAY JOIN ['all', 'page', 'source', 'country'] AS list, ['*', toString(page), toString(source), toString(country)] AS value
WHERE value != ''
GROUP BY list, value
ORDER BY visitors DESC, value
LIMIT ${MOST_VALUES} BY list
${SETTINGS}`;
  return store.query<ListedGroup>(sql, params);
};
