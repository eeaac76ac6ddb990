import { addDays } from '../../lib/time-zone.ts';
import type { Row, RowKind } from '../../store/row.ts';
import type { AnonymousBeacon, Properties } from '../beacon.ts';
import type { FirstHit } from './browser-state.ts';

/** The visit that a row belongs to, or the place in time of a row that belongs to none. */
export interface Booked {
  readonly visit: string;
  readonly visitor: string;
  readonly day: string;
  readonly hour: number;
  readonly frozen: FirstHit;
}

/** Which row of it. */
export interface Place {
  readonly kind: RowKind;
  /** Unix seconds. */
  readonly time: number;
  /** See {@link Row.hit_hour}. */
  readonly hit_hour: number;
  readonly step: number;
}

const NO_PROPS: Properties = {};

/**
 * Puts a row together that says what its beacon and its visit do, and adds nothing: the rest is set by whoever knows it.
 * Every column is named here, in one literal: merging objects of fifty fields took longer than finding the visit, and so
 * did reading what it says from objects of many shapes.
 */
export const makeRow = ({ site, page, release }: AnonymousBeacon, booked: Booked, place: Place): Row => {
  const { day, hour, frozen } = booked;
  const { origin, client } = frozen;
  // Nobody is to find what belongs together in the spool either.
  const isNumbered = site.hitsDays > 0;
  return {
    site: site.id,
    ts: place.time,
    day,
    hour,
    hit_hour: place.hit_hour,
    visit: isNumbered ? booked.visit : '0',
    visitor: isNumbered && place.kind !== 'log' ? booked.visitor : '0',
    step: place.step,
    kind: place.kind,
    hostname: page.hostname,
    page: page.path,
    title: page.title,
    prev_page: '',
    name: '',
    props: NO_PROPS,
    revenue: 0,
    currency: '',
    via: '',
    earlier_ms: 0,
    earlier_scroll: 0,
    fingerprint: '',
    severity: '',
    message: '',
    stack: '',
    release,
    hit_until: addDays(day, site.hitsDays),
    log_until: day,
    entry_page: frozen.entry_page,
    source: origin.source,
    channel: origin.channel,
    referrer: origin.referrer,
    utm_source: origin.utm_source,
    utm_medium: origin.utm_medium,
    utm_campaign: origin.utm_campaign,
    utm_content: origin.utm_content,
    utm_term: origin.utm_term,
    browser: client.browser,
    browser_version: client.browser_version,
    os: client.os,
    os_version: client.os_version,
    device: client.device,
    screen: frozen.screen,
    language: client.language,
    country: client.country,
    region: client.region,
    city: client.city,
    first_visit: frozen.first_visit,
    views: 0,
    events: 0,
    visits: 0,
    visitors: 0,
    bounces: 0,
    seconds: 0,
    engaged_ms: 0,
    scroll: 0,
    page_visits: 0,
    page_visitors: 0,
    event_visits: 0,
    event_visitors: 0,
    new_values: 0,
    new_hour: 0,
    earlier_than: 0,
  };
};
