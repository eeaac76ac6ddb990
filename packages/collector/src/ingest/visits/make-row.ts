import { addDays } from '../../lib/time-zone.ts';
import { type Increments, NOTHING, type Row, type RowKind } from '../../store/row.ts';
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

/** What one hit says beyond its beacon and its visit. */
export interface Said {
  readonly kind: RowKind;
  /** Unix seconds. */
  readonly time: number;
  /** See {@link Row.hit_hour}. */
  readonly hit_hour: number;
  readonly step: number;
  readonly prev_page?: string;
  readonly name?: string;
  readonly props?: Properties;
  readonly revenue?: number;
  readonly currency?: string;
  readonly via?: Row['via'];
  readonly earlier_ms?: number;
  readonly earlier_scroll?: number;
  readonly severity?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly fingerprint?: string;
  readonly log_until?: string;
  readonly increments?: Increments;
}

const NO_PROPS: Properties = {};

/**
 * Puts a row together. Every column is named here, in one literal: merging objects of fifty fields took longer than
 * finding the visit.
 */
export const makeRow = ({ site, page, release }: AnonymousBeacon, booked: Booked, said: Said): Row => {
  const { day, hour, frozen } = booked;
  const { origin, client } = frozen;
  // Nobody is to find what belongs together in the spool either.
  const isNumbered = site.hitsDays > 0;
  const n = said.increments ?? NOTHING;
  return {
    site: site.id,
    ts: said.time,
    day,
    hour,
    hit_hour: said.hit_hour,
    visit: isNumbered ? booked.visit : '0',
    visitor: isNumbered && said.kind !== 'log' ? booked.visitor : '0',
    step: said.step,
    kind: said.kind,
    hostname: page.hostname,
    page: page.path,
    title: page.title,
    prev_page: said.prev_page ?? '',
    name: said.name ?? '',
    props: said.props ?? NO_PROPS,
    revenue: said.revenue ?? 0,
    currency: said.currency ?? '',
    via: said.via ?? '',
    earlier_ms: said.earlier_ms ?? 0,
    earlier_scroll: said.earlier_scroll ?? 0,
    fingerprint: said.fingerprint ?? '',
    severity: said.severity ?? '',
    message: said.message ?? '',
    stack: said.stack ?? '',
    release,
    hit_until: addDays(day, site.hitsDays),
    log_until: said.log_until ?? day,
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
    views: n.views,
    events: n.events,
    visits: n.visits,
    visitors: n.visitors,
    bounces: n.bounces,
    seconds: n.seconds,
    engaged_ms: n.engaged_ms,
    scroll: n.scroll,
    page_visits: n.page_visits,
    page_visitors: n.page_visitors,
    event_visits: n.event_visits,
    event_visitors: n.event_visitors,
    new_values: n.new_values,
    new_hour: n.new_hour,
    earlier_than: n.earlier_than,
  };
};
