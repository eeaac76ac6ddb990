import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';
import { bindings, SETTINGS, type Statement } from '../../store/bindings.ts';
import { HOUR } from '../../store/dimensions.ts';
import type { Store } from '../../store/store.ts';
import { periodBefore } from '../period/comparison-period.ts';
import { NO_END, type QueryContext, type Range, resolveRange } from '../period/range.ts';
import { labelsOf } from '../period/time-buckets.ts';
import { changeOf } from '../stats/result.ts';
import type { Overview, OverviewNumbers, SiteOverview } from './overview.ts';
import type { OverviewRange } from './parse.ts';

/** Sums up sites. `now` in Unix milliseconds. */
export const createOverview = ({ store, now }: { store: Store; now: () => number }) => ({
  /**
   * One question for all of them, each in its own days.
   * @throws FieldError if there is something wrong with the range
   */
  ask: async (sites: readonly Site[], requested: OverviewRange): Promise<Overview> => {
    const at = now();
    const periods = sites.map((site) => periodOf(site, requested, at));
    const rows = periods.length === 0 ? [] : await countedIn(store, periods);
    const bySite = grouped(rows);
    const counted = periods.map((period) => ({ period, found: numbersOf(period, bySite.get(period.site.id) ?? []) }));
    return {
      sites: counted.map(({ period, found }): SiteOverview => ({ domain: period.site.domain, ...shown(found) })),
      total: shown(added(counted.map(({ found }) => found))),
    };
  },
});

/** What is asked of a site. */
interface Period {
  readonly site: Site;
  readonly current: Range;
  readonly before: Range;
  /** The current days, up to today. */
  readonly days: readonly string[];
}

const periodOf = (site: Site, requested: OverviewRange, now: number): Period => {
  const local = siteZone(site, now);
  const context: QueryContext = { zone: local, now, firstDay: local.day(now) };
  const current = resolveRange(requested, context);
  return {
    site,
    current,
    before: periodBefore(requested, current, context),
    days: labelsOf('time:day', current, local, now),
  };
};

/** Counts of a site's day; of all the days before, together, under `''`. */
interface CountedDay {
  readonly site: string;
  readonly day: string;
  readonly visitors: number;
  readonly visits: number;
  readonly pageviews: number;
}

const countedIn = (store: Store, periods: readonly Period[]): Promise<CountedDay[]> => {
  const { sql, params } = statementFor(periods);
  return store.query<CountedDay>(sql, params);
};

const grouped = (rows: readonly CountedDay[]): ReadonlyMap<string, CountedDay[]> => {
  const groups = new Map<string, CountedDay[]>();
  for (const row of rows) {
    const group = groups.get(row.site);
    if (group === undefined) groups.set(row.site, [row]);
    else group.push(row);
  }
  return groups;
};

/** From the rollup of hours: the period before one that is under way goes as far as that has come, to the hour. */
const statementFor = (periods: readonly Period[]): Statement => {
  const { bind, params } = bindings();
  const ranges = periods.flatMap(({ site, current, before }) => [
    { site: site.id, isCurrent: 1, ...current },
    { site: site.id, isCurrent: 0, ...before },
  ]);
  const column = <T>(of: (range: (typeof ranges)[number]) => T): T[] => ranges.map(of);
  const [firsts, lasts] = [column(({ first }) => first), column(({ last }) => last)];
  const sites = periods.map(({ site }) => site.id);
  const sql = `SELECT r.site AS site, if(b.is_current = 1, toString(r.day), '') AS day,
  toFloat64(sum(r.visitors + r.later_visitors)) AS visitors, toFloat64(sum(r.visits)) AS visits, toFloat64(sum(r.views)) AS pageviews
FROM sums AS r
INNER JOIN (
  SELECT of_site, is_current, first, last, least, most FROM (SELECT 1)
  ARRAY JOIN ${bind(
    column(({ site }) => site),
    'Array(String)',
  )} AS of_site,
    ${bind(
      column(({ isCurrent }) => isCurrent),
      'Array(UInt32)',
    )} AS is_current,
    ${bind(firsts, 'Array(Date)')} AS first, ${bind(lasts, 'Array(Date)')} AS last,
    ${bind(
      column(({ hours }) => hours?.least ?? 0),
      'Array(UInt32)',
    )} AS least,
    ${bind(
      column(({ hours }) => hours?.most ?? NO_END),
      'Array(UInt32)',
    )} AS most
) AS b ON b.of_site = r.site
WHERE r.site IN ${bind(sites, 'Array(String)')} AND r.dimension = ${HOUR}
  AND r.day BETWEEN ${bind(firsts.toSorted()[0] ?? '', 'Date')} AND ${bind(lasts.toSorted().at(-1) ?? '', 'Date')}
  AND r.day BETWEEN b.first AND b.last
  AND (r.day > b.first OR toUInt32OrZero(r.value) >= b.least) AND (r.day < b.last OR toUInt32OrZero(r.value) <= b.most)
GROUP BY site, day
${SETTINGS}`;
  return { sql, params };
};

/** Numbers that add up. */
interface Numbers {
  readonly visitors: number;
  readonly visits: number;
  readonly pageviews: number;
  readonly before: number;
  readonly series: readonly number[];
}

const numbersOf = ({ days }: Period, rows: readonly CountedDay[]): Numbers => {
  const current = rows.filter(({ day }) => day !== '');
  const byDay = new Map(current.map(({ day, visitors }) => [day, visitors]));
  return {
    visitors: sum(current.map(({ visitors }) => visitors)),
    visits: sum(current.map(({ visits }) => visits)),
    pageviews: sum(current.map(({ pageviews }) => pageviews)),
    before: sum(rows.filter(({ day }) => day === '').map(({ visitors }) => visitors)),
    series: days.map((day) => byDay.get(day) ?? 0),
  };
};

const added = (all: readonly Numbers[]): Numbers => {
  const length = Math.max(0, ...all.map(({ series }) => series.length));
  return {
    visitors: sum(all.map(({ visitors }) => visitors)),
    visits: sum(all.map(({ visits }) => visits)),
    pageviews: sum(all.map(({ pageviews }) => pageviews)),
    before: sum(all.map(({ before }) => before)),
    series: Array.from({ length }, (_, index) => sum(all.map(({ series }) => series.at(index - length) ?? 0))),
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const shown = ({ before, series, ...numbers }: Numbers): OverviewNumbers => ({
  ...numbers,
  change: changeOf(numbers.visitors, before),
  series: [...series],
});
