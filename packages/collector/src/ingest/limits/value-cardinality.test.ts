import { describe, expect, it } from 'vitest';
import { VALUE_LIMITS, ValueCardinality } from './value-cardinality.ts';

const kept = (
  values: ValueCardinality,
  site: ReturnType<ValueCardinality['begin']>,
  names: readonly string[],
): string[] => names.map((name) => values.kept(site, 'page', name));

describe('the values of a day', () => {
  it('are the first so many of a kind; those stay themselves, and the next ones are one', () => {
    const values = new ValueCardinality({ ...VALUE_LIMITS, page: 2 });
    const site = values.begin();
    expect(kept(values, site, ['/a', '/b', '/c', '/a', '/d', '/b', '', '(other)'])).toEqual([
      '/a',
      '/b',
      '(other)',
      '/a',
      '(other)',
      '/b',
      '',
      '(other)',
    ]);
    expect(values.kept(site, 'title', '/c')).toBe('/c');
    expect(kept(values, values.begin(), ['/c'])).toEqual(['/c']);
  });

  it('are told apart in every script', () => {
    const values = new ValueCardinality({ ...VALUE_LIMITS, title: 100 });
    const site = values.begin();
    const titles = Array.from({ length: 200 }, (_, n) => String.fromCodePoint(0x4e00 + 256 * n) + '頁'.repeat(20));
    expect(
      titles.map((title) => values.kept(site, 'title', title)).filter((title) => title === '(other)'),
    ).toHaveLength(100);
  });

  it('of one site leave the others their shares, and there are never twice as many as there may be', () => {
    const values = new ValueCardinality({ ...VALUE_LIMITS, together: 1000 });
    const sites = Array.from({ length: 10 }, () => values.begin());
    const fill = (site = values.begin()): number => {
      const pages = Array.from({ length: 2000 }, (_, n) => `/${n}`);
      return kept(values, site, pages).filter((page) => page !== '(other)').length;
    };
    expect(sites.map(fill)).toEqual([1000, ...Array(9).fill(100)]);
    expect(values.size).toBe(1900);
    for (const site of sites) values.end(site);
    expect(values.size).toBe(0);
    expect(fill()).toBe(1000);
  });
});
