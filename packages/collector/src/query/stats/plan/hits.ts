import { ROW_KINDS } from '../../../store/row.ts';
import { dimensionOf } from '../dimensions.ts';
import type { Count } from '../metrics.ts';
import { type Asked, groupsOf, touchedBy } from '../normalize.ts';
import { pageOf, withPage } from './as-counted.ts';
import type { CountPlan, HitsSource } from './part.ts';

const { blank } = ROW_KINDS;

/** Different visits with a view or event. What a purge left of one is none. */
const VISITS = `uniqExactIf(r.visit, r.kind != ${blank})`;
/**
 * Different browsers, whose numbers are of one day. Rows of before have none: there a browser is its first visit of the
 * day. One set of them is smallest as a bitmap; of many sets that takes twice the time of hashes.
 */
const VISITORS = `groupBitmapIf(r.visitor, r.visitor != 0 AND r.kind != ${blank}) + uniqExactIf(r.visit, r.visitor = 0 AND r.first_visit = 1 AND r.kind != ${blank})`;
const VISITORS_BY_GROUP = `uniqExactIf(if(r.visitor != 0, r.visitor, r.visit), (r.visitor != 0 OR r.first_visit = 1) AND r.kind != ${blank})`;

/** How single hits answer it: they answer everything. */
export const hitsPlan = (asked: Asked, count: Count, isByHour: boolean): CountPlan => {
  const touched = touchedBy(withPage(asked, pageOf(count)));
  const of: Of = {
    // What is the same on all rows of a visit chooses all of it, so that what its rows add can be added up.
    ofHit: touched.some((name) => dimensionOf(name).scope === 'hit'),
    isGrouped: groupsOf(asked).length > 0,
  };
  const { rows, sum } = COUNTED[count](of);
  const at = rows === 'entries' || rows === 'exits' || BEGUN.has(count) ? 'hour' : 'hit_hour';
  const page = touchedBy(asked).includes('event:page') ? pageOf(count) : 'event:page';
  return { source: { table: 'hits', rows, at: isByHour ? at : 'day', page }, sum };
};

interface Of {
  /** Something is touched that changes within a visit. */
  readonly ofHit: boolean;
  /** By more than time. */
  readonly isGrouped: boolean;
}

/** Booked where the visit began. */
const BEGUN: ReadonlySet<Count> = new Set<Count>(['visits', 'entries', 'bounces', 'seconds', 'exits']);

type Counted = (of: Of) => { readonly rows: HitsSource['rows']; readonly sum: string };

const ofHits =
  (sum: string): Counted =>
  () => ({ rows: 'hits', sum });
const ofEngagement =
  (sum: string): Counted =>
  () => ({ rows: 'engagement', sum });
const ofEntries =
  (sum: string): Counted =>
  ({ ofHit }) => ({ rows: ofHit ? 'entries' : 'hits', sum });

const COUNTED: Readonly<Record<Count, Counted>> = {
  views: ofHits('sum(r.views)'),
  events: ofHits('sum(r.events)'),
  revenue: ofHits('sum(r.revenue)'),
  hits: ofHits('sum(r.views + r.events)'),
  visitors: ({ isGrouped }) => ({ rows: 'hits', sum: isGrouped ? VISITORS_BY_GROUP : VISITORS }),
  visits: ({ ofHit }) => ({ rows: 'hits', sum: ofHit ? VISITS : 'sum(r.visits)' }),
  entries: ofEntries('sum(r.visits)'),
  bounces: ofEntries('sum(r.bounces)'),
  seconds: ofEntries('sum(r.seconds)'),
  // Whether there is an exit page is told by the visit's last view alone, from which a purge may have taken its page.
  exits: () => ({ rows: 'exits', sum: 'count()' }),
  engaged: ofEngagement('sum(r.engaged_ms)'),
  scroll: ofEngagement('sum(r.scroll)'),
};
