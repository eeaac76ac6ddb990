import { hasHosts, meantValues, partReadings, shownValue } from '../../sites/value-spelling.ts';
import { type Bindings, bindings, SETTINGS } from '../../store/bindings.ts';
import { DIMENSIONS, type DimensionName, propertyOf } from '../../store/dimensions.ts';
import type { Store } from '../../store/store.ts';
import type { Range } from '../period/range.ts';
import type { NormalizedQuery } from './normalize.ts';
import { type Comparison, comparisonsOf, isOfParts, isOfPatterns, respectsCase, withValues } from './parse-filters.ts';
import { matching } from './patterns.ts';
import type { Filter, FilterName } from './query.ts';

/** Parts of values may be read in several ways, and all have to fit into the address of a request. */
const MOST_TEXT = 20_000;

/** A site that is linked from more such hosts finds these. */
const MOST_HOSTS = 100;

/** Values with hosts whose own letters are not stored: those of the dimension, and those that a comparison names by what is shown of them. */
interface Hosts {
  readonly all: readonly string[];
  readonly found: readonly string[];
}
type HostsOf = ReadonlyMap<Comparison, Hosts>;

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
  const withHosts = comparisons.filter((one) => (isOfParts(one) || isOfPatterns(one)) && hasHosts(one[1]));
  const names = [...new Set(withHosts.map(([, name]) => name))];
  const stored = new Map(
    await Promise.all(names.map(async (name) => [name, await hostsOf(store, site, name, ranges)] as const)),
  );
  const hosts = new Map(
    await Promise.all(
      withHosts.map(async (one) => {
        const all = stored.get(one[1]) ?? [];
        return [one, { all, found: await foundIn(store, one, all) }] as const;
      }),
    ),
  );
  const isLong = comparisons.flatMap(([, , values]) => values).join('').length > MOST_TEXT;
  return { ...normalized, filters: normalized.filters.map((filter) => spelled(filter, hosts, isLong)) };
};

const spelled = (filter: Filter, hosts: HostsOf, isLong: boolean): Filter => {
  switch (filter[0]) {
    case 'and':
    case 'or':
      return [filter[0], filter[1].map((part) => spelled(part, hosts, isLong))];
    case 'not':
      return ['not', spelled(filter[1], hosts, isLong)];
    default:
      return withHosts(withValues(filter, storedOf(filter, isLong)), hosts.get(filter));
  }
};

/** Of very long filters the first reading alone. */
const storedOf = (comparison: Comparison, isLong: boolean): string[] => {
  const [, name, values] = comparison;
  // What a pattern says is no text, and cannot be written otherwise but for marks.
  if (isOfPatterns(comparison)) return [...new Set(values.flatMap((value) => [value, value.normalize()]))];
  const readings = isOfParts(comparison) ? partReadings : meantValues;
  return [...new Set(values.flatMap((value) => readings(name, value).slice(0, isLong ? 1 : undefined)))];
};

/** A part may stand in a host as it is stored, too; a pattern is of what is shown. */
const withHosts = (comparison: Comparison, hosts: Hosts | undefined): Filter => {
  const { all, found } = hosts ?? { all: [], found: [] };
  const [operator, name] = comparison;
  if (isOfPatterns(comparison) ? all.length === 0 : found.length === 0) return comparison;
  switch (operator) {
    case 'contains':
      return ['or', [comparison, ['is', name, found]]];
    case 'matches':
      return ['or', [['and', [comparison, ['is_not', name, all]]], isAny(name, found)]];
    case 'matches_not':
      return ['or', [['and', [comparison, ['is_not', name, all]]], isAny(name, without(all, found))]];
    default:
      return ['and', [comparison, ['is_not', name, found]]];
  }
};

/** A list of no values is met by none. */
const isAny = (name: FilterName, values: readonly string[]): Filter => ['is', name, values];

const without = (all: readonly string[], some: readonly string[]): string[] => all.filter((one) => !some.includes(one));

/** The stored values that a comparison means by what is shown of them. */
const foundIn = async (store: Store, comparison: Comparison, hosts: readonly string[]): Promise<readonly string[]> => {
  const [, name, parts] = comparison;
  const shown = new Map(hosts.map((host) => [host, shownValue(name, host)]));
  if (isOfPatterns(comparison)) {
    const texts = hosts.length === 0 ? [] : await matching(store, comparison, [...shown.values()]);
    return hosts.filter((host) => texts.includes(shown.get(host) ?? ''));
  }
  const inCase = (text: string): string => (respectsCase(comparison) ? text : text.toLowerCase());
  return hosts.filter((host) => parts.some((part) => inCase(shown.get(host) ?? '').includes(inCase(part.normalize()))));
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
