import { describe, expect, test } from 'vitest';
import { zone } from '../../../lib/time-zone.ts';
import { resolveRange } from '../../period/range.ts';
import type { Count } from '../metrics.ts';
import { normalize } from '../normalize.ts';
import type { DateRange, Filter, GroupName, Question } from '../query.ts';
import type { PlanContext } from './part.ts';
import { planFor } from './plan.ts';

interface Asking {
  readonly dimensions?: readonly GroupName[];
  readonly filters?: readonly Filter[];
  readonly date_range?: DateRange;
}

const moment = { zone: zone('UTC'), now: Date.parse('2026-06-10T12:00:00Z'), firstDay: '2026-01-01' };

/** The sources of a count, one for each piece of the range: the rollup and its values, or the rows of hits. */
const sourcesOf = (
  count: Count,
  { date_range = '7d', ...asking }: Asking,
  context: PlanContext = { countedFrom: null },
): string[] => {
  const normalized = normalize({ site_id: 's', metrics: ['visits'], date_range, ...asking }, 'time:day');
  return planFor(normalized, [count], resolveRange(date_range, moment), context).map(({ source }) =>
    source.table === 'sums'
      ? `${source.rollup} ${source.values}`
      : [source.rows, source.at, ...(source.page === 'event:page' ? [] : [source.page])].join(' '),
  );
};

const page = (...pages: string[]): Filter => ['is', 'event:page', pages];
const country: Filter = ['is', 'visit:country', ['DE', 'FR']];
const source: Filter = ['is', 'visit:source', ['Google']];
const exit = (...pages: string[]): Filter => ['is', 'visit:exit_page', pages];
const hour: DateRange = ['2026-06-09T10:00:00Z', '2026-06-09T12:00:00Z'];
const morning: DateRange = ['2026-06-08T00:00:00Z', '2026-06-09T12:00:00Z'];

const EACH: readonly Count[] = ['visitors', 'visits', 'views', 'events', 'bounces', 'seconds', 'entries', 'engaged'];
const BEGUN: readonly Count[] = ['entries', 'bounces', 'seconds'];
const HITS: readonly Count[] = ['views', 'events'];

