import { describe, expect, test } from 'vitest';
import { zone } from '../../lib/time-zone.ts';
import { resolveRange } from '../period/range.ts';
import { normalize } from './normalize.ts';
import { type Plan, planFor } from './plan.ts';
import type { DateRange, Filter, GroupName, Metric } from './query.ts';

interface Asking {
  metrics?: readonly Metric[];
  dimensions?: readonly GroupName[];
  filters?: readonly Filter[];
  date_range?: DateRange;
}

const VISITS: readonly Metric[] = ['visitors', 'visits', 'pageviews', 'events', 'views_per_visit'];
const ALL: readonly Metric[] = [...VISITS, 'bounce_rate', 'visit_duration'];

const plan = ({ date_range = '7d', ...asking }: Asking, only?: 'hits'): Plan => {
  const moment = { zone: zone('UTC'), now: Date.parse('2026-06-10T12:00:00Z'), firstDay: '2026-01-01' };
  const normalized = normalize({ site_id: 's', metrics: ALL, date_range, ...asking });
  return planFor(normalized, [resolveRange(date_range, moment)], only);
};

const page = (...pages: string[]): Filter => ['is', 'event:page', pages];
const country: Filter = ['is', 'visit:country', ['DE', 'FR']];

describe('from sums', () => {
  test.each<[string, number, 'increment' | 'seen' | 'exits', Asking]>([
    ['totals', 0, 'increment', {}],
    ['totals by the day', 0, 'increment', { dimensions: ['time:day'] }],
    ['totals by the hour', 1, 'increment', { dimensions: ['time:hour'] }],
    ['totals of hours', 1, 'increment', { date_range: '24h' }],
    ['days of hours', 1, 'increment', { date_range: '24h', dimensions: ['time:day'] }],
    ['totals by the week', 0, 'increment', { dimensions: ['time:week'] }],
    ['totals of hours by the month', 1, 'increment', { date_range: '24h', dimensions: ['time:month'] }],
    ['one page by the month', 10, 'seen', { metrics: VISITS, dimensions: ['time:month'], filters: [page('/')] }],
    ['regions', 41, 'increment', { dimensions: ['visit:region'] }],
    ['cities by the week', 42, 'increment', { dimensions: ['time:week', 'visit:city'] }],
    ['opened e-mails', 3, 'increment', { metrics: ['events'], dimensions: ['open:name'] }],
    ['drops by the day', 2, 'increment', { metrics: ['events'], dimensions: ['time:day', 'drop:reason'] }],
    ['drops', 2, 'increment', { metrics: ['events'], dimensions: ['drop:reason'] }],
    ['a dimension of visits', 20, 'increment', { dimensions: ['visit:source'] }],
    ['it by the day', 20, 'increment', { dimensions: ['time:day', 'visit:source'] }],
    ['some values of it', 40, 'increment', { filters: [country] }],
    ['it, some values of it', 40, 'increment', { dimensions: ['visit:country'], filters: [country] }],
    ['pages', 10, 'seen', { metrics: VISITS, dimensions: ['event:page'] }],
    ['some pages, one by one', 10, 'seen', { metrics: VISITS, dimensions: ['event:page'], filters: [page('/', '/a')] }],
    ['one page', 10, 'seen', { metrics: VISITS, filters: [page('/')] }],
    ['one page by the day', 10, 'seen', { metrics: VISITS, dimensions: ['time:day'], filters: [page('/')] }],
    ['pageviews of several pages', 10, 'seen', { metrics: ['pageviews'], filters: [page('/', '/a')] }],
    ['events', 11, 'seen', { metrics: VISITS, dimensions: ['event:name'] }],
    ['exit pages', 10, 'exits', { metrics: ['visits'], dimensions: ['visit:exit_page'] }],
    [
      'visits that end on some pages',
      10,
      'exits',
      { metrics: ['visits'], filters: [['is', 'visit:exit_page', ['/', '/a']]] },
    ],
  ])('%s', (_name, rollup, formula, asking) => {
    expect(plan(asking)).toMatchObject({ source: 'sums', rollup, formula });
  });
});

test('hits alone can be asked for, but for drops', () => {
  expect(plan({}, 'hits')).toEqual({ source: 'hits', formula: 'increment', wholeVisits: false });
  expect(plan({ metrics: ['events'], dimensions: ['drop:reason'] }, 'hits')).toMatchObject({ source: 'sums' });
});

describe('from hits', () => {
  test.each<[string, 'increment' | 'matched', boolean, Asking]>([
    ['two dimensions of visits', 'increment', false, { dimensions: ['visit:source', 'visit:country'] }],
    ['one by another', 'increment', false, { dimensions: ['visit:source'], filters: [country] }],
    ['a dimension of visits by the hour', 'increment', false, { dimensions: ['time:hour', 'visit:source'] }],
    ['a dimension of visits over hours', 'increment', false, { date_range: '24h', dimensions: ['visit:source'] }],
    ['is_not', 'increment', false, { filters: [['is_not', 'visit:country', ['DE']]] }],
    ['contains', 'increment', false, { filters: [['contains', 'visit:country', ['D']]] }],
    ['contains_not', 'increment', false, { filters: [['contains_not', 'visit:country', ['D']]] }],
    ['titles', 'matched', false, { metrics: VISITS, dimensions: ['event:title'] }],
    ['values of a property', 'matched', false, { metrics: VISITS, dimensions: ['event:props:plan'] }],
    ['a value of a property', 'matched', true, { filters: [['is', 'event:props:plan', ['pro']]] }],
    ['names of properties', 'matched', false, { metrics: ['events'], dimensions: ['event:property'] }],
    ['revenue', 'matched', false, { metrics: ['revenue'], dimensions: ['event:currency'] }],
    [
      'revenue by a dimension of visits',
      'matched',
      false,
      { metrics: ['revenue'], dimensions: ['visit:source'], filters: [['is', 'event:currency', ['EUR']]] },
    ],
    ['not', 'increment', false, { filters: [['not', country]] }],
    ['two filters', 'increment', false, { filters: [country, country] }],
    ['what has no value', 'increment', false, { filters: [['is', 'visit:source', ['', 'Google']]] }],
    ['visits of several pages', 'matched', false, { metrics: ['visits'], filters: [page('/', '/a')] }],
    ['bounces of a page', 'matched', true, { metrics: ['bounce_rate'], filters: [page('/')] }],
    ['durations of pages', 'matched', true, { metrics: ['visit_duration'], dimensions: ['event:page'] }],
    ['hostnames', 'matched', false, { metrics: VISITS, dimensions: ['event:hostname'] }],
    [
      'pages of a source',
      'matched',
      false,
      { metrics: VISITS, dimensions: ['event:page'], filters: [['is', 'visit:source', ['Google']]] },
    ],
    ['pageviews of exit pages', 'increment', true, { metrics: ['pageviews'], dimensions: ['visit:exit_page'] }],
    ['pages of exit pages', 'matched', true, { metrics: VISITS, dimensions: ['visit:exit_page', 'event:page'] }],
    [
      'pageviews of visits that end on a page',
      'increment',
      true,
      { metrics: ['pageviews'], filters: [['is', 'visit:exit_page', ['/']]] },
    ],
  ])('%s', (_name, formula, wholeVisits, asking) => {
    expect(plan(asking)).toEqual({ source: 'hits', formula, wholeVisits });
  });
});
