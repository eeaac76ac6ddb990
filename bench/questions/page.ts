/**
 * What the statistics page of the dashboard asks (`packages/dashboard/src/reports/panels.ts`, `statistics/`): its figures,
 * its chart, and its panels with all their tabs; and the same in plain SQL on single hits, written from docs/counting.md.
 */
import type { Metric, Question } from '../../packages/collector/src/query/stats/query.ts';
import { DIMENSIONS, type DimensionName } from '../../packages/collector/src/store/dimensions.ts';
import { BOUNCE, figures, onPages, type Range, ratio, type SlowQuestion, visits } from './slow-list.ts';

/** What a reader has chosen. */
export interface Chosen {
  readonly name: 'none' | 'country' | 'page';
  readonly filters: NonNullable<Question['filters']>;
  /** What it leaves of whole visits, as a condition on hits. */
  readonly where: string;
  /** The one page that is left; null: all. */
  readonly page: string | null;
}

export const CHOSEN: readonly Chosen[] = [
  { name: 'none', filters: [], where: 'true', page: null },
  { name: 'country', filters: [['is', 'visit:country', ['AT']]], where: `country = 'AT'`, page: null },
  { name: 'page', filters: [['is', 'event:page', ['/page-7']]], where: 'true', page: '/page-7' },
];

/** A question of the page. */
export interface PageQuestion extends SlowQuestion {
  /** Asked before anything is chosen. */
  readonly isOpen: boolean;
  /** What the filters leave of whole visits, as a condition on hits. */
  readonly where: string;
}

const COMPARED: Question['include'] = { comparisons: { mode: 'previous_period' } };
/** Rows of a panel, and one more that tells whether there are others. */
const ROWS = 11;
/** For the map. */
const COUNTRIES = 300;

const OPEN: readonly string[] = ['event:page', 'visit:source', 'visit:country', 'visit:browser', 'event:name'];

/** Of single hits that match. */
const OF_HITS: Partial<Record<Metric, string>> = {
  visitors: 'uniqExact(visitor)',
  visits: 'uniqExact(visit)',
  pageviews: 'countIf(kind = 1)',
  events: 'countIf(kind = 2)',
  revenue: 'sum(revenue) / 1000',
};

const matching = ({ days }: Range, { page }: Chosen): string =>
  `${days} AND kind IN (1, 2)${page === null ? '' : ` AND page = '${page}'`}`;

/** Groups of hits. */
const grouped =
  (chosen: Chosen, metrics: readonly Metric[], value: string, where: string): SlowQuestion['plain'] =>
  (of) => {
    const columns = metrics.map((metric, index) => {
      const everybody = `(SELECT uniqExact(visitor) FROM hits WHERE ${matching(of, chosen)})`;
      const sql = metric === 'percentage' ? ratio('uniqExact(visitor)', everybody, 100, 1) : OF_HITS[metric];
      return `${sql} AS m${index}`;
    });
    return `SELECT ${value} AS d0, ${columns.join(', ')} FROM hits WHERE ${matching(of, chosen)} AND ${where} GROUP BY d0`;
  };

/** The visits that are left, each with `bounced`, and `entered`: its first view or event is left too. */
const left = (of: Range, { page }: Chosen): string =>
  page === null
    ? `(SELECT *, true AS entered, ${BOUNCE} AS bounced FROM ${visits(of)})`
    : onPages(of, (path) => `${path} = '${page}'`);

const FIGURES: readonly Metric[] = [
  'visitors',
  'visits',
  'pageviews',
  'views_per_visit',
  'bounce_rate',
  'visit_duration',
];
const OF_PAGES: readonly Metric[] = ['visitors', 'visits', 'pageviews', 'bounce_rate', 'time_on_page', 'scroll_depth'];

const headline = (chosen: Chosen): SlowQuestion => {
  if (chosen.page === null)
    return {
      what: 'figures',
      question: { metrics: [...FIGURES, 'events'], include: COMPARED },
      plain: (of) => `SELECT *, (SELECT countIf(kind = 2) FROM hits WHERE ${matching(of, chosen)}) AS m6
        FROM (${figures(left(of, chosen))})`,
    };
  return {
    what: 'figures',
    question: { metrics: [...OF_PAGES, 'events'], include: COMPARED },
    plain: (of) => {
      const onPage = `${of.days} AND page = '${chosen.page}' AND visit != 0`;
      return `SELECT f.m0 AS m0, f.m1 AS m1, f.m2 AS m2, f.m4 AS m3, ${ratio('h.ms / 1000', 'f.m2', 1, 0)} AS m4,
        ${ratio('h.scrolled', 'f.m2', 1, 0)} AS m5, h.events AS m6
      FROM (${figures(left(of, chosen), 'entered')}) AS f,
        (SELECT sumIf(engaged_ms, kind = 3) AS ms, sumIf(scroll, kind = 3) AS scrolled, countIf(kind = 2) AS events FROM hits WHERE ${onPage}) AS h`;
    },
  };
};

