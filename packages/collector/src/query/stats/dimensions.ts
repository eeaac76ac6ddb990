import { DIMENSIONS, type Dimension, DROPS, OPENS, propertyOf } from '../../store/dimensions.ts';
import type { AnyTime, CounterDimension, FilterName, GroupName, PropertyDimension, TimeDimension } from './query.ts';

/** Every time dimension. */
export const TIMES = [
  'time:hour',
  'time:day',
  'time:week',
  'time:week_sunday',
  'time:week_saturday',
  'time:month',
] as const satisfies readonly TimeDimension[];

/** What belongs to no visit, and the number of its rollup. */
export const COUNTER_DIMENSIONS: Readonly<Record<CounterDimension, number>> = {
  'drop:reason': DROPS,
  'open:name': OPENS,
};

/** A name of dimensions that visits and hits are grouped by, but for time. */
export type ValueName = Exclude<GroupName, 'site' | TimeDimension | CounterDimension>;

export const isTime = (name: GroupName): name is TimeDimension => (TIMES as readonly string[]).includes(name);

/** True for a time dimension, also one whose step the range decides. */
export const isAnyTime = (name: GroupName | 'time'): name is AnyTime => name === 'time' || isTime(name);

export const isCounterDimension = (name: GroupName | 'time'): name is CounterDimension =>
  Object.hasOwn(COUNTER_DIMENSIONS, name);

/** Where the store has a dimension. Properties are of hits, and not rolled up. */
export const dimensionOf = (name: ValueName): Dimension =>
  name === 'event:property' || isPropertyDimension(name) ? PROPERTIES : DIMENSIONS[name];

const PROPERTIES: Dimension = { column: null, rollup: null, scope: 'hit' };

const isPropertyDimension = (name: FilterName): name is PropertyDimension => propertyOf(name) !== null;
