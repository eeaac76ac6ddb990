import { addDays, utcDay } from '../../lib/time-zone.ts';
import { siteZone } from '../../sites/site-zone.ts';
import { EMPTY_ROW, NOTHING, type Row } from '../../store/row.ts';
import type { AnonymousBeacon, Hit, Properties } from '../beacon.ts';
import type { BrowserState, FirstHit, When } from './browser-state.ts';
import { fingerprint } from './error-fingerprint.ts';
import { type Booked, makeRow, type Said } from './make-row.ts';

/** The row of an e-mail that was opened. */
export const opened = (
  { site }: AnonymousBeacon,
  { name }: Hit & { kind: 'open' },
  { time, day, hour }: When,
): Row => ({
  ...EMPTY_ROW,
  site: site.id,
  ts: time,
  day,
  hour,
  hit_hour: hour,
  kind: 'open',
  name,
  events: 1,
  hit_until: day,
  log_until: day,
});

/** What belongs to a visit, and neither begins nor extends one. */
export interface Attaching {
  readonly beacon: AnonymousBeacon;
  readonly hit: Hit & { kind: 'engagement' | 'error' | 'log' };
  readonly when: When;
  /** Undefined: there is no visit. */
  readonly state: BrowserState | undefined;
  /** Of the page, as far as there is room. */
  readonly props: Properties;
}

/** The row of engagement, an error or a log line. Without a visit that is known it adds nothing to the numbers. */
export const attached = (attaching: Attaching): Row => {
  const { beacon, hit, when, state } = attaching;
  const booked = state ?? ofNoVisit(beacon, when);
  const step = state === undefined ? 0 : ++state.step;
  switch (hit.kind) {
    case 'engagement':
      return makeRow(beacon, booked, engagementOf(attaching, hit, step));
    case 'log':
      return makeRow(beacon, booked, {
        kind: 'log',
        time: when.time,
        hit_hour: when.hour,
        step,
        log_until: logUntil(beacon, hit.at),
        message: hit.message,
        severity: hit.severity,
        props: hit.props,
      });
    case 'error':
      return makeRow(beacon, booked, {
        kind: 'error',
        time: when.time,
        hit_hour: when.hour,
        step,
        log_until: logUntil(beacon, hit.at),
        message: hit.message,
        severity: 'error',
        stack: hit.stack,
        fingerprint: fingerprint(hit.message, hit.stack),
      });
  }
};

const logUntil = ({ site }: AnonymousBeacon, at: number): string => addDays(utcDay(at), site.logsDays);

type Engagement = Hit & { kind: 'engagement' };

const engagementOf = ({ beacon, when, state, props }: Attaching, hit: Engagement, step: number): Said => ({
  kind: 'engagement',
  time: when.time,
  hit_hour: state === undefined ? when.hour : latestHour(beacon, state),
  step,
  props,
  earlier_ms: state === undefined ? 0 : hit.viewMs - hit.ms,
  earlier_scroll: state === undefined ? 0 : hit.viewScroll - hit.scroll,
  increments: state === undefined ? NOTHING : { ...NOTHING, engaged_ms: hit.ms, scroll: hit.scroll },
});

/** So that time on a page stands where its view does. */
const latestHour = ({ site }: AnonymousBeacon, { last }: BrowserState): number =>
  siteZone(site, last * 1000).hourStart(last * 1000);

/** Where a row stands that belongs to no visit. */
const ofNoVisit = (beacon: AnonymousBeacon, { day, hour }: When): Booked => ({
  visit: '0',
  visitor: '0',
  day,
  hour,
  frozen: unfrozen(beacon),
});

const unfrozen = ({ origin, client, screen }: AnonymousBeacon): FirstHit => ({
  origin,
  client,
  screen,
  entry_page: '',
  first_visit: 0,
});
