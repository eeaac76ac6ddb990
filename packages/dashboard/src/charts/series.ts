import type { Answer } from '../api/client.ts';
import { endOf, type Grain, tenseOf } from '../state/grain.ts';
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
  /** Only a part of it is counted: it is unfinished, or began before the period or the data, or ends after the period. */
  readonly partial: boolean;
}

/**
 * The steps of an answer grouped by time alone, with its last metric. Weeks and months that lie before all data are none:
 * they begin with the first day that there is.
 *
 * @param now Unix milliseconds.
 * @param timezone The site's.
 */
export const stepsOf = ({ results, meta, query }: Answer, grain: Grain, now: number, timezone: string): Step[] => {
  const [from, to] = query.date_range.map((end) => end.slice(0, DATE)) as [string, string];
  const isOfDays = grain === 'week' || grain === 'month';
  const isBeforeData = (label: string): boolean => endOf(label.slice(0, DATE), grain) < meta.complete_from;
  const isCut = (label: string): boolean =>
    isOfDays && (label < from || label < meta.complete_from || endOf(label, grain) > to);
  const rows = new Map(results.map((row) => [row.dimensions[0], row]));
  const today = localDay(now, timezone);
  const labels = meta.time_labels ?? results.map(({ dimensions }) => dimensions[0] ?? '');
  const begins = isOfDays ? labels.findIndex((label) => !isBeforeData(label)) : 0;
  return labels.slice(Math.max(0, begins)).map((label) => {
    const row = rows.get(label);
    const tense = tenseOf(label, grain, now, today);
    const beforeLabel = row?.comparison?.dimensions[0];
    return {
      label,
      value: tense === 'future' ? null : (row?.metrics.at(-1) ?? null),
      before:
        beforeLabel === undefined || isBeforeData(beforeLabel)
          ? null
          : { label: beforeLabel, value: row?.comparison?.metrics.at(-1) ?? null },
      unfinished: tense === 'present',
      partial: tense === 'present' || (tense === 'past' && isCut(label)),
    };
  });
};

const DATE = 'YYYY-MM-DD'.length;

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
