import { describe, expect, it } from 'vitest';
import type { Site } from '../api/client.ts';
import type { FilterDimension } from '../state/filters.ts';
import { dimensionGroups, operatorsOf, searchGroups } from './dimensions.ts';

const siteThatKeeps = (collect: Site['collect']): Site => ({ collect }) as Site;

describe('dimensions', () => {
  const offered = (collect: Site['collect']): FilterDimension[] =>
    dimensionGroups(siteThatKeeps(collect)).flatMap(({ dimensions }) => [...dimensions]);

  it('are those of the panels, each once', () => {
    const all = offered({ places: 'city', screens: true, languages: true });
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining(['event:page', 'event:title', 'visit:city', 'event:name', 'event:via']));
    expect(all).toHaveLength(26);
  });

  it('are left out where the site does not keep them', () => {
    const some = offered({ places: 'country', screens: false, languages: false });
    for (const missing of ['visit:region', 'visit:city', 'visit:screen', 'visit:language'])
      expect(some).not.toContain(missing);
    expect(some).toContain('visit:country');
  });

  it('are found by their names and by those of their groups', () => {
    const groups = [
      { title: 'Länder', dimensions: ['visit:country', 'visit:city'] },
      { title: 'Seiten', dimensions: ['event:page'] },
    ] as const;
    const nameOf = (dimension: FilterDimension): string => dimension.split(':')[1] ?? '';
    const found = (search: string) =>
      searchGroups([...groups], nameOf, search).flatMap(({ dimensions }) => [...dimensions]);
    expect(found('')).toHaveLength(3);
    expect(found('lander')).toEqual(['visit:country', 'visit:city']);
    expect(found('PAGE')).toEqual(['event:page']);
    expect(found('x')).toEqual([]);
  });

  it.each<[FilterDimension, number]>([
    ['event:page', 4],
    ['event:props:plan', 4],
    ['visit:country', 2],
    ['event:via', 2],
  ])('%s can be compared in %d ways', (dimension, ways) => {
    expect(operatorsOf(dimension)).toHaveLength(ways);
  });
});
