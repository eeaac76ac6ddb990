import { ROW_KINDS } from '../../../store/row.ts';
import type { Range } from '../../period/range.ts';
import { conditionOf } from '../conditions.ts';
import { dimensionOf, isTime, type ValueName } from '../dimensions.ts';
import { groupsOf, touchedBy } from '../normalize.ts';
import { withPage } from '../plan/as-counted.ts';
import type { HitsSource } from '../plan/part.ts';
import { EXIT_PAGE, shown, timeIn } from './hits-relation.ts';
import { isFrozen, narrowed } from './narrowed.ts';
import type { Bind, Relation, Statistics } from './relation.ts';
import { columnIn, OF_VISITS, rowsOf, type Value } from './rows.ts';

/**
 * A row for each visit, with the values of its first view or event, or of its last view if that has a page still. The rows of a visit lie side by
 * side: so they are put together one visit after the other, and need no memory.
 */
export const visitsRelation = (source: HitsSource, range: Range, statistics: Statistics, bind: Bind): Relation => {
  const asked = withPage(statistics.normalized, source.page);
  const names = touchedBy(asked);
  const column = columnIn(bind);
  const value: Value = (name) => {
    if (isTime(name)) return timeIn(name, source.at);
    return name === 'event:property' ? 'property' : `r.v${names.indexOf(name as ValueName)}`;
  };
  const of = { site: statistics.site, range, at: source.at };
  const visits = `SELECT r.day AS day, any(r.hour) AS hour, sum(r.visits) AS visits, sum(r.bounces) AS bounces, sum(r.seconds) AS seconds${names
    .map((name, index) => `, ${ofVisit(source.rows, name, column)} AS v${index}`)
    .join('')}
FROM hits AS r
WHERE ${[...rowsOf(of.site, range, of.at, bind), `r.kind IN (${OF_VISITS.join(', ')})`, ...narrowed(asked.filters, OF_VISITS, of, bind)].join(' AND ')}
GROUP BY r.site, r.day, r.visit
HAVING ${source.rows === 'exits' ? `${EXIT_PAGE} != ''` : 'sum(r.visits) > 0'}
SETTINGS optimize_aggregation_in_order = 1`;
  return {
    from: [
      `(${visits}) AS r`,
      ...(asked.dimensions.includes('event:property')
        ? [`ARRAY JOIN r.v${names.indexOf('event:property')} AS property`]
        : []),
    ].join(' '),
    where: asked.filters.filter((filter) => !isFrozen(filter)).map((filter) => conditionOf(filter, value, bind)),
    valued: groupsOf(asked).map((name) => `${value(name)} != ''`),
    group: (name) => shown(name, value(name === 'event:page' ? source.page : name)),
  };
};

const ofVisit = (rows: HitsSource['rows'], name: ValueName, column: Value): string => {
  if (name === 'visit:exit_page') return EXIT_PAGE;
  if (dimensionOf(name).scope === 'visit') return `any(${column(name)})`;
  const expression = name === 'event:property' ? 'mapKeys(r.props)' : column(name);
  const { view, blank } = ROW_KINDS;
  return rows === 'entries'
    ? `argMinIf(${expression}, r.step, r.kind != ${blank})`
    : `argMaxIf(${expression}, r.step, r.kind = ${view})`;
};
