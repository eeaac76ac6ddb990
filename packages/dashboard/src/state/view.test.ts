import { describe, expect, it } from 'vitest';
import { invert, isFilteredBy, toggleValue } from './filters.ts';
import { parseView, statisticsHref, type View, viewSearch } from './view.ts';

const view = (search = ''): View => parseView(new URLSearchParams(search));

describe('a view and its address', () => {
  it('has defaults for all that is missing', () => {
    expect(view()).toEqual({
      period: '28d',
      filters: [],
      compare: true,
      metric: 'visitors',
      grain: null,
      shown: [],
      list: null,
    });
    expect(viewSearch(view())).toBe('');
  });

  it.each([
    '?period=7d',
    '?period=2026-03-01..2026-03-07',
    '?period=2026-03-01T10:00:00%2B01:00..2026-03-01T12:00:00%2B01:00',
    '?country=DE&country=AT',
    '?page!=/pricing',
    '?source=Google&source!=Bing',
    '?page=/a+b%26c',
    '?compare=no',
    '?metric=bounce_rate',
    '?by=hour',
    '?show=entries.channels.system_versions',
    '?list=sources',
    '?period=day&page=/&utm_campaign=spring&compare=no&metric=visits&show=exits&list=events',
  ])('%s comes back as it was', (search) => {
    expect(viewSearch(view(search))).toBe(search);
  });

  it.each([
    ['?metric=money', { metric: 'visitors' }],
    ['?by=minute', { grain: null }],
    ['?show=nothing.entries', { shown: ['entries'] }],
    ['?list=toString', { list: null }],
    ['?person=me&constructor=1', { filters: [] }],
  ])('%s: what cannot be read has its default', (search, part) => {
    expect(view(search)).toMatchObject(part);
  });

  it('leaves out reports that are shown anyway', () => {
    expect(viewSearch({ ...view(), shown: ['pages', 'channels'] })).toBe('?show=channels');
  });

  it('stands in the address of the site', () => {
    expect(statisticsHref('example.com', view('?period=7d'), { metric: 'visits' })).toBe(
      '/sites/example.com?period=7d&metric=visits',
    );
  });
});

describe('filters', () => {
  const { filters } = view('?country=DE&page!=/');

  it('are one for each name, with all its values', () => {
    expect(view('?country=DE&page=/&country=AT&country=DE').filters).toEqual([
      { operator: 'is', dimension: 'visit:country', values: ['DE', 'AT'] },
      { operator: 'is', dimension: 'event:page', values: ['/'] },
    ]);
  });

  it('take a value in, and out again', () => {
    const withSource = toggleValue(filters, 'visit:source', 'Google');
    expect(isFilteredBy(withSource, 'visit:source', 'Google')).toBe(true);
    expect(toggleValue(withSource, 'visit:source', 'Google')).toEqual(filters);
  });

  it('replace what was said of the same dimension', () => {
    expect(toggleValue(filters, 'visit:country', 'FR')).toContainEqual({
      operator: 'is',
      dimension: 'visit:country',
      values: ['FR'],
    });
    expect(toggleValue(filters, 'visit:country', 'FR')).toHaveLength(2);
  });

  it('are turned round one at a time', () => {
    const [country] = filters;
    if (!country) throw new Error('no filter');
    expect(viewSearch({ ...view(), filters: invert(filters, country) })).toBe('?country!=DE&page!=/');
  });
});
