import type { Bindings } from '../../store/bindings.ts';
import { propertyOf } from '../../store/dimensions.ts';
import { ROW_KINDS } from '../../store/row.ts';
import { SPANS } from '../period/granularity.ts';
import type { Range } from '../period/range.ts';
import { within } from '../period/within.ts';
import { conditionOf } from './conditions.ts';
import { dimensionOf, isCounterDimension, isTime } from './dimensions.ts';
import { COUNTS, countsOf } from './metrics.ts';
import { groupsOf, type NormalizedQuery } from './normalize.ts';
import type { HitsPlan } from './plan.ts';
import type { GroupName } from './query.ts';
import type { PlannedQuery, Relation } from './relation.ts';

const { view, event, blank } = ROW_KINDS;

/** Views and events: one by one, or those that match put together by visit. */
export const hitsRelation = (planned: PlannedQuery<HitsPlan>, bind: Bindings['bind']): Relation => {
  const { normalized, plan, range, site } = planned;
  const hitsOf = (kinds: readonly number[]): string[] => countedHits(range, site, kinds, bind);
  // What a purge left of a hit counts for its visit, and is none itself.
  const [single, ofVisits] = [hitsOf([view, event]), hitsOf([view, event, blank])];
  const source = sourceOf(bind);
  const hits: Relation = {
    from: [
      'hits AS r',
      ...(normalized.dimensions.includes('event:property') ? ['ARRAY JOIN mapKeys(r.props) AS property'] : []),
      ...(plan.wholeVisits ? [`INNER JOIN (${wholeVisits(ofVisits)}) AS w ON w.visit = r.visit`] : []),
    ].join(' '),
    where: [
      ...(plan.formula === 'increment' ? ofVisits : single),
      ...normalized.filters.map((filter) => conditionOf(filter, source, bind)),
      // Hits without a value are in no group.
      ...groupsOf(normalized).map((name) => `${source(name)} != ''`),
    ],
    having: [],
    group: (name) => shown(name, source(name)),
    count: (name) => COUNTS[name].increment,
  };
  return plan.formula === 'increment' ? hits : byVisit(normalized, hits, source);
};

/** Has a row for each visit and group, so that visits add up as increments do. */
const byVisit = (normalized: NormalizedQuery, hits: Relation, source: Source): Relation => {
  const groups = ['r.visit', ...normalized.dimensions.map(source)];
  const columns = groups.map((expression, index) => `${expression} AS g${index}`);
  const counts = countsOf(normalized.metrics).map((name) => `${COUNTS[name].matched} AS ${name}`);
  return {
    ...hits,
    from: `(SELECT ${[...columns, ...counts].join(', ')}
FROM ${hits.from}
WHERE ${hits.where.join(' AND ')}
GROUP BY ${groups.join(', ')}) AS r`,
    where: [],
    group: (name) => shown(name, `r.g${normalized.dimensions.indexOf(name) + 1}`),
  };
};

/** Hits that can count, bounded by the primary key. The other kinds carry no increments. */
const countedHits = (range: Range, site: string, kinds: readonly number[], bind: Bindings['bind']): string[] => [
  `r.site = ${bind(site, 'String')}`,
  ...within(range, 'r.day', 'toUInt32(r.hour)', bind),
  `r.kind IN (${kinds.join(', ')})`,
  'r.visit != 0',
];

/** The exit page is that of the last view; empty if there was none. */
const wholeVisits = (counted: readonly string[]): string =>
  `SELECT r.visit AS visit, argMaxIf(r.page, r.step, r.kind = ${view}) AS exit_page, sum(r.bounces) AS bounces, sum(r.seconds) AS seconds
FROM hits AS r
WHERE ${counted.join(' AND ')}
GROUP BY r.visit`;

/** Where a value stands in the rows of `hits`, or of whole visits. */
type Source = (name: GroupName) => string;

const sourceOf =
  (bind: Bindings['bind']): Source =>
  (name) => {
    if (isTime(name)) return name === 'time:hour' ? 'r.hour' : 'r.day';
    if (isCounterDimension(name)) throw new RangeError(`hits know nothing of ${name}`);
    if (name === 'event:property') return 'property';
    if (name === 'visit:exit_page') return 'w.exit_page';
    const property = propertyOf(name);
    return property === null ? `r.${dimensionOf(name).column}` : `r.props[${bind(property, 'String')}]`;
  };

const shown = (name: GroupName, expression: string): string => {
  if (!isTime(name)) return expression;
  return name === 'time:hour' ? `toUInt32(${expression})` : SPANS[name].sql(expression);
};
