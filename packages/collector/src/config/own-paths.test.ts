import { expect, it } from 'vitest';
import { isBelow, isOfScript, ownPathOf } from './own-paths.ts';

it.each([
  ['/api', '/api'],
  ['/api/in', '/api'],
  ['/API/in', '/api'],
  ['/login', '/login'],
  ['/apis', null],
  ['/in', null],
  ['/.api', null],
])('%s is part of %s', (path, own) => {
  expect(ownPathOf(path)).toBe(own);
});

it.each([
  ['/p.js', '/p.js', true],
  ['/P.js', '/p.js', true],
  ['/p.full.js', '/p.js', true],
  ['/p.0.2.0.js', '/p.js', true],
  ['/p.full.10.0.0-beta.1.js', '/p.js', true],
  ['/js/p.full.js', '/p.js', false],
  ['/p.event.js', '/p.js', false],
  ['/p.full.event.js', '/p.js', false],
  ['/p.full', '/p.js', false],
  ['/pfull.js', '/p.js', false],
  ['/p..js', '/p.js', false],
  ['/stats.full', '/stats', true],
  ['/stats.1', '/stats', true],
  ['/stats/full', '/stats', false],
])('whether %s is a form of the script %s: %s', (path, script, is) => {
  expect(isOfScript(path, script)).toBe(is);
});

it.each([
  ['/stats', '/stats', true],
  ['/stats/in', '/stats', true],
  ['/Stats/in', '/stats', true],
  ['/statistics', '/stats', false],
  ['/in/stats', '/stats', false],
])('whether %s is below %s: %s', (path, base, is) => {
  expect(isBelow(path, base)).toBe(is);
});
