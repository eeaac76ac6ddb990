import type { Metric } from '@passerby/collector/query';
import type { Answer } from '../api/client.ts';
import { text } from '../i18n/text.ts';

type Meta = Answer['meta'];

/** Why an answer has nothing for a metric, in two words and in a sentence; null: it has, or there was nothing to divide by. */
export const reasonOf = (meta: Meta | undefined, metric: Metric) => {
  const code = meta?.metric_warnings?.[metric]?.code;
  return code === undefined || code === 'counted_otherwise_before' || code === 'comparison_incomplete'
    ? null
    : text.reasons[code];
};

/** First day from which all the metrics of an answer are counted as today; null: all days are. */
export const countedFrom = ({ metric_warnings = {} }: Meta): string | null =>
  Object.values(metric_warnings)
    .map((warning) => (warning?.code === 'counted_otherwise_before' ? warning.from : undefined))
    .filter((from) => from !== undefined)
    .sort()
    .at(-1) ?? null;
