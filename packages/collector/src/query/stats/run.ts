import type { Zone } from '../../lib/time-zone.ts';
import type { Site } from '../../sites/site.ts';
import type { Store } from '../../store/store.ts';
import type { QueryContext, Range } from '../period/range.ts';
import type { Asking } from './asking.ts';
import { completeFrom } from './completeness.ts';
import { countedFrom } from './counted-from.ts';
import { inOther, inPlace } from './counterparts.ts';
import { countGroups, type Found } from './execute.ts';
import type { Counter } from './gathering.ts';
import { isSeries, type NormalizedQuery } from './normalize.ts';
import { settlePatterns } from './patterns.ts';
import type { PlanContext } from './plan/part.ts';
import { type PlannedQuery, planQuestion } from './plan/plan-question.ts';
import type { Answer, AnswerRow, Question } from './query.ts';
import { labelsIn, type OtherPeriod, type Places, resolve, timesOf } from './resolve.ts';
import { type CountedGroup, compared, paged, rowOf, rowsOf } from './result.ts';
import { spell } from './spell.ts';
import { hashOf } from './sql/group-hash.ts';
import { countedOtherwise, incomplete } from './warnings.ts';

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
   * The ranges that a question is about, with that it is compared with.
   * @throws FieldError likewise
   */
  ranges(question: Question, site: Site, firstDay: string): readonly Range[];
  /**
   * @param firstDay local day of the site's first hit
   * @param only overrules the choice of the source, for tests that compare the sources
   * @throws FieldError if there is something wrong with the range
   */
  ask(question: Question, site: Site, firstDay: string, only?: { source: 'hits' }): Promise<Answer>;
}

export const createQuery = ({ store, now, countedSince = null, sliceHits, count = countGroups }: QueryDeps): Query => ({
  check: (question, site, firstDay) => void resolve(question, site, firstDay, now()),
  ranges: (question, site, firstDay) => {
    const { range, comparison } = resolve(question, site, firstDay, now());
    return comparison ? [range, comparison.range] : [range];
  },
  ask: async (question, site, firstDay, only) => {
    const { normalized, context, range, places, comparison } = resolve(question, site, firstDay, now());
    const before = comparison?.range;
    const settled = { ...normalized, filters: await settlePatterns(store, normalized.filters) };
    const planning: PlanContext = { countedFrom: countedFrom(countedSince, context.zone), only: only?.source };
    const plan = (of: Range): PlannedQuery => planQuestion(settled, of, range, site, planning);
    const [planned, earlier] = [plan(range), before && plan(before)];

    const spelled = await spell(store, site.id, settled, before ? [range, before] : [range]);
    const asker = createAsker(
      { find: (asking, wantsTotal) => count(store, asking, { sliceHits, wantsTotal }), zone: context.zone },
      { ...spelled, metrics: normalized.metrics },
      site.id,
    );
    const found = await (comparison && earlier
      ? asker.compared(planned, places, { ...comparison, planned: earlier })
      : asker.rows(planned, places));
    const plans = [planned, ...(earlier ? [earlier] : [])];
    const asked = { parts: plans.flatMap((of) => of.parts), ofEverybody: plans.flatMap((of) => of.ofEverybody) };
    const parts = [...asked.parts, ...asked.ofEverybody];
    const warnings = [
      ...countedOtherwise(normalized, asked, before && before.first < range.first ? before : range, planning),
      ...(before && earlier ? incomplete(normalized, earlier, before, (of) => completeFrom(of, site, context)) : []),
      ...(earlier?.warnings ?? []),
      ...planned.warnings,
    ];
    return {
      results: paged(normalized, found.rows),
      meta: {
        source: parts.every(({ source }) => source.table === 'sums') ? 'sums' : 'hits',
        complete_from: completeFrom(parts, site, context),
        ...(normalized.include.total_rows && { total_rows: found.total }),
        ...(normalized.include.time_labels && { time_labels: labelsIn(normalized, range, context) }),
        ...(warnings.length > 0 && { metric_warnings: Object.fromEntries(warnings) }),
      },
      query: {
        ...normalized,
        date_range: timesOf(range, context),
        include: includedOf(normalized, comparison, context),
      },
    };
  },
});

/** What was asked for beside the groups, and what they were compared with. */
const includedOf = (
  { include: { comparisons, ...include } }: NormalizedQuery,
  comparison: OtherPeriod | null,
  context: QueryContext,
): Answer['query']['include'] & object =>
  comparisons && comparison
    ? { ...include, comparisons: { ...comparisons, date_range: timesOf(comparison.range, context) } }
    : include;

/** Asks the store for what was planned. */
const createAsker = (
  { find, zone }: { find: (asking: Asking, wantsTotal: boolean) => Promise<Found>; zone: Zone },
  normalized: NormalizedQuery,
  site: string,
) => {
  const everybody = async ({ ofEverybody: parts }: PlannedQuery): Promise<number> => {
    const whole = { ...normalized, dimensions: [] };
    const asking = { statistics: { normalized: whole, site }, parts, listed: [], zone };
    const { groups } = await find(asking, false);
    return groups[0]?.counts.visitors ?? 0;
  };
  const count = async (planned: PlannedQuery, only?: readonly number[]) => {
    const { parts, listed, warnings } = planned;
    const wantsTotal = only === undefined && !isSeries(normalized) && normalized.include.total_rows === true;
    const asking = { statistics: { normalized, site, only }, parts, listed, zone };
    const [{ groups, total }, all] = await Promise.all([find(asking, wantsTotal), everybody(planned)]);
    return { groups, total, numbers: { unknown: new Set(warnings.keys()), everybody: all } };
  };
  const rows = async (planned: PlannedQuery, places: Places): Promise<Rows> => {
    const { groups, total, numbers } = await count(planned);
    return { rows: rowsOf(normalized, groups, { places, ...numbers }), groups, total: places?.length ?? total };
  };
  /** Of groups that were found, the rows of another period. */
  const counterpartsOf = async (of: readonly CountedGroup[], { planned, counterparts }: PlannedComparison) => {
    const others = of.map((group) => inOther(normalized, group, counterparts, zone));
    const hashes = new Set(others.flatMap((other) => (other ? [hashOf(other.stored)] : [])));
    const { groups, numbers } = await count(planned, [...hashes]);
    const known = new Map(groups.map(({ stored, counts }) => [JSON.stringify(stored), counts]));
    return others.map(
      (other) =>
        other && rowOf(normalized, { ...other, counts: known.get(JSON.stringify(other.stored)) ?? {} }, numbers),
    );
  };
  return {
    rows,
    /** The rows with those of another period beside them: of a page of groups, after it is known which they are. */
    compared: async (planned: PlannedQuery, places: Places, comparison: PlannedComparison): Promise<Rows> => {
      if (places === null) {
        const found = await rows(planned, null);
        return { ...found, rows: compared(found.rows, await counterpartsOf(found.groups, comparison)) };
      }
      const [found, other] = await Promise.all([rows(planned, places), rows(comparison.planned, comparison.places)]);
      return { ...found, rows: compared(found.rows, inPlace(found.rows, other.rows, comparison.counterparts)) };
    },
  };
};

interface Rows {
  readonly rows: AnswerRow[];
  readonly groups: readonly CountedGroup[];
  readonly total: number;
}

interface PlannedComparison extends OtherPeriod {
  readonly planned: PlannedQuery;
}
