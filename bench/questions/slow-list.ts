/**
 * Questions that were slow once, and the same asked in plain SQL: written from docs/counting.md, of single hits alone, and
 * knowing nothing of how the product asks. So each figure is there twice, and each answer has something to be measured by.
 */
import type { Metric, Question } from '../../packages/collector/src/query/stats/query.ts';

/** A question, and its answer as a statement. */
export interface SlowQuestion {
  readonly what: string;
  readonly question: Pick<Question, 'metrics' | 'dimensions' | 'filters' | 'include' | 'pagination'>;
  /** Selects what the rows are ordered by, `d0`, `d1` …, and the metrics, `m0`, `m1` … */
  readonly plain: (of: Range) => string;
  /** Missing: each of 7, 28 and all days. */
  readonly ranges?: readonly Question['date_range'][];
}

/** Conditions on `hits`: of one site and a range. */
export interface Range {
  /** The days. */
  readonly days: string;
  /** Whatever is asked by the hour: those hours too. */
  readonly hours: string;
}

/** What each count of a whole visit is, from its views and events. */
export const visits = ({ days }: Range, where = 'true'): string => `(
  SELECT * FROM (
    SELECT visit, any(visitor) AS who, argMin(page, step) AS entry, argMaxIf(page, step, kind = 1) AS exit, groupUniqArray(page) AS pages,
      countIf(kind = 1) AS viewed, countIf(kind = 2) AS did, toUnixTimestamp(max(ts)) - toUnixTimestamp(min(ts)) AS lasted
    FROM hits WHERE ${days} AND kind IN (1, 2) GROUP BY visit
  ) WHERE ${where}
)`;
export const BOUNCE = 'viewed = 1 AND did = 0';

/** Divided, with halves rounded up. */
export const ratio = (sum: string, by: string, times: number, decimals: number): string =>
  `if(${by} = 0, NULL, floor(toFloat64(${sum}) * ${times * 10 ** decimals} / ${by} + 0.5) / ${10 ** decimals})`;

export const FIGURES: readonly Metric[] = [
  'visitors',
  'visits',
  'pageviews',
  'views_per_visit',
  'bounce_rate',
  'visit_duration',
];

/** The figures of the visits chosen; those of `entered` are entries, and `viewed` and `who` are of the hits that match. */
export const figures = (of: string, entered = 'true'): string =>
  `SELECT uniqExact(who) AS m0, count() AS m1, sum(viewed) AS m2, ${ratio('m2', 'm1', 1, 2)} AS m3,
    ${ratio(`countIf(${entered} AND bounced)`, `countIf(${entered})`, 100, 1)} AS m4,
    ${ratio(`sumIf(lasted, ${entered})`, `countIf(${entered})`, 1, 0)} AS m5 FROM ${of}`;

/** Visits with hits on some pages: their views there, and whether they began there. */
export const onPages = (of: Range, fits: (page: string) => string): string => `(
  SELECT m.visit AS visit, m.who AS who, m.viewed AS viewed, w.lasted AS lasted, (w.viewed = 1 AND w.did = 0) AS bounced,
    ${fits('w.entry')} AS entered, w.exit AS exit
  FROM (SELECT visit, any(visitor) AS who, countIf(kind = 1) AS viewed FROM hits WHERE ${of.days} AND kind IN (1, 2) AND ${fits('page')} GROUP BY visit) AS m
  INNER JOIN ${visits(of)} AS w ON w.visit = m.visit
)`;

/** Numbers of single hits by something, and of visits that began there. */
const byPage = (of: Range, select: string): string => `
  SELECT h.d0 AS d0, ${select}
  FROM (
    SELECT page AS d0, uniqExactIf(visitor, kind < 3) AS visitors, uniqExactIf(visit, kind < 3) AS visits, countIf(kind = 1) AS views,
      countIf(kind = 2) AS events, sumIf(engaged_ms, kind = 3) AS ms, sumIf(scroll, kind = 3) AS scrolled
    FROM hits WHERE ${of.days} AND kind IN (1, 2, 3) AND visit != 0 GROUP BY page HAVING visits > 0
  ) AS h
  LEFT JOIN (SELECT entry, count() AS entries, countIf(${BOUNCE}) AS bounces, sum(lasted) AS seconds FROM ${visits(of)} GROUP BY entry) AS e ON e.entry = h.d0
  LEFT JOIN (SELECT exit, count() AS exits FROM ${visits(of)} GROUP BY exit) AS x ON x.exit = h.d0`;

const bounceRate = ratio('bounces', 'entries', 100, 1);
const PAGE = '/page-7';
const PART = 'page-77';

/** Those of `event:page` that one question can have, in their order, and each as plain SQL. */
const OF_PAGE: readonly (readonly [Metric, string])[] = [
  ['visitors', 'visitors'],
  ['visits', 'visits'],
  ['pageviews', 'views'],
  ['views_per_visit', ratio('views', 'visits', 1, 2)],
  ['bounce_rate', bounceRate],
  ['visit_duration', ratio('seconds', 'entries', 1, 0)],
  ['events', 'events'],
];
const NEW_OF_PAGE: readonly (readonly [Metric, string])[] = [
  ['entries', 'entries'],
  ['bounces', 'bounces'],
  ['exits', 'exits'],
  ['exit_rate', ratio('exits', 'views', 100, 1)],
  ['time_on_page', ratio('ms / 1000', 'views', 1, 0)],
  ['scroll_depth', ratio('scrolled', 'views', 1, 0)],
  ['visits_per_visitor', ratio('visits', 'visitors', 1, 2)],
];

