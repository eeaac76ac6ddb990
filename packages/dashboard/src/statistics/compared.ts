import type { Metric } from '@passerby/collector/query';
import type { Answer, AnswerRow } from '../api/client.ts';
import { comparisonOf } from '../state/compare.ts';
import type { View } from '../state/view.ts';

/** True where what is shown has a change beside it. */
export const isCompared = ({ period, compare }: Pick<View, 'period' | 'compare'>): boolean =>
  comparisonOf(period, compare) !== null;

/** True where an answer knows of a metric what it was before: then, what has no number was not there. */
const knowsBefore = ({ query, meta }: Pick<Answer, 'query' | 'meta'>, metric: Metric): boolean => {
  const until = query.include?.comparisons?.date_range[1];
  // All of it may lie before the site's first day.
  return (
    until !== undefined &&
    until >= meta.complete_from &&
    meta.metric_warnings?.[metric]?.code !== 'comparison_incomplete'
  );
};

/** The rows of an answer; without what it only seems to be compared with, as nothing was kept of the first metric then. */
export const rowsToShow = (answer: Pick<Answer, 'query' | 'meta' | 'results'>): readonly AnswerRow[] => {
  const [first = 'visitors'] = answer.query.metrics;
  return knowsBefore(answer, first) ? answer.results : answer.results.map(({ comparison: _, ...row }) => row);
};
