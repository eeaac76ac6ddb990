import type { Metric, Question } from '../../packages/collector/src/query/stats/query.ts';
import { namesIn } from './conditions.ts';
import type { Textbook } from './model.ts';
import { isByHours } from './ranges.ts';

/** Why a number has no meaning. */
export type Reason = 'no_meaning_by_event' | 'no_meaning_by_hour';

const NOT_BY_EVENT: readonly Metric[] = [
  'entries',
  'bounces',
  'bounce_rate',
  'visit_duration',
  'exits',
  'exit_rate',
  'time_on_page',
  'scroll_depth',
];
const NOT_BY_HOUR: readonly Metric[] = ['views_per_visit', 'visits_per_visitor', 'exit_rate'];

/** Of the numbers that a question asks for, those that have no meaning, and why. `now` in Unix seconds. */
export const meaningless = (
  question: Question,
  book: Textbook,
  now: number,
): Readonly<Partial<Record<Metric, Reason>>> => {
  const byHour = isByHour(question, book, now);
  return Object.fromEntries(
    question.metrics.flatMap((metric): [Metric, Reason][] => {
      if (isByEvent(question) && NOT_BY_EVENT.includes(metric)) return [[metric, 'no_meaning_by_event']];
      if (byHour && NOT_BY_HOUR.includes(metric)) return [[metric, 'no_meaning_by_hour']];
      return [];
    }),
  );
};

const isByEvent = ({ dimensions = [], filters = [] }: Question): boolean =>
  [...dimensions, ...filters.flatMap(namesIn)].some((name) => name === 'event:name' || name === 'event:currency');

const isByHour = ({ dimensions = [], date_range }: Question, book: Textbook, now: number): boolean =>
  dimensions.includes('time:hour') || isByHours(date_range, book, now);
