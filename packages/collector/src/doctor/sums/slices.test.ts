import { expect, it } from 'vitest';
import { halvesOf } from './slices.ts';

it('what is too much is halved until it is a day, and no day or hit is lost', () => {
  const left = [{ from: '2026-06-01', to: '2026-06-07', hits: 100 }];
  const days: string[] = [];
  let hits = 0;
  for (let slice = left.shift(); slice !== undefined; slice = left.shift()) {
    const halves = halvesOf(slice);
    left.unshift(...halves);
    if (halves.length > 0) continue;
    expect(slice.from).toBe(slice.to);
    days.push(slice.from);
    hits += slice.hits;
  }
  expect(days).toEqual([1, 2, 3, 4, 5, 6, 7].map((day) => `2026-06-0${day}`));
  expect(hits).toBe(100);
});
