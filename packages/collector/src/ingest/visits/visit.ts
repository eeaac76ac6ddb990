import { addDays, utcDay } from '../../lib/time-zone.ts';
import { siteZone } from '../../sites/site-zone.ts';
import { EMPTY_ROW, type Increments, NOTHING, type Row } from '../../store/row.ts';
import type { AnonymousBeacon, Hit, Properties, VisitedBeacon } from '../beacon.ts';
import { alsoLeft } from '../drop.ts';
import { createRowBudget } from '../limits/row-budget.ts';
import { BrowserState, type FirstHit, MET_BEFORE, VISIT_GAP_S, visitNumber } from './browser-state.ts';
import { fingerprint } from './error-fingerprint.ts';
import { createInterner, type Intern } from './intern.ts';
import { makeRow, type Said } from './make-row.ts';
import { type Undo, undoAll } from './undo.ts';
import type { VisitMemory } from './visit-memory.ts';

/** What {@link createVisit} needs. */
export interface VisitDeps {
  readonly memory: VisitMemory;
  /** 32 random bits. */
  readonly random: () => number;
}

/**
 * Finds each hit's visit and works out what it adds to the numbers (docs/counting.md has the rules in words). Only
 * views and events begin or extend a visit; the rest attaches to the browser's last one while that is known. E-mails that
 * were opened are of no visit at all.
 */
export const createVisit = ({ memory, random }: VisitDeps): ((beacon: AnonymousBeacon) => VisitedBeacon) => {
  const share = createInterner();

  return (beacon) => {
    let state = memory.find(beacon.browserKey);
    const changes: Undo[] = state === undefined ? [] : [state.save()];
    const room = createRowBudget(beacon);
    const rows: Row[] = [];
    let { left } = beacon;
    for (const hit of beacon.items) {
      const time = Math.floor(hit.at / 1000);
      const known = state?.isAlive(time) === true ? state : undefined;
      // What does not fit changes nothing.
      if (!room.take(hit, known)) continue;
      for (const reason of hit.mended ?? []) left = alsoLeft(left, reason);
      const props = room.propsFor(hit);
      if (hit.kind === 'open') rows.push(opened(beacon, hit));
      else if (hit.kind !== 'view' && hit.kind !== 'event') rows.push(attached(beacon, hit, time, known));
      else if (known !== undefined && time - known.last < VISIT_GAP_S)
        rows.push(counted({ beacon, hit, time, state: known, props, share }));
      else {
        state = begin({ beacon, at: hit.at, earlier: known, random: random(), share });
        changes.push(memory.put(beacon.browserKey, state));
        rows.push(counted({ beacon, hit, time, state, props, share }));
      }
    }
    if (state !== undefined && state.weight !== state.units) changes.push(memory.weigh(state));
    left = alsoLeft(left, 'size', beacon.items.length - rows.length);
    return { at: beacon.at, rows, left, undo: () => undoAll(changes) };
  };
};

/** A visit begins with a hit at `at`. */
interface Beginning {
  readonly beacon: AnonymousBeacon;
  readonly at: number;
  /** What is known of the browser's visits of today, or of one that has just ended. */
  readonly earlier: BrowserState | undefined;
  readonly random: number;
  readonly share: Intern;
}

const begin = ({ beacon, at, earlier, random, share }: Beginning): BrowserState => {
  const time = Math.floor(at / 1000);
  const sameDay = earlier !== undefined && time < earlier.dayEnd;
  const { day, hour, dayEnd } = bookedAt(beacon, at);
  return new BrowserState({
    visit: visitNumber(time, random),
    day,
    hour,
    dayEnd,
    time,
    frozen: {
      origin: share(beacon.origin),
      client: share(beacon.client),
      screen: beacon.screen,
      entry_page: share(beacon.page.path),
      first_visit: sameDay ? 0 : 1,
    },
    earlier: sameDay ? earlier : undefined,
  });
};

const bookedAt = (beacon: AnonymousBeacon, at: number): Pick<BrowserState, 'day' | 'hour' | 'dayEnd'> => {
  const local = siteZone(beacon.site, at);
  const day = local.day(at);
  return { day, hour: local.hourStart(at), dayEnd: Math.floor(local.startOfDay(addDays(day, 1)) / 1000) };
};

/** A view or an event in its visit. */
interface Counting {
  readonly beacon: AnonymousBeacon;
  readonly hit: Hit & { kind: 'view' | 'event' };
  /** Unix seconds. */
  readonly time: number;
  readonly state: BrowserState;
  /** Of the page, as far as there is room. */
  readonly props: Properties;
  readonly share: Intern;
}

/** The row of a view or an event, and the state after it. */
const counted = ({ beacon, hit, time, state, props, share }: Counting): Row => {
  const view = hit.kind === 'view';
  const first = state.step === 0;
  const bounces = first && view ? 1 : state.bouncing ? -1 : 0;
  const page = state.meet(fnv1a(`p${beacon.page.path}`));
  const event = view ? MET_BEFORE : state.meet(fnv1a(`e${hit.name}`));
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
    new_values: 0,
    new_hour: 0,
    earlier_than: 0,
  };
  const step = ++state.step;
  const row = view
    ? makeRow(beacon, state, {
        kind: 'view',
        time,
        step,
        increments,
        prev_page: state.viewed,
        props,
        via: beacon.via,
      })
    : makeRow(beacon, state, { ...eventOf(props, hit), time, step, increments });
  state.bouncing = bounces === 1;
  state.last = Math.max(state.last, time);
  if (view && state.viewed !== beacon.page.path) state.viewed = share(beacon.page.path);
  return row;
};

type Event = Hit & { kind: 'event' };

/** What an event says for itself, and what its page says of it. */
const eventOf = (
  props: Properties,
  { name, props: own, revenue }: Event,
): Pick<Said, 'kind' | 'name' | 'props' | 'revenue' | 'currency'> => ({
  kind: 'event',
  name,
  props: isEmpty(props) ? own : { ...props, ...own },
  ...(revenue && { revenue: revenue.amount, currency: revenue.currency }),
});

const isEmpty = (props: Properties): boolean => {
  for (const _ in props) return false;
  return true;
};

/** The row of an e-mail that was opened. */
const opened = (beacon: AnonymousBeacon, { at, name }: Hit & { kind: 'open' }): Row => {
  const { day, hour } = bookedAt(beacon, at);
  const time = { ts: Math.floor(at / 1000), day, hour, hit_hour: hour, hit_until: day, log_until: day };
  return { ...EMPTY_ROW, ...time, site: beacon.site.id, kind: 'open', name, events: 1 };
};

/** The row of engagement, an error or a log line. Without a visit that is known it adds nothing to the numbers. */
const attached = (
  beacon: AnonymousBeacon,
  hit: Hit & { kind: 'engagement' | 'error' | 'log' },
  time: number,
  state: BrowserState | undefined,
): Row => {
  const booked = state ?? { ...bookedAt(beacon, hit.at), visit: '0', frozen: unfrozen(beacon) };
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

/** What a row says that belongs to no visit. */
const unfrozen = ({ origin, client, screen }: AnonymousBeacon): FirstHit => ({
  origin,
  client,
  screen,
  entry_page: '',
  first_visit: 0,
});

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), over UTF-16 units; signed, as V8 keeps small integers. */
const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
};
