import { propertyOf } from '../../../store/dimensions.ts';
import { ROW_KINDS } from '../../../store/row.ts';
import { SPANS } from '../../period/granularity.ts';
import type { Range } from '../../period/range.ts';
import { within } from '../../period/within.ts';
import { conditionOf } from '../conditions.ts';
import { dimensionOf, isCounterDimension, isTime } from '../dimensions.ts';
import { type Asked, groupsOf, touchedBy } from '../normalize.ts';
import { withPage } from '../plan/as-counted.ts';
import type { HitsSource } from '../plan/part.ts';
import type { GroupName } from '../query.ts';
import type { Bind, Relation, Statistics } from './relation.ts';

const { view, event, engagement, blank } = ROW_KINDS;
/** What a purge left of a hit counts for its visit, and is none itself. */
export const OF_VISITS = [view, event, blank];

/** Views and events one by one, or engagement. */
export const hitsRelation = (source: HitsSource, range: Range, statistics: Statistics, bind: Bind): Relation => {
  const { normalized, site } = statistics;
  const asked = withPage(normalized, source.page);
  const value = valueIn(source, bind);
  const needsExit = needsExitPage(source, normalized);
  const ofProperties = asked.dimensions.includes('event:property');
  const kinds = source.rows === 'engagement' ? [engagement] : OF_VISITS;
  return {
    from: [
      needsExit ? `(${withExitPage(site, range, bind)}) AS r` : 'hits AS r',
      ...(ofProperties ? ['ARRAY JOIN mapKeys(r.props) AS property'] : []),
    ].join(' '),
    where: [
      ...rowsOf(site, range, source.at, bind),
      `r.kind IN (${kinds.join(', ')})`,
      ...asked.filters.map((filter) => conditionOf(filter, value, bind)),
    ],
    valued: groupsOf(asked).map((name) => `${value(name)} != ''`),
    ...(groupsOf(asked).length === 0 && !needsExit && { days: ['r.site', 'r.day'] }),
    group: (name) => shown(name, value(name === 'event:page' ? source.page : name)),
  };
};

/** The rows need the exit page of their visits: all of them are sorted by visit, at once. */
export const needsExitPage = ({ rows, page }: HitsSource, asked: Asked): boolean =>
  (rows === 'hits' || rows === 'engagement') && touchedBy(withPage(asked, page)).includes('visit:exit_page');

/** Rows of visits that began, or of hits that happened, in a range: found by the primary key. */
export const rowsOf = (site: string, range: Range, at: HitsSource['at'], bind: Bind): string[] => [
  `r.site = ${bind(site, 'String')}`,
  // No hour is asked of whole days.
  ...within(range, 'r.day', `toUInt32(r.${at === 'day' ? 'hour' : at})`, bind),
  'r.visit != 0',
];

/** The exit page is that of the visit's last view; empty if there was none. Rows of a visit lie side by side. */
export const EXIT_PAGE = `argMaxIf(r.page, r.step, r.kind = ${view})`;

const withExitPage = (site: string, { first, last }: Range, bind: Bind): string =>
  `SELECT *, ${EXIT_PAGE} OVER (PARTITION BY r.site, r.day, r.visit) AS exit_page
FROM hits AS r
WHERE ${rowsOf(site, { first, last, hours: null }, 'day', bind).join(' AND ')} AND r.kind IN (${[...OF_VISITS, engagement].join(', ')})`;

/** Where a value stands in a row of `hits`. */
export type Value = (name: GroupName) => string;

/** Where values stand that are not of time: `property` has been joined, the exit page comes from the whole visit. */
export const columnIn =
  (bind: Bind): Value =>
  (name) => {
    if (isTime(name) || isCounterDimension(name)) throw new RangeError(`${name} is no column`);
    if (name === 'event:property') return 'property';
    if (name === 'visit:exit_page') return 'r.exit_page';
    const property = propertyOf(name);
    return property === null ? `r.${dimensionOf(name).column}` : `r.props[${bind(property, 'String')}]`;
  };

const valueIn = (source: HitsSource, bind: Bind): Value => {
  const column = columnIn(bind);
  return (name) => (isTime(name) ? timeIn(name, source.at) : column(name));
};

/** The column of a row's time. */
export const timeIn = (name: GroupName, at: HitsSource['at']): string =>
  name === 'time:hour' ? `r.${at === 'day' ? 'hour' : at}` : 'r.day';

/** A group as it leaves the store. */
export const shown = (name: GroupName, expression: string): string => {
  if (!isTime(name)) return expression;
  return name === 'time:hour' ? `toUInt32(${expression})` : SPANS[name].sql(expression);
};
