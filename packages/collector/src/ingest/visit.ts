import { type Increments, NOTHING, type Row } from '../store/row.ts';
import { addDays, utcDay, zone } from '../zone.ts';
import { fingerprint } from './fingerprint.ts';
import type { AnonymousBeacon, Hit, VisitedBeacon } from './hit.ts';
import { makeRow } from './make-row.ts';
import {
  type BrowserState,
  type FirstHit,
  isAlive,
  VISIT_GAP_S,
  type VisitMemory,
  visitNumber,
} from './visit-memory.ts';

/** A page or event name beyond this many a day counts as met before. */
const MOST_MET = 2000;

/** What {@link createVisit} needs. */
export interface VisitDeps {
  readonly memory: VisitMemory;
  /** 32 random bits. */
  readonly random: () => number;
}

/**
 * Finds each hit's visit and works out what it adds to the numbers (docs/counting.md has the rules in words). Only
 * views and events begin or extend a visit; the rest attaches to the browser's last one while that is known.
 */
export const createVisit =
  ({ memory, random }: VisitDeps) =>
  (beacon: AnonymousBeacon): VisitedBeacon => {
    const rows = beacon.items.map((hit) => {
      const time = Math.floor(hit.at / 1000);
      const known = memory.find(beacon.browserKey);
      const state = known !== undefined && isAlive(known, time) ? known : undefined;
      if (hit.kind !== 'view' && hit.kind !== 'event') return attached(beacon, hit, time, state);
      const under = state !== undefined && time - state.last < VISIT_GAP_S;
      if (under) return counted(beacon, hit, time, state, false);
      const begun = begin(beacon, hit, time, state, random());
      memory.put(beacon.browserKey, begun);
      return counted(beacon, hit, time, begun, true);
    });
    return { at: beacon.at, rows };
  };

/** A new visit; `earlier`: what is known of the browser's visits of today or of one that has just ended. */
const begin = (
  beacon: AnonymousBeacon,
  hit: Hit,
  time: number,
  earlier: BrowserState | undefined,
  random: number,
): BrowserState => {
  const sameDay = earlier !== undefined && time < earlier.dayEnd;
  // Named one by one: an object that begins with a spread is of a new shape each time, and slow to read ever after.
  const { day, hour, dayEnd } = bookedAt(beacon, hit.at);
  return {
    day,
    hour,
    dayEnd,
    visit: visitNumber(time, random),
    visitOfDay: sameDay ? earlier.visitOfDay + 1 : 1,
    last: time,
    step: 0,
    bouncing: false,
    viewed: '',
    frozen: frozen(beacon, beacon.page.path, sameDay ? 0 : 1),
    met: sameDay ? earlier.met : new Map(),
  };
};

const bookedAt = (beacon: AnonymousBeacon, at: number): Pick<BrowserState, 'day' | 'hour' | 'dayEnd'> => {
  const local = zone(beacon.site.timezone);
  const day = local.day(at);
  return { day, hour: local.hourStart(at), dayEnd: Math.floor(local.startOfDay(addDays(day, 1)) / 1000) };
};

const frozen = ({ origin, client, screen }: AnonymousBeacon, entryPage: string, firstVisit: 0 | 1): FirstHit => ({
  origin,
  client,
  screen,
  entry_page: entryPage,
  first_visit: firstVisit,
});

/** The row of a view or an event, and the state after it. */
const counted = (
  beacon: AnonymousBeacon,
  hit: Hit & { kind: 'view' | 'event' },
  time: number,
  state: BrowserState,
  first: boolean,
): Row => {
  const view = hit.kind === 'view';
  const bounces = first && view ? 1 : state.bouncing ? -1 : 0;
  const page = meet(state, `p${beacon.page.path}`);
  const event = view ? MET_BEFORE : meet(state, `e${hit.name}`);
  const increments: Increments = {
    views: view ? 1 : 0,
    events: view ? 0 : 1,
    visits: first ? 1 : 0,
    visitors: first ? state.frozen.first_visit : 0,
    bounces,
    seconds: Math.max(0, time - state.last),
    engaged_ms: 0,
    scroll: 0,
    page_visits: page.visit,
    page_visitors: page.day,
    event_visits: event.visit,
    event_visitors: event.day,
  };
  const step = ++state.step;
  const row = view
    ? makeRow(beacon, state, { kind: 'view', time, step, increments, prev_page: state.viewed })
    : makeRow(beacon, state, { kind: 'event', time, step, increments, name: hit.name, props: hit.props });
  state.bouncing = bounces === 1;
  state.last = Math.max(state.last, time);
  if (view) state.viewed = beacon.page.path;
  return row;
};

/** The row of engagement, an error or a log line. Without a visit that is known it adds nothing to the numbers. */
const attached = (
  beacon: AnonymousBeacon,
  hit: Hit & { kind: 'engagement' | 'error' | 'log' },
  time: number,
  state: BrowserState | undefined,
): Row => {
  const booked = state ?? { ...bookedAt(beacon, hit.at), visit: '0', frozen: frozen(beacon, '', 0) };
  const step = state === undefined ? 0 : ++state.step;
  if (hit.kind === 'engagement') {
    const increments = state === undefined ? NOTHING : { ...NOTHING, engaged_ms: hit.ms, scroll: hit.scroll };
    return makeRow(beacon, booked, { kind: 'engagement', time, step, increments });
  }
  const { message } = hit;
  const log_until = addDays(utcDay(hit.at), beacon.site.logsDays);
  if (hit.kind === 'log')
    return makeRow(beacon, booked, {
      kind: 'log',
      time,
      step,
      log_until,
      message,
      severity: hit.severity,
      props: hit.props,
    });
  const { stack } = hit;
  const print = fingerprint(message, stack);
  return makeRow(beacon, booked, {
    kind: 'error',
    time,
    step,
    log_until,
    message,
    severity: 'error',
    stack,
    fingerprint: print,
  });
};

interface Met {
  /** 1: not met in this visit before. */
  readonly visit: 0 | 1;
  /** 1: not met today before. */
  readonly day: 0 | 1;
}
const MET_BEFORE: Met = { visit: 0, day: 0 };

/** Notes that the browser met a page or an event. */
const meet = (state: BrowserState, what: string): Met => {
  const hash = fnv1a(what);
  const met = state.met.get(hash);
  if (met === state.visitOfDay) return MET_BEFORE;
  if (met === undefined && state.met.size >= MOST_MET) return MET_BEFORE;
  state.met.set(hash, state.visitOfDay);
  return { visit: 1, day: met === undefined ? 1 : 0 };
};

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), over UTF-16 units. */
const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};
