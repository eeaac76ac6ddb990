import { ROW_KINDS } from '../../../store/row.ts';
import { SPANS } from '../../period/granularity.ts';
import type { Range } from '../../period/range.ts';
import { conditionOf } from '../conditions.ts';
import { isTime } from '../dimensions.ts';
import { type Asked, groupsOf, touchedBy } from '../normalize.ts';
import { withPage } from '../plan/as-counted.ts';
import type { HitsSource } from '../plan/part.ts';
import type { GroupName } from '../query.ts';
import { narrowed } from './narrowed.ts';
import type { Bind, Relation, Statistics } from './relation.ts';
import { columnIn, OF_VISITS, rowsOf, type Value } from './rows.ts';

const { view, engagement } = ROW_KINDS;

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
      needsExit ? `(${withExitPage(asked, kinds, { site, range }, bind)}) AS r` : 'hits AS r',
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

/** The exit page is that of the visit's last view; empty if there was none. Rows of a visit lie side by side. */
export const EXIT_PAGE = `argMaxIf(r.page, r.step, r.kind = ${view})`;

const withExitPage = (
  { filters }: Asked,
  kinds: readonly number[],
  { site, range: { first, last } }: { readonly site: string; readonly range: Range },
  bind: Bind,
): string => {
  // Of a visit all rows are needed, also those of other hours.
  const of = { site, range: { first, last, hours: null }, at: 'day' } as const;
  const where = [
    ...rowsOf(of.site, of.range, of.at, bind),
    `r.kind IN (${[...OF_VISITS, engagement].join(', ')})`,
    ...narrowed(filters, kinds, of, bind),
  ];
  return `SELECT *, ${EXIT_PAGE} OVER (PARTITION BY r.site, r.day, r.visit) AS exit_page
FROM hits AS r
WHERE ${where.join(' AND ')}`;
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
