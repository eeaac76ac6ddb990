import { z } from 'zod';
import { daysBetween } from '../../lib/time-zone.ts';

/** Ranges of whole days that have a name. */
const NAMES = ['day', '7d', '28d', '30d', 'month', 'year'] as const;
const MOST_DAYS = 366;

const day = z.iso.date();

const range = z.union([z.enum(NAMES), z.tuple([day, day])], {
  error: `must be one of ${NAMES.join(', ')}, or two days as 2026-01-01,2026-01-31`,
});

/** Days that the overview is about. */
export type OverviewRange = z.output<typeof range>;

/** The query parameters of `GET /api/overview`. */
export const overviewShape = z.strictObject({
  date_range: z
    .string()
    .default('28d')
    .transform((text) => (text.includes(',') ? text.split(',') : text))
    .pipe(range)
    .refine((days) => typeof days === 'string' || daysBetween(...days) < MOST_DAYS, {
      error: `must not be longer than ${MOST_DAYS} days`,
    }),
});
