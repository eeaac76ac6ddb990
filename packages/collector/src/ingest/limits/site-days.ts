import { addDays } from '../../lib/time-zone.ts';
import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';
import type { SiteValues, ValueCardinality, ValueKind } from './value-cardinality.ts';

/** What was taken of a site on its local day. */
export interface SiteDay {
  /** From its first instant to the first of the next day, Unix milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly values: SiteValues;
  /** Items, of which a large one counts as several, see `costOf`. */
  items: number;
  /** Bytes of log lines and errors. */
  logBytes: number;
}

/**
 * What each site has taken today. In memory, of this collector: after a restart a day begins anew. A hit counts on the
 * day on which it arrives, whichever day it is booked on.
 */
export class SiteDays {
  readonly #days = new Map<string, SiteDay>();
  readonly #values: ValueCardinality;

  constructor(values: ValueCardinality) {
    this.#values = values;
  }

  /** The day of a site at an instant, Unix milliseconds. */
  of(site: Site, at: number): SiteDay {
    const known = this.#days.get(site.id);
    if (known !== undefined && at >= known.from && at < known.until) return known;
    if (known !== undefined) this.#values.end(known.values);
    const day = this.#begin(site, at);
    this.#days.set(site.id, day);
    return day;
  }

  /** A value as it is kept on a site's day, see {@link ValueCardinality.kept}. */
  kept(day: SiteDay, kind: ValueKind, value: string): string {
    return this.#values.kept(day.values, kind, value);
  }

  /** Forgets the days that are over. To be called now and then: of a site that is gone nobody else does. */
  sweep(now: number): void {
    for (const [site, day] of this.#days) {
      if (now >= day.from && now < day.until) continue;
      this.#values.end(day.values);
      this.#days.delete(site);
    }
  }

  #begin(site: Site, at: number): SiteDay {
    const local = siteZone(site, at);
    const day = local.day(at);
    return {
      from: local.startOfDay(day),
      until: local.startOfDay(addDays(day, 1)),
      values: this.#values.begin(),
      items: 0,
      logBytes: 0,
    };
  }
}
