import type { Zone } from '../../lib/time-zone.ts';
import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';
import type { Store } from '../../store/store.ts';
import { comparisonPeriodOf } from '../period/comparison-period.ts';
import { stepOf } from '../period/granularity.ts';
import { boundsOf, type QueryContext, type Range, resolveRange, wholeDays } from '../period/range.ts';
import { labelsOf } from '../period/time-buckets.ts';
import type { Asking } from './asking.ts';
import { completeFrom } from './completeness.ts';
import { countedFrom } from './counted-from.ts';
import { countGroups, type Found } from './execute.ts';
import type { Counter } from './gathering.ts';
import { compares, counterDimensionOf, isSeries, type NormalizedQuery, normalize, timeOf } from './normalize.ts';
import { settlePatterns } from './patterns.ts';
import type { PlanContext } from './plan/part.ts';
import { type PlannedQuery, planQuestion } from './plan/plan-question.ts';
import type { Answer, AnswerRow, Question, TimeDimension } from './query.ts';
import { compared, paged, rowsOf } from './result.ts';
import { spell } from './spell.ts';
import { countedOtherwise } from './warnings.ts';

/** What {@link createQuery} needs. */
export interface QueryDeps {
  readonly store: Store;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Since when all rows are counted as today, Unix milliseconds; null: from the first on. */
  readonly countedSince?: number | null;
  /** Views and events that are sorted at once; missing: as many as there is memory for. For tests. */
  readonly sliceHits?: number;
  /** Counts groups; missing: asks for each question by itself. */
  readonly count?: Counter;
}

/** Answers questions about a site's visits. */
export interface Query {
  /**
   * Looks at a question without asking the store.
   * @throws FieldError if there is something wrong with the range
   */
  check(question: Question, site: Site, firstDay: string): void;
  /**
   * @param firstDay local day of the site's first hit
   * @param only overrules the choice of the source, for tests that compare the sources
   * @throws FieldError if there is something wrong with the range
   */
  ask(question: Question, site: Site, firstDay: string, only?: { source: 'hits' }): Promise<Answer>;
}

export const createQuery = ({ store, now, countedSince = null, sliceHits, count = countGroups }: QueryDeps): Query => ({
  check: (question, site, firstDay) => void resolve(question, site, firstDay, now()),
  ask: async (question, site, firstDay, only) => {
    const { normalized, context, range, before, places, placesBefore } = resolve(question, site, firstDay, now());
    const settled = { ...normalized, filters: await settlePatterns(store, normalized.filters) };
    const planning: PlanContext = { countedFrom: countedFrom(countedSince, context.zone), only: only?.source };
    const plan = (of: Range): PlannedQuery => planQuestion(settled, of, range, site, planning);
    const [planned, earlier] = [plan(range), before && plan(before)];

    const spelled = await spell(store, site.id, settled, before ? [range, before] : [range]);
    const asker = createAsker(
      { count: (asking, wantsTotal) => count(store, asking, { sliceHits, wantsTotal }), zone: context.zone },
      { ...spelled, metrics: normalized.metrics },
      site.id,
    );
    const [found, foundBefore] = await Promise.all([
      asker.rows(planned, places),
      earlier && asker.rows(earlier, placesBefore),
    ]);
    const plans = [planned, ...(earlier ? [earlier] : [])];
    const asked = { parts: plans.flatMap((of) => of.parts), ofEverybody: plans.flatMap((of) => of.ofEverybody) };
    const parts = [...asked.parts, ...asked.ofEverybody];
    const warnings = [
      ...countedOtherwise(normalized, asked, before && before.first < range.first ? before : range, planning),
      ...(earlier?.warnings ?? []),
      ...planned.warnings,
    ];
    return {
      results: paged(normalized, compared(found.rows, foundBefore?.rows ?? [])),
      meta: {
        source: parts.every(({ source }) => source.table === 'sums') ? 'sums' : 'hits',
        complete_from: completeFrom(parts, site, context),
        ...(normalized.include.total_rows && { total_rows: found.total }),
        ...(normalized.include.time_labels && { time_labels: labels(normalized, range, context) }),
        ...(warnings.length > 0 && { metric_warnings: Object.fromEntries(warnings) }),
      },
      query: { ...normalized, date_range: timesOf(range, context) },
    };
  },
});

/** A question and the time it is about. */
const resolve = (question: Question, site: Site, firstDay: string, now: number) => {
  const context: QueryContext = { zone: siteZone(site, now), now, firstDay };
  const range = rangeFor(question, context);
  const normalized = normalize(question, stepFor(question, range));
  const before = compares(normalized) ? comparisonPeriodOf(normalized.date_range, range, context) : null;
  return {
    normalized,
    context,
    range,
    before,
    places: placesOf(normalized, range, context),
    placesBefore: before && placesOf(normalized, before, context),
  };
};

/** Asks the store for what was planned. */
const createAsker = (
  { count, zone }: { count: (asking: Asking, wantsTotal: boolean) => Promise<Found>; zone: Zone },
  normalized: NormalizedQuery,
  site: string,
) => {
  const everybody = async ({ ofEverybody: parts }: PlannedQuery): Promise<number> => {
    const whole = { ...normalized, dimensions: [] };
    const asking = { statistics: { normalized: whole, site }, parts, listed: [], zone };
    const { groups } = await count(asking, false);
    return groups[0]?.counts.visitors ?? 0;
  };
  return {
    rows: async (planned: PlannedQuery, places: Places): Promise<{ rows: AnswerRow[]; total: number }> => {
      const { parts, listed, warnings } = planned;
      const wantsTotal = places === null && normalized.include.total_rows === true;
      const asking = { statistics: { normalized, site }, parts, listed, zone };
      const [{ groups, total }, all] = await Promise.all([count(asking, wantsTotal), everybody(planned)]);
      const rows = rowsOf(normalized, groups, { places, unknown: new Set(warnings.keys()), everybody: all });
      return { rows, total: places?.length ?? total };
    },
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