test.each<[string, Asking, readonly Count[], string]>([
  ['totals', {}, EACH, '0 all'],
  ['totals by the week', { dimensions: ['time:week'] }, EACH, '0 all'],
  ['exits', {}, ['exits'], '10 all'],
  ['totals by the hour', { dimensions: ['time:hour'] }, EACH, '1 all'],
  ['exits by the hour', { dimensions: ['time:hour'] }, ['exits'], 'exits hour'],
  ['totals from midnight to an hour', { date_range: morning }, EACH, '1 all'],
  ['totals of other hours', { date_range: hour }, [...HITS, ...BEGUN, 'visits', 'engaged'], '1 all'],
  ['visitors of other hours', { date_range: hour }, ['visitors'], 'hits hit_hour'],
  ['visitors of each of them', { date_range: hour, dimensions: ['time:hour'] }, ['visitors'], '1 all'],
  ['regions', { dimensions: ['visit:region'] }, EACH, '41 all'],
  ['sources by the day', { dimensions: ['time:day', 'visit:source'] }, EACH, '20 all'],
  ['exits by source', { dimensions: ['visit:source'] }, ['exits'], 'exits day'],
  ['some countries', { filters: [country] }, EACH, '40 named'],
  ['countries but some', { filters: [['not', country]] }, EACH, '40 rest'],
  ['one source', { filters: [source] }, EACH, '20 named'],
  ['one source, twice', { filters: [['and', [['is', 'visit:source', ['a', 'a']], source]]] }, EACH, '20 named'],
  ['visitors of two sources', { filters: [['is', 'visit:source', ['a', 'b']]] }, ['visitors'], 'hits day'],
  [
    'visits of two sources',
    { filters: [['is', 'visit:source', ['a', 'b']]] },
    ['visits', 'views', 'entries'],
    '20 named',
  ],
  [
    'two sources, one by one',
    { dimensions: ['visit:source'], filters: [['is', 'visit:source', ['a', 'b']]] },
    EACH,
    '20 named',
  ],
  ['visits of no source', { filters: [['is', 'visit:source', ['']]] }, ['visits', 'views', 'bounces'], '20 rest'],
  ['visitors of no source', { filters: [['is', 'visit:source', ['']]] }, ['visitors'], 'hits day'],
  ['visitors of no browser', { filters: [['is', 'visit:browser', ['']]] }, ['visitors'], '30 rest'],
  ['sources with a part', { filters: [['contains', 'visit:source', ['oo']]] }, ['visits', 'views'], '20 named'],
  ['visitors of sources with a part', { filters: [['contains', 'visit:source', ['oo']]] }, ['visitors'], 'hits day'],
  [
    'of sources, one that is left',
    {
      filters: [
        [
          'not',
          [
            'or',
            [
              ['is_not', 'visit:source', ['a', 'b']],
              ['not', ['is', 'visit:source', ['b', 'c']]],
            ],
          ],
        ],
      ],
    },
    ['visitors'],
    '20 named',
  ],
  ['one source or the same', { filters: [['or', [source, source]]] }, ['visitors'], '20 named'],
  ['one source or another', { filters: [['or', [source, ['is', 'visit:source', ['a']]]]] }, ['visitors'], 'hits day'],
  ['pages', { dimensions: ['event:page'] }, ['visitors', 'visits', 'views', 'events', 'engaged', 'scroll'], '10 all'],
  ['entries by page', { dimensions: ['event:page'] }, BEGUN, '12 all'],
  ['exits by page', { dimensions: ['event:page'] }, ['exits'], '10 all'],
  ['one page', { filters: [page('/')] }, ['visitors', 'visits', 'views', 'engaged', 'exits'], '10 named'],
  ['entries of pages', { filters: [page('/', '/a')] }, BEGUN, '12 named'],
  ['views of pages', { filters: [page('/', '/a')] }, ['views', 'events', 'engaged', 'scroll', 'exits'], '10 named'],
  ['visits of pages', { filters: [page('/', '/a')] }, ['visits', 'visitors'], 'hits day'],
  ['views but of a page', { filters: [['not', page('/')]] }, ['views', 'events', 'engaged'], '10 rest'],
  ['entries but of a page', { filters: [['not', page('/')]] }, BEGUN, '12 rest'],
  ['exits but of a page', { filters: [['not', page('/')]] }, ['exits'], '10 named'],
  ['events', { dimensions: ['event:name'] }, ['visitors', 'visits', 'views', 'events'], '11 all'],
  ['currencies', { dimensions: ['event:currency'] }, ['revenue', 'events', 'views'], '13 all'],
  ['visits by currency', { dimensions: ['event:currency'] }, ['visits', 'visitors'], 'hits day'],
  ['revenue by source', { dimensions: ['visit:source'] }, ['revenue'], 'hits day'],
  ['exit pages', { dimensions: ['visit:exit_page'] }, ['visits', 'entries', 'exits'], '10 all'],
  ['visits that end on some pages', { filters: [exit('/', '/a')] }, ['visits', 'exits'], '10 named'],
  ['views of visits that end on a page', { filters: [exit('/')] }, ['views', 'visitors', 'bounces'], 'hits day'],
  ['pages of a source', { dimensions: ['event:page'], filters: [source] }, ['views', 'visits', 'visitors'], 'hits day'],
  ['their entries', { dimensions: ['event:page'], filters: [source] }, BEGUN, 'hits day visit:entry_page'],
  ['their exits', { dimensions: ['event:page'], filters: [source] }, ['exits'], 'exits day visit:exit_page'],
  ['their engagement', { dimensions: ['event:page'], filters: [source] }, ['engaged', 'scroll'], 'engagement day'],
  ['entry pages of a page', { dimensions: ['visit:entry_page'], filters: [page('/')] }, BEGUN, '12 named'],
  ['titles', { dimensions: ['event:title'] }, ['views', 'visits', 'visitors'], 'hits day'],
  ['entries by title', { dimensions: ['event:title'] }, BEGUN, 'entries day'],
  ['exits by title', { dimensions: ['event:title'] }, ['exits'], 'exits day'],
  ['pages by the hour', { dimensions: ['time:hour', 'event:page'] }, ['views', 'visitors'], 'hits hit_hour'],
  ['their visits', { dimensions: ['time:hour', 'event:page'] }, ['visits'], 'hits hour'],
  ['drops', { dimensions: ['drop:reason'] }, ['events'], '2 all'],
  ['opened e-mails by the day', { dimensions: ['time:day', 'open:name'] }, ['events'], '3 all'],
])('%s', (_name, asking, counts, planned) => {
  for (const count of counts) expect([count, sourcesOf(count, asking)]).toEqual([count, [planned]]);
});

describe('a range that ends within a day', () => {
  test.each<[string, Asking, Count, string[]]>([
    [
      'its whole days come from sums',
      { date_range: morning, filters: [page('/')] },
      'views',
      ['10 named', 'hits hit_hour'],
    ],
    ['of two sides', { date_range: '24h', dimensions: ['event:page'] }, 'views', ['hits hit_hour']],
    ['visitors of two sides', { date_range: '24h' }, 'visitors', ['hits hit_hour', '1 all']],
    ['exits', { date_range: morning }, 'exits', ['10 all', 'exits hour']],
    ['what needs hits anyway', { date_range: morning, filters: [page('/'), source] }, 'views', ['hits hit_hour']],
  ])('%s', (_name, asking, count, planned) => {
    expect(sourcesOf(count, asking)).toEqual(planned);
  });
});

test('revenue of before has no rollup', () => {
  const asking: Asking = { dimensions: ['event:currency'] };
  expect(sourcesOf('revenue', asking, { countedFrom: '2026-06-04' })).toEqual(['13 all']);
  expect(sourcesOf('revenue', asking, { countedFrom: '2026-06-05' })).toEqual(['hits day']);
});

test('counts from the same rows share a statement', () => {
  const question: Question = { site_id: 's', metrics: ['visits'], date_range: '7d', dimensions: ['event:page'] };
  const normalized = normalize(question, 'time:day');
  const range = resolveRange('7d', moment);
  const parts = planFor(normalized, ['visitors', 'views', 'bounces', 'exits', 'engaged'], range, { countedFrom: null });
  expect(parts.map(({ sums }) => [...sums.keys()])).toEqual([['visitors', 'views', 'exits', 'engaged'], ['bounces']]);
});