/** What the panels ask of each dimension; `visitors` where nothing is said. */
const METRICS: Partial<Record<string, readonly Metric[]>> = {
  'event:page': ['visitors', 'pageviews'],
  'event:title': ['visitors', 'pageviews'],
  'event:hostname': ['visitors', 'pageviews'],
  'event:name': ['events', 'visitors', 'percentage'],
};
/** No panel: footer, money and entry and exit pages have questions of their own. */
const ELSEWHERE = new Set<string>(['event:via', 'event:currency', 'visit:entry_page', 'visit:exit_page']);

const report = (chosen: Chosen, dimension: DimensionName): SlowQuestion => {
  const metrics = METRICS[dimension] ?? ['visitors'];
  const { column } = DIMENSIONS[dimension];
  const limit = dimension === 'visit:country' ? COUNTRIES : ROWS;
  return {
    what: dimension,
    question: { metrics, dimensions: [dimension], pagination: { limit } },
    plain: grouped(chosen, metrics, String(column), `${column} != ''`),
  };
};

const others = (chosen: Chosen): SlowQuestion[] => [
  {
    what: 'visit:entry_page',
    question: { metrics: ['visits', 'bounce_rate'], dimensions: ['visit:entry_page'], pagination: { limit: ROWS } },
    plain: (
      of,
    ) => `SELECT first AS d0, count() AS m0, ${ratio('countIf(entered AND bounced)', 'countIf(entered)', 100, 1)} AS m1
      FROM (SELECT l.*, e.first AS first FROM ${left(of, chosen)} AS l
        INNER JOIN (SELECT visit, argMin(page, step) AS first FROM hits WHERE ${of.days} AND kind IN (1, 2) GROUP BY visit) AS e ON e.visit = l.visit)
      GROUP BY d0`,
  },
  {
    what: 'visit:exit_page',
    question: { metrics: ['visits'], dimensions: ['visit:exit_page'], pagination: { limit: ROWS } },
    plain: (of) => `SELECT exit AS d0, count() AS m0 FROM ${left(of, chosen)} WHERE exit != '' GROUP BY d0`,
  },
  {
    what: 'properties',
    question: { metrics: ['visitors'], dimensions: ['event:property'], pagination: { limit: 30 } },
    plain: grouped(chosen, ['visitors'], 'arrayJoin(mapKeys(props))', 'true'),
  },
  {
    what: 'property plan',
    question: {
      metrics: ['visitors', 'events', 'pageviews'],
      dimensions: ['event:props:plan'],
      pagination: { limit: ROWS },
    },
    plain: grouped(chosen, ['visitors', 'events', 'pageviews'], `props['plan']`, `props['plan'] != ''`),
  },
  {
    what: 'revenue in EUR',
    question: {
      metrics: ['revenue', 'events', 'visitors'],
      dimensions: ['event:name'],
      filters: [['is', 'event:currency', ['EUR']]],
      pagination: { limit: ROWS },
    },
    plain: grouped(chosen, ['revenue', 'events', 'visitors'], 'name', `currency = 'EUR'`),
  },
  {
    what: 'without a script',
    question: { metrics: ['pageviews'], dimensions: ['event:via'] },
    plain: grouped(chosen, ['pageviews'], 'via', `via != ''`),
  },
];

const UNFILTERED = CHOSEN[0] as Chosen;

/** Whatever the reader has chosen. */
const NEVER_FILTERED: readonly SlowQuestion[] = [
  {
    what: 'is there money',
    question: { metrics: ['events'], dimensions: ['event:currency'], pagination: { limit: 1 } },
    plain: grouped(UNFILTERED, ['events'], 'currency', `currency != ''`),
  },
  {
    what: 'are there e-mails',
    question: { metrics: ['events'], dimensions: ['open:name'], pagination: { limit: 1 } },
    // They are no hits.
    plain: grouped(UNFILTERED, ['events'], 'name', 'false'),
  },
  {
    what: 'left out',
    question: { metrics: ['events'], dimensions: ['drop:reason'] },
    plain: grouped(UNFILTERED, ['events'], 'name', 'false'),
  },
];

const chart = (chosen: Chosen): SlowQuestion => ({
  what: 'chart',
  question: {
    metrics: ['visitors'],
    dimensions: ['time:day'],
    include: { ...COMPARED, time_labels: true },
  },
  plain: grouped(chosen, ['visitors'], 'toString(day)', 'true'),
});

/** All questions of the page, and which of them it asks at once. */
export const pageQuestions = (chosen: Chosen): PageQuestion[] => {
  const dimensions = (Object.keys(DIMENSIONS) as DimensionName[]).filter((name) => !ELSEWHERE.has(name));
  const filtered = [
    headline(chosen),
    chart(chosen),
    ...dimensions.map((name) => report(chosen, name)),
    ...others(chosen),
  ];
  const always = ['figures', 'chart', 'without a script', ...OPEN];
  return [
    ...filtered.map((one) => ({
      ...one,
      question: { ...one.question, filters: [...chosen.filters, ...(one.question.filters ?? [])] },
      isOpen: always.includes(one.what),
      where: chosen.where,
    })),
    ...NEVER_FILTERED.map((one) => ({ ...one, isOpen: true, where: UNFILTERED.where })),
  ];
};
