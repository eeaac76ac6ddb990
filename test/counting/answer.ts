import type { FilterName, GroupName, Question, TimeDimension } from '../../packages/collector/src/query/stats/query.ts';
import { type Calendar, daysLater, mondayOf, type WallClock } from './calendar.ts';
import { holds } from './conditions.ts';
import { meaningless, type Reason } from './meaning.ts';
import { filedUnder, type Hit, type Textbook } from './model.ts';
import { type Matches, noMatches, numbersOf, visitorsOf } from './numbers.ts';
import { rangeOf } from './ranges.ts';

/** What an answer has to say. */
export interface Expected {
  /** The numbers that were asked for, by the values of their group as JSON. */
  readonly groups: ReadonlyMap<string, readonly (number | null)[]>;
  /** Why a number is none. */
  readonly reasons: Readonly<Record<string, Reason>>;
}

/** A site's textbook at a moment, in Unix seconds: answers a question by going through all the hits. */
export const askTextbook = (book: Textbook, now: number): ((question: Question) => Expected) => {
  const { calendar } = book;
  const hours = calendar.hoursBefore(now, MOST_DAYS);
  return (question) => {
    const { filters = [], metrics } = question;
    const dimensions = (question.dimensions ?? []).map(withStep);
    const range = rangeOf(question.date_range, book, now);
    const groups = new Map<string, Matches>();
    const enter = (list: keyof Matches, hit: Hit, when: WallClock): void => {
      for (const values of groupsOf(hit, when, dimensions, calendar)) {
        const key = JSON.stringify(values);
        const group = groups.get(key) ?? noMatches();
        groups.set(key, group);
        group[list].push(hit);
      }
    };
    const matching = book.hits.filter((hit) => filters.every((filter) => holds(filter, hit)));
    const happened = matching.filter(({ stands }) => range(stands));
    for (const hit of happened) enter('happened', hit, hit.stands);
    for (const hit of matching) if (range(hit.visit)) enter('begun', hit, hit.visit);
    const listed = new Set([...groups.keys(), ...emptyGroups(dimensions, () => hours.filter(range), calendar)]);
    for (const hit of book.engagements)
      if (range(hit.stands) && filters.every((filter) => holds(filter, hit))) enter('engaged', hit, hit.stands);
    const reasons = meaningless(question, book, now);
    const everybody = visitorsOf(happened);
    const row = (key: string): (number | null)[] => {
      const numbers = numbersOf(groups.get(key) ?? noMatches(), everybody);
      return metrics.map((metric) => (metric in reasons ? null : numbers[metric]));
    };
    return { groups: new Map([...listed].map((key) => [key, row(key)])), reasons };
  };
};

/** The whole of last year may be as far away. */
const MOST_DAYS = 2 * 366;

const withStep = (name: GroupName | 'time'): GroupName => {
  if (name === 'time') throw new Error('The textbook is asked for a step of time.');
  return name;
};

/** Groups that an answer has even with nothing in them: the whole; every hour, day, week or month that has begun. */
const emptyGroups = (
  dimensions: readonly GroupName[],
  begun: () => readonly WallClock[],
  calendar: Calendar,
): string[] => {
  if (dimensions.length === 0) return [JSON.stringify([])];
  if (dimensions.length > 1) return [];
  const name = timeIn(dimensions[0]);
  return name === null ? [] : begun().map((time) => JSON.stringify([timeLabel(name, time, calendar)]));
};

/** The groups that a hit is in: of a dimension one, but as many as it has properties; none where it has no value. */
const groupsOf = (hit: Hit, when: WallClock, dimensions: readonly GroupName[], calendar: Calendar): string[][] =>
  everyChoice(dimensions.map((name) => labelsOf(name, hit, when, calendar).filter((label) => label !== '')));

/** Every way to take one entry of each list. */
const everyChoice = (lists: readonly (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>(
    (choices, list) => choices.flatMap((choice) => list.map((entry) => [...choice, entry])),
    [[]],
  );

const labelsOf = (name: GroupName, hit: Hit, when: WallClock, calendar: Calendar): readonly string[] => {
  const time = timeIn(name);
  if (time !== null) return [timeLabel(time, when, calendar)];
  if (name === 'event:property') return [...hit.props.keys()];
  if (name === 'drop:reason' || name === 'open:name') throw new Error(`The textbook keeps no list for ${name}.`);
  return [filedUnder(hit, name as FilterName)];
};

const timeIn = (name: GroupName | undefined): TimeDimension | null =>
  name?.startsWith('time:') ? (name as TimeDimension) : null;

const timeLabel = (name: TimeDimension, { day, hour }: WallClock, calendar: Calendar): string => {
  switch (name) {
    case 'time:hour':
      return calendar.write(hour);
    case 'time:day':
      return day;
    case 'time:week':
      return mondayOf(day);
    case 'time:week_sunday':
      return daysLater(mondayOf(daysLater(day, 1)), -1);
    case 'time:week_saturday':
      return daysLater(mondayOf(daysLater(day, 2)), -2);
    case 'time:month':
      return `${day.slice(0, 7)}-01`;
  }
};
