import { latest, type Textbook, type Visit } from './model.ts';

/** How often each thing occurred that makes counting hard: a replay without them would prove little. */
export const troubles = (books: readonly Textbook[]): Readonly<Record<string, number>> => {
  const lists = books.map(troublesOf);
  const names = Object.keys(lists[0] ?? {});
  const browsers = books.map(({ visits }) => new Set(visits.map(({ browser }) => browser)));
  const all = browsers.flatMap((of) => [...of]);
  return {
    ...Object.fromEntries(names.map((name) => [name, lists.reduce((sum, list) => sum + (list[name] ?? 0), 0)])),
    'browsers on several sites': all.length - new Set(all).size,
    'browsers that share their address': new Set(all).size - new Set(all.map((browser) => browser.split(' ')[0])).size,
  };
};

const troublesOf = ({ calendar, dropped, visits }: Textbook): Record<string, number> => {
  const pauses = visits.flatMap(pausesIn);
  const neighbours = inTurn(visits);
  const count = (holds: (visit: Visit) => boolean): number => visits.filter(holds).length;
  const wall = (second: number): string => calendar.write(second).slice(0, '2036-10-26T02'.length);
  return {
    'items that come too late': dropped.late,
    'items that come twice': dropped.duplicate,
    'hits out of order': pauses.filter((seconds) => seconds < 0).length,
    'hits 29:59 later': pauses.filter((seconds) => seconds === 29 * 60 + 59).length,
    'visits that begin 30:00 later': neighbours.filter(([a, b]) => beginning(b) - latest(a) === 30 * 60).length,
    'visits that begin 30:01 later': neighbours.filter(([a, b]) => beginning(b) - latest(a) === 30 * 60 + 1).length,
    'visits over local midnight': count((visit) => spans(visit, (time) => calendar.read(time).day)),
    'visits over midnight in UTC': count((visit) => spans(visit, utcDay)),
    'visits over two midnights in UTC': count(({ hits }) => new Set(hits.map(({ time }) => utcDay(time))).size > 2),
    'days of a browser over midnight in UTC': neighbours.filter(
      ([a, b]) => a.day === b.day && utcDay(latest(a)) < utcDay(beginning(b)),
    ).length,
    'visits in an hour that comes twice': count(({ hour }) =>
      [hour - 3600, hour + 3600].some((other) => wall(other) === wall(hour)),
    ),
    'visits without a view': count(({ hits }) => hits.every(({ kind }) => kind === 'event')),
    'visits after the first of the day': count(({ first }) => !first),
  };
};

const utcDay = (second: number): number => Math.floor(second / 86_400);

const beginning = ({ hits }: Visit): number => hits[0]?.time ?? 0;

const pausesIn = ({ hits }: Visit): number[] => hits.slice(1).map(({ time }, index) => time - (hits[index]?.time ?? 0));

/** Each visit with the same browser's next. */
const inTurn = (visits: readonly Visit[]): [Visit, Visit][] =>
  visits.flatMap((visit, index): [Visit, Visit][] => {
    const next = visits[index + 1];
    return next?.browser === visit.browser ? [[visit, next]] : [];
  });

const spans = ({ hits }: Visit, dayOf: (time: number) => string | number): boolean =>
  new Set(hits.map(({ time }) => dayOf(time))).size > 1;
