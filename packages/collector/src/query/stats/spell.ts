import { hasHosts, meantValues, partReadings, shownValue } from '../../sites/value-spelling.ts';
import { type Bindings, bindings, SETTINGS } from '../../store/bindings.ts';
import { DIMENSIONS, type DimensionName, propertyOf } from '../../store/dimensions.ts';
import type { Store } from '../../store/store.ts';
import type { Range } from '../period/range.ts';
import type { NormalizedQuery } from './normalize.ts';
import { type Comparison, comparisonsOf } from './parse-filters.ts';
import type { Filter, FilterName } from './query.ts';

/** Parts of values may be read in several ways, and all have to fit into the address of a request. */
const MOST_TEXT = 20_000;

/** A site that is linked from more such hosts finds these. */
const MOST_HOSTS = 100;

/** Values with hosts whose own letters are not stored, by dimension. */
type Hosts = ReadonlyMap<FilterName, readonly string[]>;

/**
 * The question as the store is asked: its filters name values as they lie there. A part of a host with letters of its own
 * stands in no value as it is stored: values of which it is a part are looked up, and named.
 */
export const spell = async (
  store: Store,
  site: string,
  normalized: NormalizedQuery,
  ranges: readonly Range[],
): Promise<NormalizedQuery> => {
  const comparisons = normalized.filters.flatMap(comparisonsOf);
  const names = [...new Set(comparisons.filter(isPartOfHost).map(([, name]) => name))];
  const hosts = new Map(
    await Promise.all(names.map(async (name) => [name, await hostsOf(store, site, name, ranges)] as const)),
  );
  const isLong = comparisons.flatMap(([, , values]) => values).join('').length > MOST_TEXT;
  return { ...normalized, filters: normalized.filters.map((filter) => spelled(filter, hosts, isLong)) };
};

const isPart = ([operator]: Comparison): boolean => operator === 'contains' || operator === 'contains_not';
const isPartOfHost = (comparison: Comparison): boolean => isPart(comparison) && hasHosts(comparison[1]);

const spelled = (filter: Filter, hosts: Hosts, isLong: boolean): Filter => {
  switch (filter[0]) {
    case 'and':
    case 'or':
      return [filter[0], filter[1].map((part) => spelled(part, hosts, isLong))];
    case 'not':
      return ['not', spelled(filter[1], hosts, isLong)];
    default:
      return withHosts([filter[0], filter[1], storedOf(filter, isLong)], filter, hosts.get(filter[1]) ?? []);
  }
};

/** Of very long filters the first reading alone. */
const storedOf = (comparison: Comparison, isLong: boolean): string[] => {
  const [, name, values] = comparison;
  const readings = isPart(comparison) ? partReadings : meantValues;
  return [...new Set(values.flatMap((value) => readings(name, value).slice(0, isLong ? 1 : undefined)))];
};

const withHosts = (filter: Filter, [operator, name, parts]: Comparison, hosts: readonly string[]): Filter => {
  const found = hosts.filter((host) => {
    const shown = shownValue(name, host).toLowerCase();
    return parts.some((part) => shown.includes(part.normalize().toLowerCase()));
  });
  if (found.length === 0) return filter;
  return operator === 'contains' ? ['or', [filter, ['is', name, found]]] : ['and', [filter, ['is_not', name, found]]];
};

const hostsOf = async (
  store: Store,
  site: string,
  name: FilterName,
  ranges: readonly Range[],
): Promise<readonly string[]> => {
  const { bind, params } = bindings();
  const column = columnOf(name, bind);
  const days = ranges.flatMap(({ first, last }) => [first, last]).toSorted();
  const sql = `SELECT ${column} AS value FROM hits AS r
WHERE r.site = ${bind(site, 'String')} AND r.day BETWEEN ${bind(days[0] ?? '', 'Date')} AND ${bind(days.at(-1) ?? '', 'Date')}
  AND position(${column}, 'xn--') > 0
GROUP BY value ORDER BY count() DESC, value LIMIT ${MOST_HOSTS}
${SETTINGS}`;
  return (await store.query<{ value: string }>(sql, params)).map(({ value }) => value);
};

const columnOf = (name: FilterName, bind: Bindings['bind']): string => {
  const property = propertyOf(name);
  return property === null ? `r.${DIMENSIONS[name as DimensionName].column}` : `r.props[${bind(property, 'String')}]`;
};
