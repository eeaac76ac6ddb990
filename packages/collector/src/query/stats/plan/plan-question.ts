import type { Site } from '../../../sites/site.ts';
import type { Range } from '../../period/range.ts';
import { type Count, countsOf } from '../metrics.ts';
import { isSeries, type NormalizedQuery, timeOf } from '../normalize.ts';
import type { Metric } from '../query.ts';
import { countsOfHits, noMeaning, notKept, type Warnings } from '../warnings.ts';
import type { Part, PlanContext } from './part.ts';
import { planFor } from './plan.ts';

/** A question as the store is asked. */
export interface PlannedQuery {
  readonly parts: readonly Part[];
  /** For the visitors of the question without its groups, where a percentage of them is asked for. */
  readonly ofEverybody: readonly Part[];
  /** Counts of which a group must have one, to be listed. */
  readonly listed: readonly Count[];
  /** Metrics without a number, and why. */
  readonly warnings: Warnings;
}

/**
 * Plans a question.
 * @param of the range to be counted: that of the question, `range`, or one that it is compared with
 */
export const planQuestion = (
  normalized: NormalizedQuery,
  of: Range,
  range: Range,
  site: Site,
  context: PlanContext,
): PlannedQuery => {
  const meaningless = noMeaning(normalized, range);
  const metrics = normalized.metrics.filter((metric) => !meaningless.has(metric));
  const listed = listedBy(normalized, of);
  const parts = planFor(normalized, [...new Set([...countsOf(metrics), ...listed])], of, context);
  const ofEverybody = metrics.includes('percentage')
    ? planFor({ dimensions: [], filters: normalized.filters }, ['visitors'], of, context)
    : [];
  const planned = { parts, ofEverybody, listed, warnings: meaningless };
  return site.hitsDays === 0 ? withoutHits(planned, metrics) : planned;
};

/** What sums alone answer. Where they do not know which groups there are, there is none to be listed. */
const withoutHits = (
  { parts, ofEverybody, listed, warnings }: PlannedQuery,
  metrics: readonly Metric[],
): PlannedQuery => {
  const unknown = countsOfHits(parts);
  const kept = (all: readonly Part[]): Part[] => all.filter(({ source }) => source.table === 'sums');
  return {
    parts: listed.some((count) => unknown.has(count)) ? [] : kept(parts),
    ofEverybody: kept(ofEverybody),
    listed,
    warnings: new Map([...warnings, ...notKept(metrics, unknown, countsOfHits(ofEverybody).size > 0)]),
  };
};

/** A group is listed if a view or event is in it, or a visit with one began in it, which may be in another hour. */
const listedBy = (normalized: NormalizedQuery, range: Range): Count[] => {
  if (isSeries(normalized)) return [];
  const isByHour = timeOf(normalized) === 'time:hour' || range.hours !== null;
  return isByHour ? ['hits', 'visits'] : ['hits'];
};
