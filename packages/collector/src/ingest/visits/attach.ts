import { addDays, utcDay } from '../../lib/time-zone.ts';
import { EMPTY_ROW, type Row } from '../../store/row.ts';
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
export const attached = (attaching: Attaching): Row => {
  const { beacon, hit, when, state } = attaching;
  const hit_hour = hit.kind === 'engagement' && state !== undefined ? state.lastHour : when.hour;
  const step = state === undefined ? 0 : ++state.step;
  const row = makeRow(beacon, state ?? ofNoVisit(beacon, when), { kind: hit.kind, time: when.time, hit_hour, step });
  if (hit.kind === 'engagement') {
    sayEngagement(row, hit, attaching);
    return row;
  }
  row.log_until = addDays(utcDay(hit.at), beacon.site.logsDays);
  row.message = hit.message;
  if (hit.kind === 'log') {
    row.severity = hit.severity;
    row.props = hit.props;
    return row;
  }
  row.severity = 'error';
  row.stack = hit.stack;
  row.fingerprint = fingerprint(hit.message, hit.stack);
  return row;
};

/** Without a visit there is no view that it is of. */
const sayEngagement = (row: Row, hit: Hit & { kind: 'engagement' }, { state, props }: Attaching): void => {
  row.props = props;
  if (state === undefined) return;
  row.engaged_ms = hit.ms;
  row.scroll = hit.scroll;
  row.earlier_ms = hit.viewMs - hit.ms;
  row.earlier_scroll = hit.viewScroll - hit.scroll;
};

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
