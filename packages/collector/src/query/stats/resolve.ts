import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';
import { comparedWith, ofOwn } from '../period/comparison-period.ts';
import { counterpartsOf } from '../period/counterparts.ts';
import { stepOf } from '../period/granularity.ts';
import { boundsOf, type QueryContext, type Range, resolveRange, wholeDays } from '../period/range.ts';
import { labelsOf } from '../period/time-buckets.ts';
import { counterDimensionOf, isSeries, type NormalizedQuery, normalize, timeOf } from './normalize.ts';
import type { Comparisons, Question, TimeDimension } from './query.ts';

/** A question and the time it is about. */
export const resolve = (question: Question, site: Site, firstDay: string, now: number) => {
  const context: QueryContext = { zone: siteZone(site, now), now, firstDay };
  const range = rangeFor(question, context);
  const normalized = normalize(question, stepFor(question, range));
  const { comparisons } = normalized.include;
  return {
    normalized,
    context,
    range,
    places: placesOf(normalized, range, context),
    comparison: comparisons ? comparisonOf(comparisons, normalized, range, context) : null,
  };
};

/** The other period that a question asks about. */
export interface OtherPeriod {
  readonly range: Range;
  readonly places: Places;
  /** Its time groups by those of the question's range; null: the answer is not grouped by time. */
  readonly counterparts: ReadonlyMap<string, string> | null;
}

const comparisonOf = (
  asked: Comparisons,
  normalized: NormalizedQuery,
  range: Range,
  context: QueryContext,
): OtherPeriod => {
  const { range: other, dayOf } = comparedWith(asked, normalized.date_range, range, context);
  const before = counterDimensionOf(normalized) ? wholeDays(other) : other;
  const time = timeOf(normalized);
  const listed = (): string[] => labelsIn(normalized, before, context);
  const others = asked.mode === 'custom' ? ofOwn(listed) : listed();
  return {
    range: before,
    places: isSeries(normalized) ? placesFor(normalized, others) : null,
    counterparts: time ? counterpartsOf(time, labelsIn(normalized, range, context), others, dayOf) : null,
  };
};

/** What belongs to no visit is kept by the day. */
const rangeFor = (question: Question, context: QueryContext): Range => {
  const range = resolveRange(question.date_range, context);
  return counterDimensionOf(question) ? wholeDays(range) : range;
};

const stepFor = (question: Question, range: Range): TimeDimension => {
  const step = stepOf(range);
  return step === 'time:hour' && counterDimensionOf(question) ? 'time:day' : step;
};

/** The groups of a series in order; null: an answer of other groups. */
export type Places = readonly (readonly string[])[] | null;

const placesOf = (normalized: NormalizedQuery, range: Range, context: QueryContext): Places =>
  isSeries(normalized) ? placesFor(normalized, labelsIn(normalized, range, context)) : null;

const placesFor = (normalized: NormalizedQuery, labels: readonly string[]): Places =>
  timeOf(normalized) ? labels.map((label) => [label]) : [[]];

/** Time groups of a range, up to the one under way; none where there is no time. */
export const labelsIn = (normalized: NormalizedQuery, range: Range, { zone, now }: QueryContext): string[] => {
  const time = timeOf(normalized);
  return time ? labelsOf(time, range, zone, now) : [];
};

/** The range as two local times, which ask for the same when they are sent back. */
export const timesOf = (range: Range, { zone }: QueryContext): [string, string] => {
  const { from, to } = boundsOf(range, zone);
  return [zone.format(from * 1000), zone.format((to - 1) * 1000)];
};
