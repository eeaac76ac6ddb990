import { type Hit, isBounce, latest, type Textbook, type Visit } from './model.ts';

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

const troublesOf = (book: Textbook): Record<string, number> => ({
  'items that come too late': book.dropped.late,
  'items that come twice': book.dropped.duplicate,
  ...ofTime(book),
  ...ofVisits(book),
  ...ofDays(book),
  ...ofEngagement(book),
});

const ofTime = ({ calendar, hits, visits }: Textbook): Record<string, number> => {
  const pauses = visits.flatMap(pausesIn);
  const neighbours = inTurn(visits);
  const wall = (second: number): string => calendar.write(second).slice(0, '2036-10-26T02'.length);
  return {
    'hits out of order': pauses.filter((seconds) => seconds < 0).length,
    'hits 29:59 later': pauses.filter((seconds) => seconds === 29 * 60 + 59).length,
    'visits that begin 30:00 later': neighbours.filter(([a, b]) => beginning(b) - latest(a) === 30 * 60).length,
    'visits that begin 30:01 later': neighbours.filter(([a, b]) => beginning(b) - latest(a) === 30 * 60 + 1).length,
    'visits that only midnight parts': neighbours.filter(
      ([a, b]) => a.day < b.day && beginning(b) - latest(a) < 30 * 60,
    ).length,
    'hits from before midnight that come after those of the new day': late(hits, ({ stands }) => stands.day),
    'hits of an hour that come after those of the next': late(hits, ({ stands }) => stands.hour),
    'visits over an hour': count(visits, (visit) => visit.hits.some(({ stands }) => stands.hour !== visit.hour)),
    'visits over midnight in UTC': count(visits, ({ hits }) => new Set(hits.map(({ time }) => utcDay(time))).size > 1),
    'visits in an hour that comes twice': count(visits, ({ hour }) =>
      [hour - 3600, hour + 3600].some((other) => wall(other) === wall(hour)),
    ),
  };
};

const ofVisits = ({ visits }: Textbook): Record<string, number> => ({
  'visits without a view': count(visits, ({ hits }) => hits.every(({ kind }) => kind === 'event')),
  'bounces with an event': count(visits, (visit) => isBounce(visit) && visit.hits.length > 1),
  'bounces that begin with an event': count(visits, (visit) => isBounce(visit) && visit.hits[0]?.kind === 'event'),
  'visits with one view that are no bounce': count(
    visits,
    (visit) => visit.hits.filter(({ kind }) => kind === 'view').length === 1 && !isBounce(visit),
  ),
  'visits that end on an event': count(visits, ({ hits }) => hits.at(-1)?.kind === 'event'),
  'visits that go back to a page': count(visits, ({ hits }) =>
    hits.some(
      ({ page }, at) => at > 1 && hits[at - 1]?.page !== page && hits.slice(0, at - 1).some((hit) => hit.page === page),
    ),
  ),
});

/** What differs between the visits of a browser on one day. */
const ofDays = ({ visits }: Textbook): Record<string, number> => {
  const days = groupBy(visits, ({ browser, day }) => `${day} ${browser}`);
  const differ = (value: (visit: Visit) => string | undefined): number =>
    [...days.values()].filter((of) => new Set(of.map(value)).size > 1).length;
  return {
    'days with another source': differ(({ facts }) => facts['visit:source']),
    'days with another language': differ(({ facts }) => facts['visit:language']),
    'days with another screen': differ(({ facts }) => facts['visit:screen']),
    'days with another entry page': differ(({ hits }) => hits[0]?.page),
    'days with another hostname': differ(({ hits }) => hits[0]?.hostname),
  };
};

const ofEngagement = ({ calendar, engagements, strayed }: Textbook): Record<string, number> => ({
  'engagement that belongs to no visit': strayed,
  'engagement after midnight': engagements.filter(({ visit, time }) => calendar.read(time).day !== visit.day).length,
  'engagement in another hour': engagements.filter(({ stands, visit }) => stands.hour !== visit.hour).length,
  'engagement with a page that the visit has not': engagements.filter(
    ({ page, visit }) => !visit.hits.some((hit) => hit.page === page),
  ).length,
});

const utcDay = (second: number): number => Math.floor(second / 86_400);

const beginning = ({ hits }: Visit): number => hits[0]?.time ?? 0;

const count = (visits: readonly Visit[], holds: (visit: Visit) => boolean): number => visits.filter(holds).length;

const pausesIn = ({ hits }: Visit): number[] => hits.slice(1).map(({ time }, index) => time - (hits[index]?.time ?? 0));

/** Hits before which the same browser had one in a later stretch of time. */
const late = <T extends string | number>(hits: readonly Hit[], stretch: (hit: Hit) => T): number => {
  const latestOf = new Map<string, T>();
  let found = 0;
  for (const hit of hits) {
    const known = latestOf.get(hit.visit.browser);
    if (known !== undefined && stretch(hit) < known) found += 1;
    else latestOf.set(hit.visit.browser, stretch(hit));
  }
  return found;
};

/** Each visit with the same browser's next. */
const inTurn = (visits: readonly Visit[]): [Visit, Visit][] =>
  [...groupBy(visits, ({ browser }) => browser).values()].flatMap((own) =>
    own.slice(1).map((visit, index): [Visit, Visit] => [own[index] ?? visit, visit]),
  );

const groupBy = <T>(list: readonly T[], key: (entry: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const entry of list) {
    const group = groups.get(key(entry));
    if (group === undefined) groups.set(key(entry), [entry]);
    else group.push(entry);
  }
  return groups;
};
