import type { Row } from '../../store/row.ts';
import type { AnonymousBeacon, Hit, Properties } from '../beacon.ts';
import type { BrowserState, Course, When } from './browser-state.ts';
import { fnv1a } from './fnv1a.ts';
import type { Intern } from './intern.ts';
import { makeRow } from './make-row.ts';
import { newValues } from './new-values.ts';

/** A view or an event in its visit. */
export interface Counting {
  readonly beacon: AnonymousBeacon;
  readonly hit: Hit & { kind: 'view' | 'event' };
  readonly when: When;
  readonly state: BrowserState;
  /** Of the page, as far as there is room. */
  readonly props: Properties;
  readonly share: Intern;
}

/** The row of a view or an event, and the state after it. */
export const countHit = ({ beacon, hit, when, state, props, share }: Counting): Row => {
  const { time, hour } = when;
  const isFirst = state.step === 0;
  const row = makeRow(beacon, state, { kind: hit.kind, time, hit_hour: hour, step: ++state.step });
  if (isFirst) {
    row.visits = 1;
    row.visitors = state.frozen.first_visit;
    row.new_values = newValues(state);
  }
  const course = courseAfter(state.course, hit);
  row.bounces = bounces(course) - bounces(state.course);
  state.course = course;
  // Mostly it is the hour of the hit before.
  if (isFirst || hour !== state.lastHour) {
    const entered = state.enter(hour);
    row.new_hour = entered.new_hour;
    row.earlier_than = entered.earlier_than;
  }
  row.seconds = Math.max(0, time - state.last);
  if (time >= state.last) {
    state.last = time;
    state.lastHour = hour;
  }
  const { path } = beacon.page;
  const page = state.meet(fnv1a(`p${path}`));
  row.page_visits = page.visit;
  row.page_visitors = page.day;
  row.props = props;
  if (hit.kind === 'event') {
    sayEvent(row, hit, state);
    return row;
  }
  row.views = 1;
  row.via = beacon.via;
  row.prev_page = state.viewed;
  if (state.viewed !== path) state.viewed = share(path);
  return row;
};

/** Adds what an event says for itself to what its page says of it. */
const sayEvent = (row: Row, { name, props, revenue }: Hit & { kind: 'event' }, state: BrowserState): void => {
  const met = state.meet(fnv1a(`e${name}`));
  row.events = 1;
  row.name = name;
  row.event_visits = met.visit;
  row.event_visitors = met.day;
  row.props = isEmpty(row.props) ? props : { ...row.props, ...props };
  if (revenue === undefined) return;
  row.revenue = revenue.amount;
  row.currency = revenue.currency;
};

const courseAfter = (course: Course, hit: Counting['hit']): Course => {
  if (hit.kind === 'view') return course === 'unviewed' ? 'bouncing' : 'staying';
  return hit.interactive === false ? course : 'staying';
};

const bounces = (course: Course): number => (course === 'bouncing' ? 1 : 0);

const isEmpty = (props: Properties): boolean => {
  for (const _ in props) return false;
  return true;
};
