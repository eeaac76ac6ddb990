import { useMemo } from 'preact/hooks';
import type { Answer, AnswerRow } from '../api/client.ts';
import { changeOf } from '../charts/series.ts';
import { isOfEvents } from '../reports/metrics.ts';
import type { Ask } from './question.ts';
import { type Scope, useAnswer } from './use-answer.ts';
import type { Loaded, Repeat } from './use-load.ts';

/** Percent with one decimal, as answers have it. */
const percent = (part: number | null, of: number | null): number | null =>
  part === null || of === null || of === 0 ? null : Math.round((part * 1000) / of) / 10;

type Numbers = readonly (number | null)[];

/**
 * The answer with one metric more, `percentage`: its visitors in percent of those of another answer, row by row.
 *
 * @param of The same question of all visitors, with that metric alone.
 */
export const withShare = (answer: Answer, of: Answer): Answer => {
  const visitors = answer.query.metrics.indexOf('visitors');
  const all = new Map(of.results.map((row) => [row.dimensions.join(), row]));
  const shareOf = (numbers: Numbers, whole: Numbers | undefined) =>
    percent(numbers[visitors] ?? null, whole?.[0] ?? null);
  const withIt = (row: AnswerRow): AnswerRow => {
    const { metrics, comparison } = row;
    const whole = all.get(row.dimensions.join());
    const share = shareOf(metrics, whole?.metrics);
    if (!comparison) return { ...row, metrics: [...metrics, share] };
    const before = shareOf(comparison.metrics, whole?.comparison?.metrics);
    return {
      ...row,
      metrics: [...metrics, share],
      comparison: {
        ...comparison,
        metrics: [...comparison.metrics, before],
        change: [...comparison.change, changeOf(share, before)],
      },
    };
  };
  return {
    ...answer,
    results: answer.results.map(withIt),
    query: { ...answer.query, metrics: [...answer.query.metrics, 'percentage'] },
  };
};

/**
 * Asks as {@link useAnswer} does. The metric `percentage`, last of those asked for beside `visitors`, is the visitors in
 * percent of those that there are without the filters by events: a question of its own, as none has both.
 */
export const useShare = (scope: Scope, ask: Ask | null, repeat?: Repeat): Loaded<Answer> => {
  const { domain, view } = scope;
  const isAsked = ask?.metrics.includes('percentage') ?? false;
  const metrics = ask?.metrics.filter((metric) => metric !== 'percentage') ?? [];
  const part = useAnswer(scope, ask && { ...ask, metrics }, repeat);
  const filters = view.filters.filter((filter) => !isOfEvents(filter));
  const everybody = { domain, view: { ...view, filters } };
  const all = useAnswer(everybody, ask && isAsked ? { ...ask, metrics: ['visitors'] } : null, repeat);
  const data = useMemo(
    () => (isAsked && part.data && all.data ? withShare(part.data, all.data) : part.data),
    [isAsked, part.data, all.data],
  );
  if (!isAsked) return part;
  return {
    data,
    waiting: part.waiting || all.waiting,
    error: part.error ?? all.error,
    failing: part.failing ?? all.failing,
    retry: () => {
      part.retry();
      all.retry();
    },
  };
};
