import { addDays, addMonths, mondayOf } from '../../lib/calendar-day.ts';

/** Days that a calendar counts together. */
interface Unit {
  /** First day of the unit that a day lies in. */
  of(day: string): string;
  /** The day so many units later, or earlier. */
  add(day: string, count: number): string;
}

const DAY: Unit = { of: (day) => day, add: addDays };
const WEEK: Unit = { of: mondayOf, add: (day, count) => addDays(day, 7 * count) };
const MONTH: Unit = { of: (day) => `${day.slice(0, 7)}-01`, add: addMonths };
const YEAR: Unit = { of: (day) => `${day.slice(0, 4)}-01-01`, add: (day, count) => addMonths(day, 12 * count) };

/** So many units in a row: the last one is under way, or is the last that is over. */
interface NamedRange {
  readonly unit: Unit;
  readonly count: number;
  readonly isOver?: true;
}

/** Named ranges whose days today alone decides. */
const RANGES = {
  day: { unit: DAY, count: 1 },
  yesterday: { unit: DAY, count: 1, isOver: true },
  '7d': { unit: DAY, count: 7 },
  '28d': { unit: DAY, count: 28 },
  '30d': { unit: DAY, count: 30 },
  '91d': { unit: DAY, count: 91 },
  last_week: { unit: WEEK, count: 1, isOver: true },
  month: { unit: MONTH, count: 1 },
  last_month: { unit: MONTH, count: 1, isOver: true },
  '6mo': { unit: MONTH, count: 6 },
  '12mo': { unit: MONTH, count: 12 },
  year: { unit: YEAR, count: 1 },
  last_year: { unit: YEAR, count: 1, isOver: true },
} as const satisfies Record<string, NamedRange>;

/** Name of a range of whole days that today alone decides. */
export type NamedDays = keyof typeof RANGES;

/** Ranges of whole days that today alone decides. */
export const NAMED_DAYS = Object.keys(RANGES) as readonly NamedDays[];

/** Ranges that have a name; which days each has is told by `DateRange` in `query.ts`. */
export const RANGE_NAMES = [...NAMED_DAYS, '24h', 'all'] as const;

/**
 * First and last day of a named range, also those of its last month or year that are to come.
 *
 * @example daysOfNamed('month', '2026-06-10') // ['2026-06-01', '2026-06-30']
 */
export const daysOfNamed = (name: NamedDays, today: string): readonly [string, string] => {
  const { unit, count, isOver }: NamedRange = RANGES[name];
  const end = unit.add(unit.of(today), isOver ? 0 : 1);
  return [unit.add(end, -count), addDays(end, -1)];
};

/** To the day that is as many days, weeks, months or years earlier as a range has, −1, or later, 1. */
export const shiftedByNamed =
  (name: NamedDays) =>
  (day: string, direction: -1 | 1): string => {
    const { unit, count }: NamedRange = RANGES[name];
    return unit.add(day, count * direction);
  };

/** True for the name of a range of days. */
export const isNamedDays = (range: unknown): range is NamedDays =>
  typeof range === 'string' && Object.hasOwn(RANGES, range);
