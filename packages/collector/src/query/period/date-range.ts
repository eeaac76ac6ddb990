import { z } from 'zod';
import { RANGE_NAMES } from './range-names.ts';

const day = z.iso.date();
const time = z.iso.datetime({ offset: true });

const WORDS = 'two days as 2026-01-31, or two times as 2026-01-31T12:00:00+01:00';

/** A range of one's own; whether it is one of the calendar's is for `range.ts`. */
export const ownRange = z.union([z.tuple([day, day]), z.tuple([time, time])], { error: `must be ${WORDS}` });

/** A range as a question says it. */
export const dateRange = z.union([z.enum(RANGE_NAMES), ...ownRange.options], {
  error: `must be one of ${RANGE_NAMES.join(', ')}, or ${WORDS}`,
});
