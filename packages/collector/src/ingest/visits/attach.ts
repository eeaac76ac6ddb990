import { addDays, utcDay } from '../../lib/time-zone.ts';
import { siteZone } from '../../sites/site-zone.ts';
import { EMPTY_ROW, NOTHING, type Row } from '../../store/row.ts';
import type { AnonymousBeacon, Hit, Properties } from '../beacon.ts';
import type { BrowserState, FirstHit, When } from './browser-state.ts';
import { fingerprint } from './error-fingerprint.ts';
import { type Booked, makeRow } from './make-row.ts';

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
export const attached = ({ beacon, hit, when, state, props }: Attaching): Row => {
  const { time, hour } = when;
  const booked = state ?? ofNoVisit(beacon, when);
  const step = state === undefined ? 0 : ++state.step;
  if (hit.kind === 'engagement') {
    const said = { kind: hit.kind, time, step, props } as const;
    if (state === undefined) return makeRow(beacon, booked, { ...said, hit_hour: hour });
    const increments = { ...NOTHING, engaged_ms: hit.ms, scroll: hit.scroll };
    const [earlier_ms, earlier_scroll] = [hit.viewMs - hit.ms, hit.viewScroll - hit.scroll];
    return makeRow(beacon, booked, {
      ...said,
      hit_hour: latestHour(beacon, state),
      increments,
      earlier_ms,
      earlier_scroll,
    });
  }
  const { kind, message } = hit;
  const said = { kind, time, hit_hour: hour, step, message, log_until: addDays(utcDay(hit.at), beacon.site.logsDays) };
  if (hit.kind === 'log') return makeRow(beacon, booked, { ...said, severity: hit.severity, props: hit.props });
  const { stack } = hit;
  return makeRow(beacon, booked, { ...said, severity: 'error', stack, fingerprint: fingerprint(message, stack) });
};

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
