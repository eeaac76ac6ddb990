import { expect, it } from 'vitest';
import { namedLike, orderBy } from './list-rows.ts';

const NAMES: Record<string, string> = { AT: 'Österreich', DE: 'Deutschland', CI: 'Côte d’Ivoire' };
const rows = Object.keys(NAMES).map((code) => ({ dimensions: [code], metrics: [1] }));

it.each([
  ['', ['AT', 'DE', 'CI']],
  ['  ', ['AT', 'DE', 'CI']],
  ['land', ['DE']],
  ['OSTER', ['AT']],
  ['österreich', ['AT']],
  ['cote', ['CI']],
  ['de', ['DE']],
  ['x', []],
])('“%s” finds %j by their names', (search, codes) => {
  const found = namedLike(rows, (code) => NAMES[code] ?? code, search);
  expect(found.map(({ dimensions }) => dimensions[0])).toEqual(codes);
});

it('turns a column round, and begins another with its largest', () => {
  const first = { metric: 'visits', direction: 'desc' } as const;
  expect(orderBy(first, 'visits')).toEqual({ metric: 'visits', direction: 'asc' });
  expect(orderBy({ ...first, direction: 'asc' }, 'visits')).toEqual(first);
  expect(orderBy({ ...first, direction: 'asc' }, 'visitors')).toEqual({ metric: 'visitors', direction: 'desc' });
});
