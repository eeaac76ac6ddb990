import { pathText } from '@passerby/collector/path-text';
import type { FilterName, FilterOperator, PropertyDimension, Filter as QueryFilter } from '@passerby/collector/query';
import { shownAddress, shownHost } from '../i18n/host-name.ts';
import { builtInCalled } from '../i18n/names.ts';

/** Names that filters have in an address, and the dimensions they stand for. */
export const FILTER_NAMES = {
  page: 'event:page',
  entry: 'visit:entry_page',
  exit: 'visit:exit_page',
  title: 'event:title',
  hostname: 'event:hostname',
  source: 'visit:source',
  channel: 'visit:channel',
  referrer: 'visit:referrer',
  utm_source: 'visit:utm_source',
  utm_medium: 'visit:utm_medium',
  utm_campaign: 'visit:utm_campaign',
  utm_content: 'visit:utm_content',
  utm_term: 'visit:utm_term',
  country: 'visit:country',
  region: 'visit:region',
  city: 'visit:city',
  browser: 'visit:browser',
  browser_version: 'visit:browser_version',
  os: 'visit:os',
  os_version: 'visit:os_version',
  device: 'visit:device',
  screen: 'visit:screen',
  language: 'visit:language',
  event: 'event:name',
  currency: 'event:currency',
  via: 'event:via',
} as const satisfies Record<string, FilterName>;

/** Dimensions that every site has. */
export type NamedDimension = (typeof FILTER_NAMES)[keyof typeof FILTER_NAMES];
/** What visits and hits can be filtered by. */
export type FilterDimension = NamedDimension | PropertyDimension;

/** How a value is compared by the reader's choice, in the order in which it is offered; each with its mark in an address. */
export const OPERATORS = {
  is: '',
  is_not: '!',
  contains: '~',
  contains_not: '!~',
} as const satisfies Partial<Record<FilterOperator, string>>;
export type Operator = keyof typeof OPERATORS;

/** One filter: the dimension is or contains one of the values, or none of them. */
export interface Filter {
  readonly operator: Operator;
  readonly dimension: FilterDimension;
  readonly values: readonly string[];
}

const NAME_OF = new Map<FilterDimension, string>(
  Object.entries(FILTER_NAMES).map(([name, dimension]) => [dimension, name]),
);
const OPERATOR_OF = new Map(
  Object.entries(OPERATORS).map(([operator, mark]) => [mark as string, operator as Operator]),
);

const PROPERTY = 'event:props:';
const PROPERTY_IN_ADDRESS = 'props.';

/** The dimension of a property. */
export const propertyDimension = (name: string): PropertyDimension => `${PROPERTY}${name}`;

/** The name of the property that a dimension is; null: it is none. @example propertyOf('event:props:plan') // 'plan' */
export const propertyOf = (dimension: string): string | null =>
  dimension.startsWith(PROPERTY) ? dimension.slice(PROPERTY.length) : null;

