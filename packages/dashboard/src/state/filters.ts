import type { GroupName, TimeDimension } from '@passerby/collector/query';

/** What visits and hits can be filtered by. */
export type FilterDimension = Exclude<GroupName, TimeDimension | 'drop:reason'>;

/** One filter: the dimension is one of the values, or none of them. */
export interface Filter {
  readonly operator: 'is' | 'is_not';
  readonly dimension: FilterDimension;
  readonly values: readonly string[];
}

/** Names that filters have in an address, and the dimensions they stand for. */
export const FILTER_NAMES = {
  page: 'event:page',
  hostname: 'event:hostname',
  event: 'event:name',
  entry: 'visit:entry_page',
  exit: 'visit:exit_page',
  source: 'visit:source',
  channel: 'visit:channel',
  referrer: 'visit:referrer',
  utm_source: 'visit:utm_source',
  utm_medium: 'visit:utm_medium',
  utm_campaign: 'visit:utm_campaign',
  utm_content: 'visit:utm_content',
  utm_term: 'visit:utm_term',
  browser: 'visit:browser',
  browser_version: 'visit:browser_version',
  os: 'visit:os',
  os_version: 'visit:os_version',
  device: 'visit:device',
  screen: 'visit:screen',
  language: 'visit:language',
  country: 'visit:country',
} as const satisfies Record<string, FilterDimension>;

const NAME_OF = new Map<FilterDimension, string>(
  Object.entries(FILTER_NAMES).map(([name, dimension]) => [dimension, name]),
);

/** A name followed by this means "is not". */
const NOT = '!';

const keyOf = ({ dimension, operator }: Filter): string =>
  `${NAME_OF.get(dimension)}${operator === 'is_not' ? NOT : ''}`;

/**
 * Reads the filters of an address; several values of one name are one filter.
 *
 * @example parseFilters(new URLSearchParams('country=DE&country=AT&page!=/'))
 */
export const parseFilters = (search: URLSearchParams): Filter[] => {
  const keys = [...new Set(search.keys())];
  return keys.flatMap((key) => {
    const name = key.endsWith(NOT) ? key.slice(0, -NOT.length) : key;
    if (!Object.hasOwn(FILTER_NAMES, name)) return [];
    const dimension = FILTER_NAMES[name as keyof typeof FILTER_NAMES];
    return [{ operator: key === name ? 'is' : 'is_not', dimension, values: [...new Set(search.getAll(key))] }];
  });
};

/** Writes filters as {@link parseFilters} reads them. */
export const filterEntries = (filters: readonly Filter[]): [string, string][] =>
  filters.flatMap((filter) => filter.values.map((value): [string, string] => [keyOf(filter), value]));

/** The filters with "dimension is value" put in; taken out if it is there already. */
export const toggleValue = (filters: readonly Filter[], dimension: FilterDimension, value: string): Filter[] => {
  const others = filters.filter((filter) => filter.dimension !== dimension);
  return isFilteredBy(filters, dimension, value) ? others : [...others, { operator: 'is', dimension, values: [value] }];
};

/** True if the filters say "dimension is value". */
export const isFilteredBy = (filters: readonly Filter[], dimension: FilterDimension, value: string): boolean =>
  filters.some((filter) => filter.dimension === dimension && filter.operator === 'is' && filter.values.includes(value));

/** The filters with one turned from "is" to "is not" or back. */
export const invert = (filters: readonly Filter[], filter: Filter): Filter[] =>
  filters.map((other) =>
    other === filter ? { ...filter, operator: filter.operator === 'is' ? 'is_not' : 'is' } : other,
  );
