import { expect, it } from 'vitest';
import type { Filter } from '../state/filters.ts';
import { areOnlyEvents, metricsUnder, type ShownMetrics } from './metrics.ts';

const event = (operator: Filter['operator'], ...values: string[]): Filter => ({
  dimension: 'event:name',
  operator,
  values,
});
const EUROS: Filter = { dimension: 'event:currency', operator: 'is', values: ['EUR'] };
const PAGE: Filter = { dimension: 'event:page', operator: 'is', values: ['/'] };

it.each<[string, Filter[], boolean]>([
  ['no filter', [], false],
  ['a page', [PAGE], false],
  ['an event', [event('is', 'Order')], true],
  ['one of two events', [event('is', 'Order', 'Buy')], true],
  ['a part of a name', [event('contains', 'or')], true],
  ['a currency and a page', [PAGE, EUROS], true],
  ['any other event, and views', [event('is_not', 'Order')], false],
  ['names without a part, and views', [event('contains_not', 'or')], false],
  ['no name at all, which views have', [event('is', '')], false],
  ['a name or none', [event('is', 'Order', '')], false],
])('%s: events alone, %j, %s', (_, filters, only) => {
  expect(areOnlyEvents(filters)).toBe(only);
});

it.each<[Filter[], ShownMetrics, ShownMetrics]>([
  [[PAGE], ['visitors', 'pageviews', 'exit_rate'], ['visitors', 'pageviews', 'exit_rate']],
  [[EUROS], ['visitors', 'pageviews'], ['visitors', 'events']],
  [[EUROS], ['visitors', 'events', 'pageviews'], ['visitors', 'events']],
  [[EUROS], ['visits', 'bounce_rate'], ['visits']],
  [[EUROS], ['time_on_page', 'scroll_depth'], ['visitors']],
  [[event('is_not', 'Order')], ['visitors', 'pageviews', 'bounce_rate'], ['visitors', 'pageviews']],
])('under %j the columns %j are %j', (filters, metrics, shown) => {
  expect(metricsUnder(filters, metrics)).toEqual(shown);
});
