import { expect, it } from 'vitest';
import { parseView } from '../state/view.ts';
import { statisticsTitle } from './title.ts';

it.each([
  ['', undefined, 'Loafly · Last 28 days'],
  ['', 0, '0 · Loafly · Last 28 days'],
  ['?period=day', 1234, '1,234 · Loafly · Today'],
  ['?period=2026-11-02..2026-11-28', 3, '3 · Loafly · Nov 2 – 28, 2026'],
  ['?country=DE&country=AT', 3, '3 · Loafly · Last 28 days · Germany or Austria'],
  ['?page~=blog&source!=Google', 3, '3 · Loafly · Last 28 days · contains blog · is not Google'],
  ['?list=pages', 3, '3 · Pages · Loafly · Last 28 days'],
])('of %s with %s visitors is %s', (search, now, title) => {
  expect(statisticsTitle('Loafly', now, parseView(new URLSearchParams(search))).replaceAll('\u2009', ' ')).toBe(title);
});
