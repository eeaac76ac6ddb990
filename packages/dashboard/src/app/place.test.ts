import { describe, expect, it } from 'vitest';
import { placing } from './place.ts';

describe('below a path', () => {
  const { placed, unplaced } = placing('/stats');

  it.each([
    ['/', '/stats/'],
    ['/login', '/stats/login'],
    ['/sites/stats?period=7d', '/stats/sites/stats?period=7d'],
    ['/statistics', '/stats/statistics'],
    ['/stats/login', '/stats/login'],
    ['/stats', '/stats'],
  ])('%s is %s for the browser', (path, whole) => {
    expect(placed(path)).toBe(whole);
  });

  it.each([
    ['/stats/', '/'],
    ['/stats', '/'],
    ['/stats/sites/a.example/logs', '/sites/a.example/logs'],
    ['/login', '/login'],
    ['/statistics', '/statistics'],
    ['/stats/stats/', '/stats/'],
  ])('%s is %s for the dashboard', (whole, path) => {
    expect(unplaced(whole)).toBe(path);
  });
});

it('at the root, everything is as it is', () => {
  const { placed, unplaced } = placing('');
  for (const path of ['/', '/login', '/sites/a.example']) expect([placed(path), unplaced(path)]).toEqual([path, path]);
});
