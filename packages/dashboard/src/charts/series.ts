import type { Answer } from '../api/client.ts';
import { type Grain, tenseOf } from '../state/grain.ts';
import { localDay } from '../state/period.ts';

/** One step of the chart. */
export interface Step {
  /** Time group: a local day, the first of a week or month, or the start of a local hour. */
  readonly label: string;
  /** Null: nothing to divide by, or not yet come. */
  readonly value: number | null;
  /** The same in the period before; null if there is none. */
  readonly before: { readonly label: string; readonly value: number | null } | null;
  /** `now` lies in it: the value still grows. */
  readonly unfinished: boolean;
}

/**
 * The steps of an answer grouped by time alone, with its last metric.
 *
 * @param now Unix milliseconds.
 * @param timezone The site's.
 */
export const stepsOf = ({ results, meta }: Answer, grain: Grain, now: number, timezone: string): Step[] => {
  const rows = new Map(results.map((row) => [row.dimensions[0], row]));
  const today = localDay(now, timezone);
  return (meta.time_labels ?? results.map(({ dimensions }) => dimensions[0] ?? '')).map((label) => {
    const row = rows.get(label);
    const tense = tenseOf(label, grain, now, today);
    const beforeLabel = row?.comparison?.dimensions[0];
    return {
      label,
      value: tense === 'future' ? null : (row?.metrics.at(-1) ?? null),
      before: beforeLabel === undefined ? null : { label: beforeLabel, value: row?.comparison?.metrics.at(-1) ?? null },
      unfinished: tense === 'present',
    };
  });
};

/** Change from one value to another in percent, with one decimal as answers have it; null if there is nothing to compare. */
export const changeOf = (value: number | null, before: number | null): number | null =>
  value === null || before === null || before <= 0 ? null : Math.round(((value - before) * 1000) / before) / 10;

/** At most this many lines above the base. */
const MAX_TICKS = 5;

/**
 * Values at which lines are drawn, from 0, at round steps.
 *
 * @example ticks(230) // [0, 50, 100, 150, 200, 250]
 */
export const ticks = (max: number, whole = true): number[] => {
  const least = Math.max(max, whole ? 1 : 0.01) / MAX_TICKS;
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 2.5, 3, 4, 5, 10]
    .map((factor) => factor * magnitude)
    .find((size) => size >= least && (!whole || Number.isInteger(size)));
  const size = step ?? 1;
  return Array.from({ length: Math.max(1, Math.ceil(max / size)) + 1 }, (_, index) => index * size);
};

/** Steps of a duration axis in seconds: people count time in sixties. */
const DURATION_STEPS = [1, 2, 3, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1200, 1800, 3600];

/** As {@link ticks}, for seconds. */
export const durationTicks = (max: number): number[] => {
  const size = DURATION_STEPS.find((step) => step * MAX_TICKS >= max) ?? Math.ceil(max / MAX_TICKS / 3600) * 3600;
  return Array.from({ length: Math.max(1, Math.ceil(max / size)) + 1 }, (_, index) => index * size);
};
