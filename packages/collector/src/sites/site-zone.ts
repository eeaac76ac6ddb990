import { addDays, type Zone, zone } from '../lib/time-zone.ts';
import type { Site } from './site.ts';

/** What is needed of a site to tell its time zone. */
type Zoned = Pick<Site, 'timezone' | 'timezoneNext'>;

/** A change of the time zone that is over for this long stands in `timezone` itself: no hit arrives later. */
const SETTLE_S = 60 * 60;

/** Name of the site's time zone at an instant, Unix milliseconds. */
export const siteTimezone = ({ timezone, timezoneNext }: Zoned, at: number): string =>
  timezoneNext !== null && at >= timezoneNext.from * 1000 ? timezoneNext.timezone : timezone;

/**
 * The calendar of a site at an instant, Unix milliseconds. Ask for that of now to find the days of a range: days that
 * are stored stay as they were booked.
 * @throws RangeError if this runtime does not know the zone
 */
export const siteZone = (site: Zoned, at: number): Zone => zone(siteTimezone(site, at));

/** What a site's fields are after its owner asked for a time zone: it holds from the next midnight of the one of now. */
export const changedTimezone = (site: Zoned, timezone: string, at: number): Zoned => {
  const current = siteTimezone(site, at);
  if (timezone === current) return { timezone, timezoneNext: null };
  const local = zone(current);
  const from = Math.floor(local.startOfDay(addDays(local.day(at), 1)) / 1000);
  return { timezone: current, timezoneNext: { timezone, from } };
};

/** When a change is to be taken into `timezone`, Unix milliseconds; null: there is none. */
export const settlesAt = ({ timezoneNext }: Zoned): number | null =>
  timezoneNext === null ? null : (timezoneNext.from + SETTLE_S) * 1000;

/** The site with a change of its time zone that is over taken into `timezone`. */
export const settled = (site: Site, at: number): Site => {
  const when = settlesAt(site);
  return when === null || at < when ? site : { ...site, timezone: siteTimezone(site, at), timezoneNext: null };
};
