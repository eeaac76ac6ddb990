import { describe, expect, it, test } from 'vitest';
import { FieldError } from '../../http/field-error.ts';
import { parseQuestion } from './parse.ts';

const GOOD = { site_id: 'example.com', metrics: ['visitors'], date_range: '7d' };
const is = (...rest: unknown[]): unknown[] => ['is', ...rest];

const EUR = is('event:currency', ['EUR']);
const ONE_CURRENCY: readonly unknown[][] = [
  is('event:currency', ['EUR', 'EUR']),
  ['and', [EUR]],
  ['or', [EUR]],
  ['or', [EUR, ['and', [EUR, is('event:page', ['/'])]]]],
  ['not', ['not', EUR]],
  ['not', ['is_not', 'event:currency', ['EUR']]],
  ['not', ['or', [['not', EUR], is('event:page', ['/a'])]]],
  ['and', [is('event:currency', ['EUR', '']), is('event:currency', ['EUR', 'USD'])]],
];
const NO_CURRENCY: readonly unknown[][] = [
  is('event:currency', ['']),
  ['and', [is('event:currency', [''])]],
  ['or', [EUR, is('event:currency', ['USD'])]],
  ['or', [EUR, is('event:page', ['/'])]],
  ['or', [EUR, is('event:currency', [''])]],
  ['not', ['and', [['not', EUR], is('event:page', ['/a'])]]],
  ['and', [is('event:currency', ['', 'USD']), is('event:currency', ['EUR', ''])]],
  ['contains', 'event:currency', ['EUR']],
];

test.each<[string, object]>([
  ['the least', {}],
  [
    'every metric',
    {
      metrics: [
        'visitors',
        'visits',
        'pageviews',
        'views_per_visit',
        'bounce_rate',
        'visit_duration',
        'events',
        'revenue',
      ],
      dimensions: ['event:currency'],
    },
  ],
  ['days', { date_range: ['2024-02-29', '2026-01-01'] }],
  ['times', { date_range: ['2026-01-01T00:00:00Z', '2026-01-01T05:59:59+05:45'] }],
  ['time and three others', { dimensions: ['time:day', 'event:page', 'visit:source', 'visit:country'] }],
  ['drops', { metrics: ['events'], dimensions: ['drop:reason'] }],
  ['drops by the day', { metrics: ['events'], dimensions: ['time:day', 'drop:reason'] }],
  ['opened e-mails by the month', { metrics: ['events'], dimensions: ['open:name', 'time:month'] }],
  ['the year before', { include: { comparisons: { mode: 'year_over_year', match_day_of_week: true } } }],
  ['a period to compare', { include: { comparisons: { mode: 'custom', date_range: ['2026-01-01', '2026-01-02'] } } }],
  ['groups to compare', { dimensions: ['event:page'], include: { comparisons: { mode: 'previous_period' } } }],
  ['time by itself', { dimensions: ['time'], order_by: [['time', 'desc']], include: { time_labels: true } }],
  ['time of drops', { metrics: ['events'], dimensions: ['time', 'drop:reason'] }],
  ['weeks', { dimensions: ['time:week', 'event:title'] }],
  ['a property', { dimensions: ['event:props:plan'], order_by: [['event:props:plan', 'asc']] }],
  ['a property with the longest name', { filters: [['is', `event:props:${'"\\ü\n'.repeat(16)}`, ['']]] }],
  ['properties', { dimensions: ['event:property', 'event:name'] }],
  ['revenue by its currency', { metrics: ['revenue', 'events'], dimensions: ['event:currency', 'visit:source'] }],
  ['revenue in one currency', { metrics: ['revenue'], filters: [['is', 'event:currency', ['EUR']]] }],
  ...ONE_CURRENCY.map((filter): [string, object] => [
    `revenue in one currency: ${JSON.stringify(filter)}`,
    { metrics: ['revenue_per_visitor'], filters: [is('event:page', ['/']), filter] },
  ]),
  ['contains_not', { filters: [['contains_not', 'event:page', ['/']]] }],
  [
    'patterns',
    {
      filters: [
        ['matches', 'event:page', ['^/blog/', String.raw`\d{4}`]],
        ['matches_not', 'visit:source', ['(?i)^g']],
      ],
    },
  ],
  ['a filter without case', { filters: [['is', 'event:page', ['/'], { case_sensitive: false }]] }],
  ['a part with case', { filters: [['not', ['contains', 'event:page', ['A'], { case_sensitive: true }]]] }],
  ['an empty value', { filters: [['is', 'visit:source', ['']]] }],
  ['filters five deep', { filters: [['not', ['or', [['and', [['not', ['is', 'event:page', ['/']]]]]]]]] }],
  ['twenty filters', { filters: Array(20).fill(['contains', 'event:page', ['/']]) }],
  ['a hundred values', { filters: [['is_not', 'visit:exit_page', Array(100).fill('a'.repeat(500))]] }],
  [
    'order by a metric and a dimension',
    {
      dimensions: ['event:page'],
      order_by: [
        ['visitors', 'asc'],
        ['event:page', 'desc'],
      ],
    },
  ],
  ['the largest page', { pagination: { limit: 10_000, offset: 10_000 } }],
  [
    'all that can be included',
    {
      dimensions: ['time:hour'],
      include: { total_rows: true, time_labels: true, comparisons: { mode: 'previous_period' } },
    },
  ],
])('is understood: %s', (_name, change) => {
  expect(parseQuestion({ ...GOOD, ...change })).toEqual({ ...GOOD, ...change });
});

