import { DIMENSIONS } from '../store/dimensions.ts';
import { ROW_KINDS } from '../store/row.ts';
import { type Asked, groupsOf } from './asked.ts';
import type { Bindings } from './bindings.ts';
import { conditionOf } from './conditions.ts';
import { COUNTS, countsOf } from './metrics.ts';
import type { HitsPlan } from './plan.ts';
import type { GroupName } from './query.ts';
import type { Range } from './range.ts';
import type { Inquiry, Relation } from './relation.ts';

const { view, event } = ROW_KINDS;

/** Views and events: one by one, or those that match put together by visit. */
export const hitsRelation = (inquiry: Inquiry<HitsPlan>, bind: Bindings['bind']): Relation => {
  const { asked, plan, range, site } = inquiry;
  const counted = countedHits(range, site, bind);
  const from = plan.wholeVisits
    ? `hits AS r INNER JOIN (${wholeVisits(counted)}) AS w ON w.visit = r.visit`
    : 'hits AS r';
  const where = [...counted, ...filters(asked, bind), ...presence(asked)];
  const hits: Relation = {
    from,
    where,
    having: [],
    group: (name) => shown(name, source(name)),
    count: (name) => COUNTS[name].increment,
  };
  return plan.formula === 'increment' ? hits : byVisit(asked, hits);
};

/** Has a row for each visit and group, so that visits add up as increments do. */
const byVisit = (asked: Asked, hits: Relation): Relation => {
  const groups = ['r.visit', ...asked.dimensions.map(source)];
  const names = ['visit', ...asked.dimensions.map(column)];
  const columns = groups.map((expression, index) => `${expression} AS ${names[index]}`);
  const counts = countsOf(asked.metrics).map((name) => `${COUNTS[name].matched} AS ${name}`);
  return {
    ...hits,
    from: `(SELECT ${[...columns, ...counts].join(', ')}
FROM ${hits.from}
WHERE ${hits.where.join(' AND ')}
GROUP BY ${groups.join(', ')}) AS r`,
    where: [],
    group: (name) => shown(name, `r.${column(name)}`),
  };
};

/** Hits that can count, bounded by the primary key. The other kinds carry no increments. */
const countedHits = ({ first, last, hours }: Range, site: string, bind: Bindings['bind']): string[] => [
  `r.site = ${bind(site, 'String')}`,
  `r.day BETWEEN ${bind(first, 'Date')} AND ${bind(last, 'Date')}`,
  ...(hours ? [`toUInt32(r.hour) BETWEEN ${bind(hours.first, 'UInt32')} AND ${bind(hours.last, 'UInt32')}`] : []),
  `r.kind IN (${view}, ${event})`,
  'r.visit != 0',
];

/** The exit page is that of the last view; empty if there was none. */
const wholeVisits = (counted: readonly string[]): string =>
  `SELECT r.visit AS visit, argMaxIf(r.page, r.step, r.kind = ${view}) AS exit_page, sum(r.bounces) AS bounces, sum(r.seconds) AS seconds
FROM hits AS r
WHERE ${counted.join(' AND ')}
GROUP BY r.visit`;

const filters = (asked: Asked, bind: Bindings['bind']): string[] =>
  asked.filters.map((filter) => conditionOf(filter, source, bind));

/** Hits without a value are in no group. */
const presence = (asked: Asked): string[] => groupsOf(asked).map((name) => `${source(name)} != ''`);

const column = (name: GroupName): string => {
  switch (name) {
    case 'time:day':
      return 'day';
    case 'time:hour':
      return 'hour';
    case 'drop:reason':
      return 'name';
    default:
      return DIMENSIONS[name].column ?? 'exit_page';
  }
};

/** Where the value stands in the rows of `hits`, or of whole visits. */
const source = (name: GroupName): string => `${name === 'visit:exit_page' ? 'w' : 'r'}.${column(name)}`;

const shown = (name: GroupName, expression: string): string => {
  if (name === 'time:day') return `toString(${expression})`;
  return name === 'time:hour' ? `toUInt32(${expression})` : expression;
};
