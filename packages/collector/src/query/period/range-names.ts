/** Ranges that have a name; which days each has is told by `DateRange` in `query.ts`. */
export const RANGE_NAMES = ['day', '24h', '7d', '28d', '30d', 'month', 'year', 'all'] as const;

/** Those that are a number of days, with today. */
export const RANGE_DAYS = { day: 1, '7d': 7, '28d': 28, '30d': 30 } as const;
