import { FieldError } from '../../http/field-error.ts';
import { utcDay } from '../../lib/time-zone.ts';
import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';
import type { Range } from '../period/range.ts';

/**
 * A day is closed an hour after its midnight: until 40 minutes after it a hit may come that belongs to it (engagement with a
 * visit whose latest view was half an hour ago, and ten minutes old), and then it may take a quarter of an hour to the
 * store. What takes longer is no fresh batch any more, and ends what is kept (`Store.oldChanges`).
 */
const CLOSED_MS = 60 * 60_000;

/**
 * What an answer about days that are closed depends on beside its question and its site; null: one of them is not. By the
 * next day, the site's or that of UTC, by which single hits are deleted, it is asked anew.
 * @param rangesOf all that it is about
 * @param now Unix milliseconds
 */
export const closedOn = (site: Site, now: number, rangesOf: () => readonly Range[]): readonly string[] | null => {
  const zone = siteZone(site, now);
  const today = zone.day(now);
  if (now < zone.startOfDay(today) + CLOSED_MS) return null;
  return rangesOrNone(rangesOf).every(({ last }) => last < today) ? [today, utcDay(now)] : null;
};

/** A question that is to be refused is about no days: it is refused where it is asked. */
const rangesOrNone = (rangesOf: () => readonly Range[]): readonly Pick<Range, 'last'>[] => {
  try {
    return rangesOf();
  } catch (error) {
    if (error instanceof FieldError) return [NEVER];
    throw error;
  }
};

const NEVER = { last: '9999-12-31' };
