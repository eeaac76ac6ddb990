import { describe, expect, it } from 'vitest';
import { type Filter, invert, isFilteredBy, putFilter, toggleValue } from './filters.ts';
import { parseView, statisticsHref, type View, viewSearch } from './view.ts';

const view = (search = ''): View => parseView(new URLSearchParams(search));

describe('a view and its address', () => {
  it('has defaults for all that is missing', () => {
    expect(view()).toEqual({
      period: '28d',
      filters: [],
      compare: { mode: 'previous_period' },
      metric: 'visitors',
      grain: null,
      shown: [],
      kind: null,
      list: null,
    });
    expect(viewSearch(view())).toBe('');
  });

  it.each([
    '?period=7d',
    '?period=2026-03-01..2026-03-07',
    '?period=2026-03-01T10:00:00%2B01:00..2026-03-01T12:59:59%2B01:00',
    '?country=DE&country=AT',
    '?page!=/pricing',
    '?source=Google&source!=Bing',
    '?page=/a+b%26c',
    '?page~=blog&page!~=draft',
    '?props.plan=pro&props.plan!=free&event=Sign+up',
    '?props.a%2521%257eb.c~=x',
    '?by=week&show=properties&kind=plan',
    '?compare=no',
    '?compare=year',
    '?compare=2026-02-01..2026-02-14',
    '?weekdays=same',
    '?compare=year&weekdays=same',
    '?compare=2026-02-01..2026-02-14&weekdays=same',
    '?period=last_month&compare=year&metric=visits',
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
    ['?compare=yes', { compare: { mode: 'previous_period' } }],
    ['?compare=2026-02-14..2026-02-01', { compare: { mode: 'previous_period' } }],
    ['?compare=7d&weekdays=no', { compare: { mode: 'previous_period' } }],
    ['?compare=no&weekdays=same', { compare: null }],
    ['?show=nothing.entries', { shown: ['entries'] }],
    ['?list=toString', { list: null }],
    ['?person=me&constructor=1&props.=1&page~!=1', { filters: [] }],
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

  it.each<[string, Filter, number | null, string]>([
    [
      'a new one',
      { operator: 'is', dimension: 'visit:device', values: ['Mobile'] },
      null,
      '?country=DE&page!=/&device=Mobile',
    ],
    [
      'another of its kind',
      { operator: 'is', dimension: 'visit:country', values: ['AT'] },
      null,
      '?country=AT&page!=/',
    ],
    [
      'one in the place of another',
      { operator: 'contains', dimension: 'visit:city', values: ['B'] },
      0,
      '?city~=B&page!=/',
    ],
    ['one that becomes like another', { operator: 'is_not', dimension: 'event:page', values: ['/a'] }, 0, '?page!=/a'],
    ['one without values', { operator: 'is', dimension: 'visit:country', values: [] }, 0, '?page!=/'],
  ])('take in %s', (_, filter, replaced, search) => {
    const next = putFilter(filters, filter, replaced === null ? null : filters[replaced]);
    expect(viewSearch({ ...view(), filters: next })).toBe(search);
  });

  it('are turned round one at a time', () => {
    const [country] = filters;
    if (!country) throw new Error('no filter');
    expect(viewSearch({ ...view(), filters: invert(filters, country) })).toBe('?country!=DE&page!=/');
  });
});
