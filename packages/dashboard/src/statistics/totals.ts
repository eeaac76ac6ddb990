import type { Metric } from '@passerby/collector/query';
import type { Answer } from '../api/client.ts';

/** Numbers of the whole period, by metric. */
export type Totals = Partial<Record<Metric, number | null>>;

/** The numbers of an answer without dimensions. */
export const totalsOf = (answer: Answer | null): Totals => {
  const values = answer?.results[0]?.metrics;
  return Object.fromEntries(answer?.query.metrics.map((metric, index) => [metric, values?.[index] ?? null]) ?? []);
};
