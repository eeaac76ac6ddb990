import { addDays } from '@passerby/collector/calendar-day';
import type { TimeDimension } from '@passerby/collector/query';
import { endOfMonth, lastSecondOf, type Period } from './period.ts';

/** Widths that the chart's steps can have. */
const GRAINS = ['hour', 'day', 'week', 'month'] as const;
/** One of {@link GRAINS}. */
export type Grain = (typeof GRAINS)[number];

/** True for the name of a grain. */
export const isGrain = (name: string | null): name is Grain => GRAINS.some((grain) => grain === name);

/** Weeks by the day of the week on which they begin, 7 for Sunday; all others begin on Monday. */
const WEEKS: Readonly<Record<number, TimeDimension>> = { 6: 'time:week_saturday', 7: 'time:week_sunday' };

/** The dimension of a question that is answered by the step. @param weekday on which the reader's weeks begin, 1 for Monday */
export const timeDimension = (grain: Grain, weekday: number): TimeDimension =>
  (grain === 'week' ? WEEKS[weekday] : undefined) ?? `time:${grain}`;

/** The step that a dimension answers by. */
export const grainIn = (dimension: string | undefined): Grain | null =>
  GRAINS.find((grain) => dimension?.startsWith(`time:${grain}`)) ?? null;

/** Days of a period for which a grain can be chosen: the least and the most. */
const FITS: Record<Grain, readonly [least: number, most: number]> = {
  hour: [1, 8],
  day: [2, 400],
  week: [14, 3700],
  month: [60, Number.POSITIVE_INFINITY],
};

/** Longest periods that are drawn by the day and by the week unless the reader says otherwise. */
const DAYS_BY_DAY = 93;
const DAYS_BY_WEEK = 1100;

/** Steps that the chart can have over so many days. */
export const grainsOf = (days: number): Grain[] =>
  GRAINS.filter((grain) => days >= FITS[grain][0] && days <= FITS[grain][1]);

/** Steps of the chart over so many days if the reader has not chosen: hours for a day, days to three months, then weeks. */
export const usualGrain = (days: number): Grain => {
  if (days <= 1) return 'hour';
  if (days <= DAYS_BY_DAY) return 'day';
  return days <= DAYS_BY_WEEK ? 'week' : 'month';
};

/** What the reader chose where it can be had, else what is usual. */
export const grainOf = (chosen: Grain | null, days: number): Grain =>
  chosen && grainsOf(days).includes(chosen) ? chosen : usualGrain(days);

/** Last day of the step that begins with a label. */
export const endOf = (label: string, grain: Grain): string => {
  if (grain === 'week') return addDays(label, 6);
  return grain === 'month' ? endOfMonth(label) : label;
};

/** The period from one step to another, not beyond today. */
export const periodOfSteps = (from: string, to: string, grain: Grain, today: string): Period => {
  if (grain === 'hour') return [from, lastSecondOf(to)];
  const end = endOf(to, grain);
  return [from, end > today ? today : end];
};

const HOUR_MS = 3_600_000;

/** Whether a step is over, under way, or to come. @param now Unix milliseconds. @param today The site's day. */
export const tenseOf = (label: string, grain: Grain, now: number, today: string): 'past' | 'present' | 'future' => {
  if (grain === 'hour') {
    const start = Date.parse(label);
    return start > now ? 'future' : start + HOUR_MS > now ? 'present' : 'past';
  }
  if (label > today) return 'future';
  return endOf(label, grain) >= today ? 'present' : 'past';
};
