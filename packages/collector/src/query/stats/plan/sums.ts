import { DIMENSIONS, HOUR, TOTAL } from '../../../store/dimensions.ts';
import type { Range } from '../../period/range.ts';
import { dimensionOf, type ValueName } from '../dimensions.ts';
import type { Count } from '../metrics.ts';
import { type Asked, groupsOf, timeOf, touchedBy } from '../normalize.ts';
import { pageOf, withPage } from './as-counted.ts';
import { areOfOneValue, keepNothing } from './one-dimension.ts';
import type { CountPlan, PlanContext } from './part.ts';

/** What a row of a rollup adds to each count; what is missing the rollup does not know. */
type Formulas = Readonly<Partial<Record<Count, string>>>;

const HITS: Formulas = { views: 'r.views', events: 'r.events', hits: 'r.views + r.events' };
const ENGAGEMENT: Formulas = { engaged: 'r.engaged_ms', scroll: 'r.scroll' };
const BEGUN: Formulas = { visits: 'r.visits', entries: 'r.visits', bounces: 'r.bounces', seconds: 'r.seconds' };
const OF_ALL: Formulas = { ...HITS, ...ENGAGEMENT, ...BEGUN, visitors: 'r.visitors' };
/** Browsers whose first visit of the day has the value, and those that came to it with a later one. */
const FROZEN: Formulas = { ...OF_ALL, visitors: 'r.visitors + r.later_visitors' };
/** A visit and a browser count once for each value that they met. */
const MET: Formulas = { ...HITS, visits: 'r.seen_visits', visitors: 'r.seen_visitors' };
/** A page's views that no view of the same visit followed, in the rollup of pages. */
const LAST = 'r.views - r.moves';
const OF_EXITS: Formulas = { exits: LAST, entries: LAST, visits: LAST, hits: LAST };

const PAGE = DIMENSIONS['event:page'].rollup;

/** One rollup answers it; null: hits are needed. */
export const sumsPlan = (asked: Asked, count: Count, range: Range, context: PlanContext): CountPlan | null => {
  const [name, another] = touchedBy(withPage(asked, pageOf(count)));
  const isByHour = timeOf(asked) === 'time:hour' || range.hours !== null;
  if (another) return null;
  if (name) return isByHour ? null : ofDimension(asked, count, name, range, context);
  if (count === 'exits') return isByHour ? null : planOf(PAGE, 'all', LAST);
  return isByHour ? ofHours(asked, count, range) : planOf(TOTAL, 'all', OF_ALL[count]);
};

const planOf = (
  rollup: number,
  values: 'all' | 'named' | 'rest',
  formula: string | undefined,
  total = formula,
): CountPlan | null => {
  if (formula === undefined || total === undefined) return null;
  const sum =
    values === 'rest' ? `sum(if(r.dimension = ${TOTAL}, toInt64(${total}), -toInt64(${formula})))` : `sum(${formula})`;
  return { source: { table: 'sums', rollup, values }, sum };
};

/**
 * A browser stands at the hour of its earliest hit of the day, so that the hours from midnight on add up, and beside that
 * in each hour in which it was there again.
 */
const ofHours = (asked: Asked, count: Count, { hours }: Range): CountPlan | null => {
  if (count !== 'visitors') return planOf(HOUR, 'all', OF_ALL[count]);
  if (timeOf(asked) === 'time:hour')
    return planOf(HOUR, 'all', 'r.visitors + r.later_visitors + toInt64(r.seen_visitors)');
  return hours?.least === 0 ? planOf(HOUR, 'all', FROZEN.visitors) : null;
};

const ofDimension = (
  asked: Asked,
  count: Count,
  name: ValueName,
  { first }: Range,
  { countedFrom }: PlanContext,
): CountPlan | null => {
  const { rollup } = dimensionOf(name === 'visit:exit_page' ? 'event:page' : name);
  const formula = formulasOf(name)[count];
  // Rows of before are in no rollup of currencies.
  if (name === 'event:currency' && countedFrom !== null && first < countedFrom) return null;
  if (rollup === null || formula === undefined) return null;
  if (asked.filters.length === 0) return planOf(rollup, 'all', formula);
  if (groupsOf(asked).length > 0) return planOf(rollup, 'named', formula);
  // A visit without an exit page has no last view that could match.
  if (count === 'exits') return planOf(rollup, 'named', formula);
  if (!keepNothing(asked.filters))
    return addsUp(name, count) || areOfOneValue(asked.filters) ? planOf(rollup, 'named', formula) : null;
  return addsUp(name, count) ? planOf(rollup, 'rest', formula, OF_ALL[count]) : null;
};

const formulasOf = (name: ValueName): Formulas => {
  switch (name) {
    case 'event:page':
      return { ...MET, ...ENGAGEMENT };
    case 'event:name':
      return MET;
    case 'event:currency':
      return { ...HITS, revenue: 'r.revenue' };
    case 'visit:exit_page':
      return OF_EXITS;
    default:
      return dimensionOf(name).scope === 'visit' ? FROZEN : {};
  }
};

/** A browser has one value of these on a day. */
const OF_CLIENT: ReadonlySet<ValueName> = new Set<ValueName>([
  'visit:browser',
  'visit:browser_version',
  'visit:os',
  'visit:os_version',
  'visit:device',
  'visit:country',
  'visit:region',
  'visit:city',
]);

/** Nothing is counted for two values of the dimension. */
const addsUp = (name: ValueName, count: Count): boolean => {
  if (count === 'visitors') return OF_CLIENT.has(name);
  return count !== 'visits' || dimensionOf(name).scope === 'visit';
};
