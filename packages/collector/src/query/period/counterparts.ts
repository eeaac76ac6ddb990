import type { TimeDimension } from '../stats/query.ts';
import type { Compared } from './comparison-period.ts';

/**
 * The time groups of the other period by those of the range in whose places they stand. Days are paired by the calendar,
 * and hours by the clock on the wall, where the periods' days differ by whole ones: hours that only one of the days has
 * stand alone. All else is paired in order.
 */
export const counterpartsOf = (
  time: TimeDimension,
  labels: readonly string[],
  others: readonly string[],
  dayOf: Compared['dayOf'],
): ReadonlyMap<string, string> => {
  const isByDay = dayOf !== null && (time === 'time:day' || time === 'time:hour');
  const pairs = isByDay
    ? byClock(labels, others, dayOf)
    : labels.map((label, index) => [label, others[index]] as const);
  return new Map(pairs.flatMap(([label, other]) => (other === undefined ? [] : [[label, other] as const])));
};

const byClock = (labels: readonly string[], others: readonly string[], dayOf: (day: string) => string | null) => {
  const known = new Map(numbered(others).map(({ label, day, place }) => [day + place, label]));
  return numbered(labels).map(({ label, day, place }) => {
    const other = dayOf(day);
    return [label, other === null ? undefined : known.get(other + place)] as const;
  });
};

const DATE = 'YYYY-MM-DD'.length;

/** Day and hour of each; of an hour that comes twice, the second is another one. */
const numbered = (labels: readonly string[]) => {
  const met = new Map<string, number>();
  return labels.map((label) => {
    const hour = label.slice(0, 'YYYY-MM-DDTHH'.length);
    const count = (met.get(hour) ?? 0) + 1;
    met.set(hour, count);
    return { label, day: label.slice(0, DATE), place: `${hour.slice(DATE)} ${count}` };
  });
};
