import { addDays } from '../../lib/time-zone.ts';
import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';
import type { Bindings } from '../../store/bindings.ts';
import { ROW_KINDS } from '../../store/row.ts';

/** Who has viewed or done something within so many seconds is there now. */
const PRESENT_SECONDS = 5 * 60;

/** A site at an instant, in Unix seconds. */
export interface SiteInstant {
  readonly site: Site;
  readonly at: number;
}

/** Rows of `hits` that say who is there now. */
export const presentHits = (instant: SiteInstant, bind: Bindings['bind']): string =>
  hitsFrom(instant.at - PRESENT_SECONDS + 1, instant, bind);

/**
 * Views and events from a second on, today or the day before. A visit ends at midnight, and nothing ties the next day's
 * to it: who is there before and after it counts twice for five minutes.
 */
export const hitsFrom = (second: number, { site, at }: SiteInstant, bind: Bindings['bind']): string =>
  `r.site = ${bind(site.id, 'String')} AND r.day >= ${bind(addDays(siteZone(site, at * 1000).day(at * 1000), -1), 'Date')}
    AND r.visit != 0 AND r.kind IN (${ROW_KINDS.view}, ${ROW_KINDS.event})
    AND r.ts BETWEEN toDateTime(${bind(second, 'UInt32')}, 'UTC') AND toDateTime(${bind(at, 'UInt32')}, 'UTC')`;
