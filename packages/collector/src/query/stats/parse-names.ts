import { z } from 'zod';
import { DIMENSIONS, type DimensionName, PROPERTY_PREFIX } from '../../store/dimensions.ts';
import { LONGEST } from '../../store/text-limits.ts';
import { COUNTER_DIMENSIONS, TIMES } from './dimensions.ts';
import { METRICS } from './metrics.ts';
import type { CounterDimension, Metric } from './query.ts';

const names = <T extends string>(table: Readonly<Record<T, unknown>>): T[] => Object.keys(table) as T[];

const property = z.templateLiteral([PROPERTY_PREFIX, z.string().min(1).max(LONGEST.property)]);

/** One of these names, or a property's. */
const nameOf = <const T extends string>(known: readonly T[]) =>
  z.union([z.enum(known), property], {
    error: `must be one of ${known.map((name) => JSON.stringify(name)).join(', ')}, or ${PROPERTY_PREFIX} and a name of 1 to ${LONGEST.property} characters`,
  });

const FILTERED = names<DimensionName>(DIMENSIONS);
const GROUPED = [
  ...FILTERED,
  'event:property',
  'site',
  ...TIMES,
  ...names<CounterDimension>(COUNTER_DIMENSIONS),
  'time',
] as const;

/** Name of a metric. */
export const metricName = z.enum(names<Metric>(METRICS));
/** Name of what an answer can be filtered by. */
export const filterName = nameOf(FILTERED);
/** Name of what an answer can be grouped by. */
export const groupName = nameOf(GROUPED);
/** Name of what an answer can be sorted by. */
export const orderName = nameOf([...metricName.options, ...GROUPED]);