const ofPage = (what: string, metrics: readonly (readonly [Metric, string])[]): SlowQuestion => ({
  what,
  question: { metrics: metrics.map(([metric]) => metric), dimensions: ['event:page'] },
  plain: (of) => byPage(of, metrics.map(([, sql], index) => `${sql} AS m${index}`).join(', ')),
});

const metricsOf = (...names: Metric[]): (readonly [Metric, string])[] =>
  [...OF_PAGE, ...NEW_OF_PAGE].filter(([name]) => names.includes(name));

/** The list of docs and dashboards that were slow, then what came with the second version of the rules. */
export const SLOW: readonly SlowQuestion[] = [
  {
    what: 'totals',
    question: { metrics: FIGURES },
    plain: (of) => figures(`(SELECT *, ${BOUNCE} AS bounced FROM ${visits(of)})`),
  },
  {
    what: 'page × visitors',
    question: { metrics: ['visitors'], dimensions: ['event:page'] },
    plain: ({ days }) =>
      `SELECT page AS d0, uniqExact(visitor) AS m0 FROM hits WHERE ${days} AND kind IN (1, 2) GROUP BY page`,
  },
  {
    what: 'exit page × visits',
    question: { metrics: ['visits'], dimensions: ['visit:exit_page'] },
    plain: (of) => `SELECT exit AS d0, count() AS m0 FROM ${visits(of, "exit != ''")} GROUP BY exit`,
  },
  ofPage('page × visits, bounce rate', metricsOf('visits', 'bounce_rate')),
  ofPage('page × 7 metrics', OF_PAGE),
  {
    what: 'page × source × country',
    question: { metrics: ['visitors'], dimensions: ['event:page', 'visit:source', 'visit:country'] },
    plain: ({ days }) =>
      `SELECT page AS d0, source AS d1, country AS d2, uniqExact(visitor) AS m0 FROM hits WHERE ${days} AND kind IN (1, 2) AND source != '' GROUP BY d0, d1, d2`,
  },
  {
    what: 'title × visitors, pageviews',
    question: { metrics: ['visitors', 'pageviews'], dimensions: ['event:title'] },
    plain: ({ days }) =>
      `SELECT title AS d0, uniqExact(visitor) AS m0, countIf(kind = 1) AS m1 FROM hits WHERE ${days} AND kind IN (1, 2) GROUP BY title`,
  },
  {
    what: 'page is: exit pages',
    question: {
      metrics: ['visits'],
      dimensions: ['visit:exit_page'],
      filters: [['is', 'event:page', [PAGE]]],
    },
    plain: (of) =>
      `SELECT exit AS d0, count() AS m0 FROM ${visits(of, `has(pages, '${PAGE}') AND exit != ''`)} GROUP BY exit`,
  },
  {
    what: 'exit page is: figures',
    question: { metrics: FIGURES, filters: [['is', 'visit:exit_page', [PAGE]]] },
    plain: (of) => figures(`(SELECT *, ${BOUNCE} AS bounced FROM ${visits(of, `exit = '${PAGE}'`)})`),
  },
  {
    what: 'exit page × visitors, bounce rate',
    question: { metrics: ['visitors', 'bounce_rate'], dimensions: ['visit:exit_page'] },
    plain: (of) =>
      `SELECT exit AS d0, uniqExact(who) AS m0, ${ratio(`countIf(${BOUNCE})`, 'count()', 100, 1)} AS m1 FROM ${visits(of, "exit != ''")} GROUP BY exit`,
  },
  {
    what: 'page is: figures',
    question: { metrics: FIGURES, filters: [['is', 'event:page', [PAGE]]] },
    plain: (of) =>
      figures(
        onPages(of, (page) => `${page} = '${PAGE}'`),
        'entered',
      ),
  },
  {
    what: 'page contains: figures',
    question: { metrics: FIGURES, filters: [['contains', 'event:page', [PART]]] },
    plain: (of) =>
      figures(
        onPages(of, (page) => `position(${page}, '${PART}') > 0`),
        'entered',
      ),
  },
  ofPage('page × pageviews, time on page, scroll depth', metricsOf('pageviews', 'time_on_page', 'scroll_depth')),
  ofPage('page × entries, exits', metricsOf('entries', 'exits')),
  ofPage('page × 14 metrics', [...OF_PAGE, ...NEW_OF_PAGE]),
  {
    what: 'hour × visitors',
    question: { metrics: ['visitors'], dimensions: ['time:hour'] },
    plain: ({ days, hours }) =>
      `SELECT formatDateTime(hit_hour, '%Y-%m-%dT%H:00:00+00:00') AS d0, uniqExact(visitor) AS m0 FROM hits WHERE ${days} AND ${hours} AND kind IN (1, 2) GROUP BY hit_hour`,
    ranges: ['24h', '28d'],
  },
  {
    what: 'visitors of hours',
    question: { metrics: ['visitors'] },
    plain: ({ days, hours }) =>
      `SELECT uniqExact(visitor) AS m0 FROM hits WHERE ${days} AND ${hours} AND kind IN (1, 2)`,
    ranges: ['24h'],
  },
  {
    what: 'currency × revenue',
    question: { metrics: ['revenue'], dimensions: ['event:currency'] },
    plain: ({ days }) =>
      `SELECT currency AS d0, sum(revenue) / 1000 AS m0 FROM hits WHERE ${days} AND currency != '' GROUP BY currency`,
  },
  {
    what: 'source × revenue in EUR',
    question: {
      metrics: ['revenue'],
      dimensions: ['visit:source'],
      filters: [['is', 'event:currency', ['EUR']]],
    },
    plain: ({ days }) =>
      `SELECT source AS d0, sum(revenue) / 1000 AS m0 FROM hits WHERE ${days} AND currency = 'EUR' AND source != '' GROUP BY source`,
  },
];
