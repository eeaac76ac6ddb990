import type { Bindings } from '../../store/bindings.ts';
import { DIMENSIONS, type DimensionName, HOUR, propertyOf } from '../../store/dimensions.ts';
import type { Site } from '../site.ts';
import { meantValues } from '../value-spelling.ts';

/** What hits have to say to be in a part: a dimension, or a property (`event:props:plan`), and its value. */
export interface Said {
  readonly dimension: string;
  readonly value: string;
}

/** What is to go: all of a site, or a part of it. Days are local ones, both included. */
export interface Part {
  /** Path of a page, in any spelling; null: everything. */
  readonly page: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** All of it has to be said. Missing or empty: nothing has to be. */
  readonly said?: readonly Said[];
  /** Starts of local hours in which visits began, Unix seconds; missing: any. */
  readonly hours?: readonly number[];
}

/** How much of a site is in a part. */
export interface Extent {
  /** Single views and events. */
  readonly hits: number;
  readonly logs: number;
  /** Days on which there is something. */
  readonly days: number;
  /** Days of which only totals are kept, which stay as they are but for those of what was named; missing: none. */
  readonly keptDays?: number;
}

/** Everything that is known of a site. */
export const EVERYTHING: Part = { page: null, from: null, to: null };

type Bind = Bindings['bind'];

/** True if single hits are chosen, not days or a page as a whole. */
export const isChosen = ({ said = [], hours }: Part): boolean => said.length > 0 || hours !== undefined;

/** True if a visit is in the part as a whole or not at all: what was asked for is the same on all its hits. */
export const isOfVisits = ({ said = [] }: Part): boolean =>
  said.every(({ dimension }) => known(dimension)?.scope === 'visit');

/** Rows of a table with a site and days: the site's, on the part's days. */
export const onDays = (site: Site, { from, to }: Part, bind: Bind): string =>
  [
    `site = ${bind(site.id, 'String')}`,
    ...(from === null ? [] : [`day >= ${bind(from, 'Date')}`]),
    ...(to === null ? [] : [`day <= ${bind(to, 'Date')}`]),
  ].join(' AND ');

/** Rows of `hits` that say it. */
export const inHits = ({ said = [], hours }: Part, bind: Bind): string =>
  [
    ...said.map(({ dimension, value }) => says(columnOf(dimension, bind), { dimension, value }, bind)),
    ...(said.some(({ dimension }) => dimension === 'event:name') ? ['kind = 2'] : []),
    ...(hours === undefined ? [] : [`toUnixTimestamp(hour) IN ${bind(hours, 'Array(UInt32)')}`]),
  ].join(' AND ');

/** Log records that say it; null: they say nothing of the kind. */
export const inLogs = ({ said = [], hours }: Part, bind: Bind): string | null => {
  const columns = said.map(({ dimension }) => {
    const property = propertyOf(dimension);
    if (property !== null) return `attributes[${bind(property, 'String')}]`;
    const column = known(dimension)?.column ?? '';
    return LOG_COLUMNS.includes(column) ? column : null;
  });
  if (columns.includes(null)) return null;
  return [
    ...said.map(({ dimension, value }, index) => says(columns[index] ?? '', { dimension, value }, bind)),
    ...(hours === undefined
      ? []
      : [`arrayExists(h -> toUnixTimestamp(ts) - h BETWEEN 0 AND 3599, ${bind(hours, 'Array(UInt32)')})`]),
  ].join(' AND ');
};
const LOG_COLUMNS = ['hostname', 'page', 'browser', 'browser_version', 'os', 'device'];

/**
 * Rows of `sums` that are about nothing else; null: none are. An hour has the views of visits too that began before it:
 * as long as there are single hits of a day, those that go are taken out of it one by one.
 * @param hits the table of hits, as the statement names it
 */
export const inSums = (site: Site, part: Part, hits: string, bind: Bind): string | null => {
  const { said = [], hours } = part;
  const [only, ...more] = said;
  if (only === undefined)
    return hours === undefined
      ? null
      : `dimension = ${HOUR} AND value IN ${bind(hours.map(String), 'Array(String)')}
  AND day NOT IN (SELECT day FROM ${hits} WHERE ${onDays(site, part, bind)})`;
  const rollup = known(only.dimension)?.rollup ?? null;
  if (rollup === null || more.length > 0 || hours !== undefined) return null;
  return `dimension = ${rollup} AND ${says('value', only, bind)}`;
};

const says = (expression: string, { dimension, value }: Said, bind: Bind): string =>
  `${expression} IN ${bind(meantValues(dimension, value), 'Array(String)')}`;

const known = (dimension: string): (typeof DIMENSIONS)[DimensionName] | undefined =>
  DIMENSIONS[dimension as DimensionName];

const columnOf = (dimension: string, bind: Bind): string => {
  const property = propertyOf(dimension);
  return property === null ? (known(dimension)?.column ?? '') : `props[${bind(property, 'String')}]`;
};
