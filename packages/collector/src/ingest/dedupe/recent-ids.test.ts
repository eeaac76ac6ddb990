import { expect, it } from 'vitest';
import { RecentIds } from './recent-ids.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const known = (recent: RecentIds, ids: readonly string[]): string[] => ids.filter((id) => recent.has(id));
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `id-${i}`);

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
  const ids = numbered(100);
  for (const id of ids) recent.add(id, 0);
  expect(known(recent, ids).length).toBeLessThanOrEqual(20);
  expect(known(recent, ids.slice(-10))).toHaveLength(10);
});

it('takes none for another', () => {
  const recent = new RecentIds(0);
  const ids = numbered(200_000);
  for (const id of ids.slice(0, 100_000)) recent.add(id, 0);
  expect(known(recent, ids)).toEqual(ids.slice(0, 100_000));
});

it('forgets an id that is removed, and only that', () => {
  const recent = new RecentIds(0, 10);
  const ids = numbered(15);
  for (const id of ids) recent.add(id, 0);
  for (const id of ['id-3', 'id-12', 'id-99']) recent.remove(id);
  expect(known(recent, ids)).toEqual(ids.filter((id) => id !== 'id-3' && id !== 'id-12'));
});

it.each([
  ['now', 0, true],
  ['9:59 ago', 10 * MINUTE - 1000, true],
  ['10 minutes ago', 10 * MINUTE, false],
  ['in an hour, by a clock that has gone back', -HOUR, true],
])('knows an id read back from disk that came %s: %s', (_when, age, expected) => {
  const recent = new RecentIds(HOUR);
  recent.add('id', HOUR, HOUR - age);
  expect(recent.has('id')).toBe(expected);
});

it.each([
  ['back', -HOUR],
  ['on', HOUR],
])('remembers for ten minutes also when the clock jumps an hour %s', (_way, jump) => {
  const recent = new RecentIds(0);
  recent.add('before', 9 * MINUTE);
  const after = 9 * MINUTE + jump;
  recent.add('after', after);
  for (let minute = 1; minute <= 9; minute++) {
    recent.add(`id-${minute}`, after + minute * MINUTE);
    expect(known(recent, ['before', 'after'])).toEqual(['before', 'after']);
  }
});
