import type {
  DateRange,
  Filter,
  FilterName,
  GroupName,
  Question,
  TimeDimension,
} from '../../packages/collector/src/query/stats/query.ts';
import { type Calendar, daysLater, mondayOf, type WallClock } from './calendar.ts';
import { type CountedHit, duration, filedUnder, isBounce, type Textbook } from './model.ts';

/** The numbers of a group. */
export interface Numbers {
  /** Different browsers a day, summed over the days. */
  readonly visitors: number;
  /** Those of them whose first visit of the day is in the group: what can be told without knowing anyone. */
  readonly firstVisits: number;
  readonly visits: number;
  readonly pageviews: number;
  readonly events: number;
  readonly views_per_visit: number | null;
  readonly bounce_rate: number | null;
  readonly visit_duration: number | null;
  /** Of all currencies together: asked for where there is one. */
  readonly revenue: number;
}

/** Groups of an answer, by their values as JSON. */
export type Groups = ReadonlyMap<string, Numbers>;

/** A site's textbook at a moment, in Unix seconds: answers a question by going through all the hits. */
export const askTextbook = (book: Textbook, now: number): ((question: Question) => Groups) => {
  const { hits, calendar } = book;
  const hours = calendar.yearBefore(now);
  return ({ dimensions = [], filters = [], date_range }) => {
    const range = rangeOf(date_range, book, now);
    const labels = dimensions.map((name) => labelsOf(name, calendar));
    const groups = new Map(
      emptyGroups(dimensions, hours.filter(range), calendar).map((key) => [key, [] as CountedHit[]]),
    );
    for (const hit of hits) {
      if (!range(hit.visit) || !filters.every((filter) => holds(filter, hit))) continue;
      for (const values of everyChoice(labels.map((label) => label(hit)))) {
        if (values.includes('')) continue;
        const key = JSON.stringify(values);
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [hit]);
        else group.push(hit);
      }
    }
    return new Map([...groups].map(([key, group]) => [key, numbersOf(group)]));
  };
};

/** Groups that an answer has even with nothing in them: the whole; every hour, day, week or month that has begun. */
const emptyGroups = (dimensions: readonly GroupName[], begun: readonly WallClock[], calendar: Calendar): string[] => {
  if (dimensions.length === 0) return [JSON.stringify([])];
  if (dimensions.length > 1) return [];
  const name = timeIn(dimensions[0]);
  return name === null ? [] : begun.map((time) => JSON.stringify([timeLabel(name, time, calendar)]));
};

/** Every way to take one entry of each list. */
const everyChoice = (lists: readonly (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>(
    (choices, list) => choices.flatMap((choice) => list.map((entry) => [...choice, entry])),
    [[]],
  );

const numbersOf = (hits: readonly CountedHit[]): Numbers => {
  const visits = [...new Set(hits.map(({ visit }) => visit))];
  const pageviews = hits.filter(({ kind }) => kind === 'view').length;
  const seconds = visits.reduce((sum, visit) => sum + duration(visit), 0);
  return {
    visitors: new Set(visits.map(({ browser, day }) => `${day} ${browser}`)).size,
    firstVisits: visits.filter(({ first }) => first).length,
    visits: visits.length,
    pageviews,
    events: hits.length - pageviews,
    views_per_visit: ratio(pageviews, visits.length, 2),
    bounce_rate: ratio(100 * visits.filter(isBounce).length, visits.length, 1),
    visit_duration: ratio(seconds, visits.length, 0),
    revenue: hits.reduce((sum, { revenue }) => sum + Math.round((revenue?.[0] ?? 0) * 1000), 0) / 1000,
  };
};

/** Rounded in whole numbers, a half up; null if there is nothing to divide by. */
const ratio = (sum: number, visits: number, decimals: number): number | null => {
  if (visits === 0) return null;
  const unit = 10 ** decimals;
  return Math.floor((2 * sum * unit + visits) / (2 * visits)) / unit;
};

const holds = (filter: Filter, hit: CountedHit): boolean => {
  switch (filter[0]) {
    case 'is':
      return filter[2].includes(filedUnder(hit, filter[1]));
    case 'is_not':
      return !filter[2].includes(filedUnder(hit, filter[1]));
    case 'contains':
      return hasPart(filedUnder(hit, filter[1]), filter[2]);
    case 'contains_not':
      return !hasPart(filedUnder(hit, filter[1]), filter[2]);
    case 'and':
      return filter[1].every((part) => holds(part, hit));
    case 'or':
      return filter[1].some((part) => holds(part, hit));
    case 'not':
      return !holds(filter[1], hit);
  }
};

const hasPart = (text: string, parts: readonly string[]): boolean =>
  parts.some((part) => text.toLowerCase().includes(part.toLowerCase()));

/** True for a visit that began in the range. */
type Range = (began: WallClock) => boolean;

const rangeOf = (asked: DateRange, { calendar, firstDay }: Textbook, now: number): Range => {
  const today = calendar.read(now).day;
  switch (asked) {
    case 'day':
      return daysBetween(today, today);
    case '7d':
      return daysBetween(daysLater(today, -6), today);
    case '28d':
      return daysBetween(daysLater(today, -27), today);
    case '30d':
      return daysBetween(daysLater(today, -29), today);
    case 'month':
      return daysBetween(`${today.slice(0, 7)}-01`, today);
    case 'year':
      return daysBetween(`${today.slice(0, 4)}-01-01`, today);
    case 'all':
      return daysBetween(firstDay, today);
    case '24h':
      return hoursBetween(calendar.read(now - 23 * 3600).hour, calendar.read(now).hour);
    default:
      return ownRange(asked, calendar);
  }
};

const ownRange = ([from, to]: readonly [string, string], calendar: Calendar): Range => {
  if (from.length === '2036-03-30'.length) return daysBetween(from, to);
  // The second that ends it is left out, or the last one.
  const [first, second] = [from, to].map((time) => Date.parse(time) / 1000) as [number, number];
  return hoursBetween(first, calendar.read(second - 1).hour);
};

const daysBetween =
  (first: string, last: string): Range =>
  ({ day }) =>
    first <= day && day <= last;

const hoursBetween =
  (first: number, last: number): Range =>
  ({ hour }) =>
    first <= hour && hour <= last;

/** The groups of a dimension that a hit is in: one, but as many as it has properties. */
const labelsOf = (name: GroupName, calendar: Calendar): ((hit: CountedHit) => readonly string[]) => {
  const time = timeIn(name);
  if (time !== null) return ({ visit }) => [timeLabel(time, visit, calendar)];
  if (name === 'event:property') return ({ props }) => [...props.keys()];
  if (name === 'drop:reason' || name === 'open:name') throw new Error(`The textbook keeps no list for ${name}.`);
  return (hit) => [filedUnder(hit, name as FilterName)];
};

const timeIn = (name: GroupName | undefined): TimeDimension | null =>
  name === 'time:hour' || name === 'time:day' || name === 'time:week' || name === 'time:month' ? name : null;

const timeLabel = (name: TimeDimension, { day, hour }: WallClock, calendar: Calendar): string => {
  switch (name) {
    case 'time:hour':
      return calendar.write(hour);
    case 'time:day':
      return day;
    case 'time:week':
      return mondayOf(day);
    case 'time:month':
      return `${day.slice(0, 7)}-01`;
  }
};
