import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';
import type { Store } from '../../store/store.ts';
import { comparisonPeriodOf } from '../period/comparison-period.ts';
import { boundsOf, type QueryContext, type Range, resolveRange, wholeDays } from '../period/range.ts';
import { labelsOf } from '../period/time-buckets.ts';
import { completeFrom } from './completeness.ts';
import { countGroups, countTotal } from './execute.ts';
import { compares, counterDimensionOf, isSeries, type NormalizedQuery, normalize, timeOf } from './normalize.ts';
import { planFor } from './plan.ts';
import type { Answer, AnswerRow, Question } from './query.ts';
import type { PlannedQuery } from './relation.ts';
import { compared, paged, rowsOf } from './result.ts';
import { spell } from './spell.ts';

/** Answers questions about a site's visits. */
export interface Query {
  /**
   * @param firstDay local day of the site's first hit
   * @param only overrules the choice of the source, for tests that compare the sources
   * @throws FieldError if there is something wrong with the range
   */
  ask(question: Question, site: Site, firstDay: string, only?: { source: 'hits' }): Promise<Answer>;
}

/** `now` in Unix milliseconds. */
export const createQuery = ({ store, now }: { store: Store; now: () => number }): Query => ({
  ask: async (question, site, firstDay, only) => {
    const normalized = normalize(question);
    const at = now();
    const context: QueryContext = { zone: siteZone(site, at), now: at, firstDay };
    const range = rangeFor(normalized, context);
    const before = compares(normalized) ? comparisonPeriodOf(normalized.date_range, range, context) : null;
    const ranges = before ? [range, before] : [range];
    const plan = planFor(normalized, ranges, only?.source);
    const spelled = await spell(store, site.id, normalized, ranges);
    const planned: PlannedQuery = { normalized: spelled, plan, range, site: site.id };
    const places = placesOf(normalized, range, context);

    const rows = async (of: PlannedQuery, at: Places): Promise<AnswerRow[]> =>
      rowsOf(normalized, await countGroups(store, of, context.zone), at);
    const [found, earlier, total] = await Promise.all([
      rows(planned, places),
      before ? rows({ ...planned, range: before }, placesOf(normalized, before, context)) : [],
      normalized.include.total_rows ? (places?.length ?? countTotal(store, planned)) : undefined,
    ]);
    return {
      results: paged(normalized, compared(found, earlier)),
      meta: {
        source: plan.source,
        complete_from: completeFrom(plan, site, context),
        ...(total !== undefined && { total_rows: total }),
        ...(normalized.include.time_labels && { time_labels: labels(normalized, range, context) }),
      },
      query: { ...normalized, date_range: timesOf(range, context) },
    };
  },
});

/** What belongs to no visit is kept by the day. */
const rangeFor = (normalized: NormalizedQuery, context: QueryContext): Range => {
  const range = resolveRange(normalized.date_range, context);
  return counterDimensionOf(normalized) ? wholeDays(range) : range;
};

/** The groups of a series in order; null: an answer of other groups. */
type Places = readonly (readonly string[])[] | null;

const placesOf = (normalized: NormalizedQuery, range: Range, context: QueryContext): Places => {
  if (!isSeries(normalized)) return null;
  return timeOf(normalized) ? labels(normalized, range, context).map((label) => [label]) : [[]];
};

const labels = (normalized: NormalizedQuery, range: Range, { zone, now }: QueryContext): string[] => {
  const time = timeOf(normalized);
  return time ? labelsOf(time, range, zone, now) : [];
};

/** The range as two local times, which ask for the same when they are sent back. */
const timesOf = (range: Range, { zone }: QueryContext): [string, string] => {
  const { from, to } = boundsOf(range, zone);
  return [zone.format(from * 1000), zone.format((to - 1) * 1000)];
};
