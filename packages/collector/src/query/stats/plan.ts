import { HOUR, TOTAL } from '../../store/dimensions.ts';
import type { Range } from '../period/range.ts';
import { COUNTER_DIMENSIONS, dimensionOf, type ValueName } from './dimensions.ts';
import { COUNTS, countsOf } from './metrics.ts';
import { counterDimensionOf, filteredOf, groupsOf, type NormalizedQuery, timeOf } from './normalize.ts';

/** Where the numbers of an answer come from. */
export type Plan = SumsPlan | HitsPlan;

/** From one rollup, which adds up. */
export interface SumsPlan {
  readonly source: 'sums';
  /** Number of the rollup. */
  readonly rollup: number;
  /** Which of the rollup's formulas counts: see `COUNTS`. */
  readonly formula: 'increment' | 'seen' | 'exits';
  /** Only the values that the question's one filter names; else all. */
  readonly isFiltered: boolean;
}

/** From single hits. */
export interface HitsPlan {
  readonly source: 'hits';
  /** `increment`: hits add up. `matched`: the hits that match are put together by visit first, then visits add up. */
  readonly formula: 'increment' | 'matched';
  /** Something is needed that only a whole visit knows: its exit page, or whether it bounced and how long it took. */
  readonly wholeVisits: boolean;
}

/**
 * Chooses the cheapest source that answers a question over all of these ranges exactly: `sums` if it touches at most one
 * dimension beside time, which the store rolls up, else `hits`. What belongs to no visit is in `sums` alone.
 */
export const planFor = (normalized: NormalizedQuery, ranges: readonly Range[], only?: 'hits'): Plan => {
  const counter = counterDimensionOf(normalized);
  if (counter) return { source: 'sums', rollup: COUNTER_DIMENSIONS[counter], formula: 'increment', isFiltered: false };
  return (only === 'hits' ? null : sumsPlan(normalized, ranges)) ?? hitsPlan(normalized);
};

const sumsPlan = (normalized: NormalizedQuery, ranges: readonly Range[]): SumsPlan | null => {
  const [name, another] = touchedBy(normalized);
  const byHour = timeOf(normalized) === 'time:hour' || ranges.some(({ hours }) => hours !== null);
  if (!name) return { source: 'sums', rollup: byHour ? HOUR : TOTAL, formula: 'increment', isFiltered: false };
  const values = filteredValues(normalized);
  if (another || byHour || values === 'more') return null;
  return rollupPlan(normalized, name, values);
};

const touchedBy = (normalized: NormalizedQuery): ValueName[] => [
  ...new Set([...groupsOf(normalized), ...filteredOf(normalized)]),
];

/** Values of the one `is` filter; null: no filter; `more`: something that a rollup cannot answer, as it has no empty values. */
const filteredValues = ({ filters }: NormalizedQuery): readonly string[] | null | 'more' => {
  const [filter, another] = filters;
  if (!filter) return null;
  return !another && filter[0] === 'is' && !filter[2].includes('') ? filter[2] : 'more';
};

const rollupPlan = (
  normalized: NormalizedQuery,
  name: ValueName,
  values: readonly string[] | null,
): SumsPlan | null => {
  const { rollup, scope } = dimensionOf(name === EXIT ? 'event:page' : name);
  const formula = name === EXIT ? 'exits' : scope === 'hit' ? 'seen' : 'increment';
  if (rollup === null || !countsOf(normalized.metrics).every((count) => COUNTS[count][formula] !== null)) return null;
  // A visit that saw two of the pages is in the rollup twice.
  const addsUp =
    formula !== 'seen' || groupsOf(normalized).length > 0 || values?.length === 1 || countsHits(normalized);
  return addsUp ? { source: 'sums', rollup, formula, isFiltered: values !== null } : null;
};

const EXIT: ValueName = 'visit:exit_page';

const countsHits = ({ metrics }: NormalizedQuery): boolean =>
  countsOf(metrics).every((count) => count === 'views' || count === 'events');

const hitsPlan = (normalized: NormalizedQuery): HitsPlan => {
  const touched = touchedBy(normalized);
  const matched = touched.some((name) => dimensionOf(name).scope === 'hit');
  const ofVisits = matched && countsOf(normalized.metrics).some((count) => count === 'bounces' || count === 'seconds');
  return {
    source: 'hits',
    formula: matched ? 'matched' : 'increment',
    wholeVisits: touched.includes(EXIT) || ofVisits,
  };
};
