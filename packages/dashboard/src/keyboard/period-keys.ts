import type { Period } from '../state/period.ts';

/** Keys that choose a period. */
export const PERIOD_KEYS = {
  d: 'day',
  e: 'yesterday',
  w: '7d',
  m: '28d',
  q: '91d',
  l: '12mo',
  y: 'year',
  a: 'all',
} as const satisfies Record<string, Period>;
