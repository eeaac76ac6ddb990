import { expect, it } from 'vitest';
import { byDay } from './by-day.ts';

it('puts the reasons of a day side by side, the newest day first', () => {
  const rows = [
    { dimensions: ['2026-03-01', 'bot'], metrics: [4] },
    { dimensions: ['2026-03-01', 'spam'], metrics: [1] },
    { dimensions: ['2026-03-02', 'bot'], metrics: [0] },
    { dimensions: ['2026-03-03', 'spam'], metrics: [2] },
    { dimensions: ['2026-03-03', 'late'], metrics: [9] },
  ];
  expect(byDay(rows, ['bot', 'spam'])).toEqual([
    { day: '2026-03-03', counts: [0, 2] },
    { day: '2026-03-01', counts: [4, 1] },
  ]);
});
