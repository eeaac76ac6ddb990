import type { Increments, Row } from '../../store/row.ts';
import type { AnonymousBeacon, Hit, Properties } from '../beacon.ts';
import { type BrowserState, type Course, MET_BEFORE, type When } from './browser-state.ts';
import { fnv1a } from './fnv1a.ts';
import type { Intern } from './intern.ts';
import { makeRow, type Said } from './make-row.ts';
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
  const view = hit.kind === 'view';
  const first = state.step === 0;
  const course = courseAfter(state.course, hit);
  const entered = state.enter(hour);
  const page = state.meet(fnv1a(`p${beacon.page.path}`));
  const event = view ? MET_BEFORE : state.meet(fnv1a(`e${hit.name}`));
  const increments: Increments = {
    views: view ? 1 : 0,
    events: view ? 0 : 1,
    visits: first ? 1 : 0,
    visitors: first ? state.frozen.first_visit : 0,
    bounces: bounces(course) - bounces(state.course),
    seconds: Math.max(0, time - state.last),
    engaged_ms: 0,
    scroll: 0,
    page_visits: page.visit,
    page_visitors: page.day,
    event_visits: event.visit,
    event_visitors: event.day,
    new_values: first ? newValues(state) : 0,
    new_hour: entered.new_hour,
    earlier_than: entered.earlier_than,
  };
  const step = ++state.step;
  const row = view
    ? makeRow(beacon, state, {
        kind: 'view',
        time,
        hit_hour: hour,
        step,
        increments,
        prev_page: state.viewed,
        props,
        via: beacon.via,
      })
    : makeRow(beacon, state, { ...eventOf(props, hit), time, hit_hour: hour, step, increments });
  state.course = course;
  state.last = Math.max(state.last, time);
  if (view && state.viewed !== beacon.page.path) state.viewed = share(beacon.page.path);
  return row;
};

const courseAfter = (course: Course, hit: Counting['hit']): Course => {
  if (hit.kind === 'view') return course === 'unviewed' ? 'bouncing' : 'staying';
  return hit.interactive === false ? course : 'staying';
};

const bounces = (course: Course): number => (course === 'bouncing' ? 1 : 0);

/** What an event says for itself, and what its page says of it. */
const eventOf = (
  props: Properties,
  { name, props: own, revenue }: Hit & { kind: 'event' },
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
