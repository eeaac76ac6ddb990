import { expect, it } from 'vitest';
import { stepsByCode } from './quantiles.ts';

it.each<[string, [string, number][], [string, number][]]>([
  ['nothing', [], []],
  ['one country', [['DE', 3]], [['DE', 5]]],
  [
    'a country without visitors has no step',
    [
      ['DE', 3],
      ['FR', 0],
    ],
    [['DE', 5]],
  ],
  [
    'five countries',
    [
      ['A', 50],
      ['B', 40],
      ['C', 30],
      ['D', 20],
      ['E', 10],
    ],
    [
      ['A', 5],
      ['B', 4],
      ['C', 3],
      ['D', 2],
      ['E', 1],
    ],
  ],
  [
    'equal numbers share a step',
    [
      ['A', 9],
      ['B', 1],
      ['C', 1],
      ['D', 1],
    ],
    [
      ['A', 5],
      ['B', 4],
      ['C', 4],
      ['D', 4],
    ],
  ],
])('%s', (_, counts, steps) => {
  expect([...stepsByCode(new Map(counts))]).toEqual(steps);
});
