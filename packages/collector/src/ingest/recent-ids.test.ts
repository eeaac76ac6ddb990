import { expect, it } from 'vitest';
import { RecentIds } from './recent-ids.ts';

const MINUTE = 60_000;

it('remembers an id for ten minutes, however many come', () => {
  const recent = new RecentIds(0);
  for (let minute = 0; minute <= 60; minute++) {
    recent.add(`id-${minute}`, minute * MINUTE);
    for (let age = 0; age <= Math.min(10, minute); age++) expect(recent.has(`id-${minute - age}`)).toBe(true);
  }
  expect(recent.has('id-30')).toBe(false);
});

it('is bounded', () => {
  const recent = new RecentIds(0, 10);
  for (let i = 0; i < 100; i++) recent.add(`id-${i}`, 0);
  expect(Array.from({ length: 100 }, (_, i) => recent.has(`id-${i}`)).filter(Boolean).length).toBeLessThanOrEqual(20);
  expect(recent.has('id-99')).toBe(true);
});