const nested = (depth: number): unknown => (depth === 1 ? is('event:page', ['/']) : ['not', nested(depth - 1)]);

test.each<[field: string, says: RegExp, change: object]>([
  ['site_id', /domain of a site/, { site_id: undefined }],
  ['site_id', /253/, { site_id: 'a'.repeat(254) }],
  ['metrics', /at least 1 entry/, { metrics: [] }],
  ['metrics[1]', /visitors twice/, { metrics: ['visitors', 'visitors'] }],
  ['metrics[0]', /"visit_duration"/, { metrics: ['visitors; DROP TABLE hits'] }],
  ['metrics[0]', /"visit_duration"/, { metrics: ['constructor'] }],
  ['date_range', /7d.*2026-01-31/, { date_range: '8d' }],
  ['date_range', /7d.*2026-01-31/, { date_range: ['2026-02-30', '2026-03-01'] }],
  ['date_range', /7d.*2026-01-31/, { date_range: ['2026-01-01', '2026-01-01T00:00:00Z'] }],
  ['date_range', /7d.*2026-01-31/, { date_range: ['2026-01-01T00:00:00', '2026-01-01T01:00:00'] }],
  ['date_range', /7d.*2026-01-31/, { date_range: undefined }],
  ['dimensions[0]', /"visit:country"/, { dimensions: ['page'] }],
  ['dimensions[0]', /"visit:country"/, { dimensions: ['__proto__'] }],
  ['dimensions[1]', /twice/, { dimensions: ['event:page', 'event:page'] }],
  ['dimensions[0]', /event:props: and a name of 1 to 64/, { dimensions: ['event:props:'] }],
  ['dimensions[0]', /event:props: and a name of 1 to 64/, { dimensions: [`event:props:${'a'.repeat(65)}`] }],
  ['dimensions[0]', /event:props: and a name/, { dimensions: ['event:props'] }],
  ['dimensions[1]', /twice/, { dimensions: ['event:props:a', 'event:props:a'] }],
  ['dimensions[1]', /only time dimension/, { dimensions: ['time:day', 'time:hour'] }],
  ['dimensions[1]', /only time dimension/, { dimensions: ['time', 'time:day'] }],
  ['order_by[0][0]', /of this question/, { dimensions: ['time'], order_by: [['time:day', 'asc']] }],
  ['dimensions[1]', /only time dimension/, { dimensions: ['time:week', 'time:month'] }],
  [
    'dimensions',
    /at most 4 entries/,
    { dimensions: ['time:day', 'event:page', 'event:name', 'visit:os', 'visit:source'] },
  ],
  ['dimensions[3]', /three others/, { dimensions: ['event:page', 'event:name', 'visit:os', 'visit:source'] }],
  ['dimensions', /but site, time:day/, { dimensions: ['time:hour', 'drop:reason'], metrics: ['events'] }],
  ['dimensions', /beside drop:reason/, { dimensions: ['drop:reason', 'event:page'], metrics: ['events'] }],
  ['dimensions', /beside open:name/, { dimensions: ['open:name', 'drop:reason'], metrics: ['events'] }],
  ['dimensions', /beside open:name/, { dimensions: ['open:name', 'event:props:a'], metrics: ['events'] }],
  ['metrics', /events alone/, { dimensions: ['open:name'], metrics: ['events', 'visits'] }],
  ['metrics', /event:currency/, { metrics: ['revenue'] }],
  ['metrics', /event:currency/, { metrics: ['revenue'], filters: [is('event:currency', ['EUR', 'USD'])] }],
  ...NO_CURRENCY.map((filter): [string, RegExp, object] => [
    'metrics',
    /event:currency/,
    { metrics: ['revenue'], filters: [filter] },
  ]),
  ['metrics', /event:currency/, { metrics: ['revenue'], filters: [['not', is('event:currency', ['EUR'])]] }],
  ['metrics', /event:currency/, { metrics: ['revenue'], filters: [['is_not', 'event:currency', ['EUR']]] }],
  ['metrics', /events alone/, { dimensions: ['drop:reason'] }],
  ['filters', /empty/, { dimensions: ['drop:reason'], metrics: ['events'], filters: [is('event:page', ['/'])] }],
  ['filters', /list/, { filters: 'event:page==/' }],
  ['filters[0]', /list/, { filters: ['is'] }],
  [
    'filters[0][0]',
    /is, is_not, contains, contains_not, matches, matches_not, and, or, not/,
    { filters: [['has', 'event:page', ['/']]] },
  ],
  ['filters[0][2][0]', /500/, { filters: [['matches', 'event:page', ['a'.repeat(501)]]] }],
  ['filters[0][2]', /10/, { filters: [['matches_not', 'event:page', Array(11).fill('a')]] }],
  ['filters', /10 patterns/, { filters: Array(6).fill(['matches', 'event:page', ['a', 'b']]) }],
  ['filters', /repeat less/, { filters: [['matches', 'event:page', ['(abcdef){200}']]] }],
  ['filters', /repeat less/, { filters: [['matches', 'event:page', Array(9).fill('.{40}')]] }],
  ['filters[0][3]', /object/, { filters: [is('event:page', ['/'], true)] }],
  ['filters[0][3].case_sensitive', /true or false/, { filters: [is('event:page', ['/'], { case_sensitive: 'no' })] }],
  ['filters[0][3].case_sensitive', /given/, { filters: [is('event:page', ['/'], {})] }],
  ['filters[0][3].case', /no such field/, { filters: [is('event:page', ['/'], { case_sensitive: true, case: 1 })] }],
  ['filters[0]', /3 entries, or 4/, { filters: [is('event:page', ['/'], { case_sensitive: true }, 1)] }],
  ['filters[0]', /3 entries, or 4/, { filters: [is('event:page')] }],
  [
    'metrics',
    /event:currency/,
    { metrics: ['revenue'], filters: [is('event:currency', ['eur'], { case_sensitive: false })] },
  ],
  ['metrics', /event:currency/, { metrics: ['revenue'], filters: [['matches', 'event:currency', ['^EUR$']]] }],
  ['filters[0][1]', /"visit:country"/, { filters: [is('visit:country) OR 1=1 --', ['DE'])] }],
  ['filters[0][1]', /"visit:country"/, { filters: [is('time:day', ['2026-01-01'])] }],
  ['filters[0][1]', /"visit:country"/, { filters: [is('event:property', ['plan'])] }],
  ['filters[0][1]', /"visit:country"/, { filters: [is('open:name', ['May'])] }],
  ['filters[1][2]', /list/, { filters: [is('event:page', ['/']), is('event:page', '/')] }],
  ['filters[0][2]', /at least 1 entry/, { filters: [is('event:page', [])] }],
  ['filters[0][2][1]', /text/, { filters: [is('event:page', ['/', 1])] }],
  ['filters[0][2][0]', /2000/, { filters: [is('event:page', ['a'.repeat(2001)])] }],
  ['filters[0][2]', /at most 100 entries/, { filters: [is('event:page', Array(101).fill('/'))] }],
  ['filters', /50000/, { filters: [is('event:page', Array(26).fill('a'.repeat(2000)))] }],
  ['filters[0]', /2 entries/, { filters: [['not', is('event:page', ['/']), []]] }],
  ['filters[0][1][1][1]', /"visit:country"/, { filters: [['or', [is('event:page', ['/']), is('nothing', ['/'])]]] }],
  ['filters[0][1]', /1 to 20/, { filters: [['and', []]] }],
  ['filters[0][1][1][1][1][1]', /deeper than 5/, { filters: [nested(6)] }],
  ['filters', /at most 20/, { filters: Array(21).fill(is('event:page', ['/'])) }],
  ['filters', /at most 20/, { filters: [0, 1].map(() => ['or', Array(11).fill(is('event:page', ['/']))]) }],
  ['order_by[0][0]', /of this question/, { order_by: [['visits', 'asc']] }],
  ['order_by[0][1]', /"asc"/, { order_by: [['visitors', 'up']] }],
  [
    'order_by[1]',
    /twice/,
    {
      order_by: [
        ['visitors', 'asc'],
        ['visitors', 'desc'],
      ],
    },
  ],
  ['pagination.limit', /10000/, { pagination: { limit: 10_001 } }],
  ['pagination.limit', /at least 1/, { pagination: { limit: 0 } }],
  ['pagination.limit', /whole number/, { pagination: { limit: 1.5 } }],
  ['pagination.offset', /at least 0/, { pagination: { offset: -1 } }],
  ['pagination.offset', /number/, { pagination: { offset: '1' } }],
  ['include.time_labels', /time:day/, { include: { time_labels: true } }],
  ...[{ mode: 'next' }, {}].map((comparisons): [string, RegExp, object] => [
    'include.comparisons.mode',
    /^must be one of previous_period, year_over_year, custom$/,
    { include: { comparisons } },
  ]),
  ['include.comparisons.date_range', /two days as/, { include: { comparisons: { mode: 'custom' } } }],
  ['include.comparisons.date_range', /two days as/, { include: { comparisons: { mode: 'custom', date_range: '7d' } } }],
  [
    'include.comparisons.date_range',
    /no such field/,
    { include: { comparisons: { mode: 'year_over_year', date_range: ['2026-01-01', '2026-01-02'] } } },
  ],
  [
    'include.comparisons.match_day_of_week',
    /true or false/,
    { include: { comparisons: { mode: 'previous_period', match_day_of_week: 'yes' } } },
  ],
  ['include.totals', /no such field/, { include: { totals: true } }],
  ['metric', /no such field/, { metric: 'visits' }],
])('%s is wrong: %s', (field, says, change) => {
  const parse = (): unknown => parseQuestion({ ...GOOD, ...change });
  expect(parse).toThrow(FieldError);
  expect(parse).toThrow(says);
  expect(parse).toThrow(expect.objectContaining({ field }));
});

describe('what is no question at all', () => {
  it.each([null, undefined, 1, 'visits', [], [GOOD]])('%j', (input) => {
    expect(() => parseQuestion(input)).toThrow(expect.objectContaining({ name: 'FieldError', field: 'body' }));
  });
});
