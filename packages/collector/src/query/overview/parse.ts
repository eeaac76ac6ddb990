import { z } from 'zod';
import { daysBetween } from '../../lib/time-zone.ts';
import { NAMED_DAYS } from '../period/range-names.ts';

const MOST_DAYS = 366;

const day = z.iso.date();

const range = z.union([z.enum(NAMED_DAYS), z.tuple([day, day])], {
  error: `must be one of ${NAMED_DAYS.join(', ')}, or two days as 2026-01-01,2026-01-31`,
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