// A property may be named as the marks are.
const escaped = (name: string): string => name.replace(/[%!~]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
const unescaped = (name: string): string => name.replace(/%(?:21|25|7e)/g, decodeURIComponent);

const nameOf = (dimension: FilterDimension): string => {
  const property = propertyOf(dimension);
  return property === null ? (NAME_OF.get(dimension) ?? '') : PROPERTY_IN_ADDRESS + escaped(property);
};

const dimensionOf = (name: string): FilterDimension | null => {
  if (Object.hasOwn(FILTER_NAMES, name)) return FILTER_NAMES[name as keyof typeof FILTER_NAMES];
  const property = name.startsWith(PROPERTY_IN_ADDRESS) ? unescaped(name.slice(PROPERTY_IN_ADDRESS.length)) : '';
  return property === '' ? null : propertyDimension(property);
};

const OF_PATHS: readonly string[] = ['event:page', 'visit:entry_page', 'visit:exit_page', 'visit:referrer'];
const OF_HOSTS: readonly string[] = ['event:hostname', 'visit:source', 'visit:referrer'];

/** How a property begins that is an address or a path. */
const SCHEME_OR_PATH = /^(?:https?:\/\/|\/)/i;

/** A value of the dimension is an address, or the path of one. */
export const isAddress = (dimension: string, value: string): boolean =>
  OF_PATHS.includes(dimension) || (propertyOf(dimension) !== null && SCHEME_OR_PATH.test(value));

const inCapitals = (code: string): string => code.toUpperCase();
const inSmall = (code: string): string => code.toLowerCase();

/** Values of closed lists are read in whatever case. */
const CLOSED: Partial<Record<string, (value: string) => string>> = {
  'visit:channel': (name) => builtInCalled('visit:channel', name) ?? name,
  'visit:device': (name) => builtInCalled('visit:device', name) ?? name,
  'visit:screen': inSmall,
  'visit:country': inCapitals,
  'event:currency': inCapitals,
};

/** A value as answers have it: in its own letters. Addresses that were kept, and people, have other spellings. */
export const inOneSpelling = (dimension: FilterDimension, value: string): string => {
  const closed = CLOSED[dimension];
  if (closed) return closed(value);
  const path = isAddress(dimension, value) ? pathText(value) : value;
  if (OF_HOSTS.includes(dimension)) return shownHost(path);
  return propertyOf(dimension) === null ? path : shownAddress(path);
};

/**
 * Reads the filters of an address; several values of one name are one filter.
 *
 * @example parseFilters(new URLSearchParams('country=DE&country=AT&page!=/&page~=blog&props.plan=pro'))
 */
export const parseFilters = (search: URLSearchParams): Filter[] => {
  const keys = [...new Set(search.keys())];
  return keys.flatMap((key) => {
    const [, name = '', mark = ''] = /^(.*?)(!~|!|~|)$/s.exec(key) ?? [];
    const [dimension, operator] = [dimensionOf(name), OPERATOR_OF.get(mark)];
    if (!dimension || !operator) return [];
    return [
      { operator, dimension, values: [...new Set(search.getAll(key).map((value) => inOneSpelling(dimension, value)))] },
    ];
  });
};

/** Writes filters as {@link parseFilters} reads them. */
export const filterEntries = (filters: readonly Filter[]): [string, string][] =>
  filters.flatMap(({ dimension, operator, values }) =>
    values.map((value): [string, string] => [nameOf(dimension) + OPERATORS[operator], value]),
  );

/** Filters as a question has them. */
export const queryFilters = (filters: readonly Filter[]): QueryFilter[] =>
  filters.map(({ operator, dimension, values }): QueryFilter => [operator, dimension, values]);

/** The filters with "dimension is value" put in; taken out if it is there already. */
export const toggleValue = (filters: readonly Filter[], dimension: FilterDimension, value: string): Filter[] => {
  const others = filters.filter((filter) => filter.dimension !== dimension);
  return isFilteredBy(filters, dimension, value) ? others : [...others, { operator: 'is', dimension, values: [value] }];
};

/** True if the filters say "dimension is value". */
export const isFilteredBy = (filters: readonly Filter[], dimension: FilterDimension, value: string): boolean =>
  filters.some((filter) => filter.dimension === dimension && filter.operator === 'is' && filter.values.includes(value));

const isAlike = (one: Filter, other: Filter): boolean =>
  one.dimension === other.dimension && one.operator === other.operator;

/** The filters with one put in, in the place of `replaced` if that is given. One without values is taken out. */
export const putFilter = (filters: readonly Filter[], filter: Filter, replaced: Filter | null = null): Filter[] => {
  const gives = (other: Filter) => isAlike(other, filter) || (replaced !== null && isAlike(other, replaced));
  const place = filters.findIndex(gives);
  const others = filters.filter((other) => !gives(other));
  if (filter.values.length === 0) return others;
  return others.toSpliced(place < 0 ? others.length : place, 0, filter);
};

const OPPOSITE: Record<Operator, Operator> = {
  is: 'is_not',
  is_not: 'is',
  contains: 'contains_not',
  contains_not: 'contains',
};

/** The operator that holds where this one does not. */
export const oppositeOf = (operator: Operator): Operator => OPPOSITE[operator];

/** The filters with one turned round: "is" to "is not", "contains" to "contains not", or back. */
export const invert = (filters: readonly Filter[], filter: Filter): Filter[] =>
  putFilter(filters, { ...filter, operator: oppositeOf(filter.operator) }, filter);
