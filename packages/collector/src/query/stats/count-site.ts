import type { Site } from '../../sites/site.ts';
import type { QueryContext, Range } from '../period/range.ts';
import { completeFrom } from './completeness.ts';
import { countedFrom } from './counted-from.ts';
import { countAllGroups } from './execute.ts';
import type { Count } from './metrics.ts';
import type { NormalizedQuery } from './normalize.ts';
import { settlePatterns } from './patterns.ts';
import type { Part } from './plan/part.ts';
import { planFor } from './plan/plan.ts';
import { planQuestion } from './plan/plan-question.ts';
import type { CountedGroup } from './result.ts';
import type { QueryDeps } from './run.ts';
import { spell } from './spell.ts';
import { countsIn } from './sql/statement.ts';
import { countedOtherwise, incomplete, type Warnings } from './warnings.ts';

/** What one site adds to an answer about several. */
export interface SiteCounts {
  readonly groups: readonly CountedGroup[];
  /** Visitors without the groups, if a metric asks for them. */
  readonly everybody: number;
  readonly parts: readonly Part[];
  readonly warnings: Warnings;
  readonly completeFrom: string;
}

/** A question as one site resolves it. */
export interface OfSite {
  readonly normalized: NormalizedQuery;
  readonly context: QueryContext;
  /** What is counted: the range of the question, or what it is compared with. */
  readonly counted: Range;
  readonly range: Range;
}

/**
 * Counts all groups of a site.
 * @param listed counts of which a group must have one; none: all groups are of use
 */
export const countSite = async (
  { store, countedSince = null, sliceHits }: QueryDeps,
  site: Site,
  { normalized, context, counted, range }: OfSite,
  listed: readonly Count[],
): Promise<SiteCounts> => {
  const settled = { ...normalized, filters: await settlePatterns(store, normalized.filters) };
  const planning = { countedFrom: countedFrom(countedSince, context.zone) };
  const planned = planQuestion(settled, counted, range, site, planning);
  const missing = listed.filter((count) => !countsIn(planned.parts).includes(count));
  const extra = planFor(settled, missing, counted, planning).filter(
    ({ source }) => source.table === 'sums' || site.hitsDays > 0,
  );
  const spelled = await spell(store, site.id, settled, [counted]);
  const counting = (of: NormalizedQuery, parts: readonly Part[]): Promise<CountedGroup[]> =>
    countAllGroups(
      store,
      { statistics: { normalized: of, site: site.id }, parts, listed: [], zone: context.zone },
      sliceHits,
    );
  const parts = [...planned.parts, ...extra];
  const [groups, [all]] = await Promise.all([
    counting(spelled, parts),
    counting({ ...spelled, dimensions: [] }, planned.ofEverybody),
  ]);
  const asked = [...parts, ...planned.ofEverybody];
  return {
    groups: listed.length === 0 ? groups : groups.filter(({ counts }) => isListed(counts, listed)),
    everybody: all?.counts.visitors ?? 0,
    parts: asked,
    warnings: new Map([
      ...countedOtherwise(settled, planned, counted, planning),
      ...(counted === range ? [] : incomplete(settled, planned, counted, (of) => completeFrom(of, site, context))),
      ...planned.warnings,
    ]),
    completeFrom: completeFrom(asked, site, context),
  };
};

const isListed = (counts: CountedGroup['counts'], listed: readonly Count[]): boolean =>
  listed.some((count) => (counts[count] ?? 0) > 0);
