import { addDays, utcDay } from '../../lib/time-zone.ts';
import { countedSince } from '../../store/counted-since.ts';
import { CURRENCY, DIMENSIONS, HOUR, TOTAL } from '../../store/dimensions.ts';
import { isTooHeavy, StoreError } from '../../store/store-error.ts';
import { atMost, count, type Found, ok, skipped, warn, wrong } from '../finding.ts';
import { type Ask, askOf, NoStore, type Patient, type Say } from '../patient.ts';
import { namesOf, type SiteFacts, sitesIfKnown } from '../sites.ts';
import { reasonOf } from '../trouble.ts';
import { unsettledDays } from '../waiting.ts';
import { browsersOfHits, browsersOfSums, unclearDays } from './browsers.ts';
import { addedDetails, browserDetails, type Detail } from './details.ts';
import { type Difference, differences, GENTLY } from './differences.ts';
import { COMPARED, fingerprintsOfHits, fingerprintsOfSums, IN_SUMS, MOVES } from './fingerprint.ts';
import { halvesOf, type Slice, slicesOf } from './slices.ts';
import { windowsOf, within, withoutHits } from './window.ts';

/** Days of a site that are looked at once more, and told by themselves. */
const MOST_DAYS = 10;
/** Differences that are taken of a slice: what differs everywhere need not be listed. */
const MOST_FOUND = 2000;

const NOTHING = 'There is no day of which all hits are kept.';
const REPAIR = 'see "sums and hits" in docs/doctor.md';

/**
 * Compares `sums` with `hits`: for each site, day and dimension of which all hits are kept, the numbers that hits give by
 * the definitions of docs/counting.md. What differs is looked at once more while nothing is stored.
 */
export const checkSums = async (patient: Patient, say: Say): Promise<Found[]> => {
  const ask = askOf(patient);
  const sites = await sitesIfKnown(ask);
  const windows = await windowsOf(ask, sites, patient.now());
  const lost = await lostSites(patient, ask, sites);
  if (windows.length === 0) return lost.length > 0 ? lost : [ok(NOTHING)];
  const scope = { ...within(windows), last: lastDay(patient) };
  const slices = await slicesOf(ask, scope, windows.map(({ from }) => from).sort()[0] ?? '');
  const since = await sinceOf(ask, patient);
  const suspects = new Map<string, Day>();
  const unread: Found[] =
    since === NEVER
      ? [skipped('Visits and browsers of single values were not compared: since when they are counted cannot be read.')]
      : [];
  let compared = 0;
  for (let slice = slices.shift(); slice !== undefined; slice = slices.shift()) {
    say(`comparing sums with hits: ${slice.from} to ${slice.to}`);
    try {
      for (const day of await differingDays(ask, scope, slice, since)) suspects.set(keyOf(day), day);
      compared += slice.hits;
    } catch (error) {
      if (error instanceof NoStore || patient.signal.aborted || !(error instanceof StoreError)) throw error;
      const halves = isTooHeavy(error) ? halvesOf(slice) : [];
      slices.unshift(...halves);
      if (halves.length === 0)
        unread.push(skipped(`${slice.from} to ${slice.to} cannot be compared: ${reasonOf(error)}.`));
    }
  }
  const differing = await lookAgain(patient, ask, [...suspects.values()], since, namesOf(sites));
  differing.unshift(...lost);
  if (differing.length === 0 && unread.length === 0 && compared === 0) return [ok(NOTHING)];
  if (differing.length === 0 && compared > 0)
    unread.unshift(
      ok(`${count(compared, 'hit')} of ${count(windows.length, 'site')} give what sums says, day by day.`),
    );
  return [
    ...differing,
    ...atMost(MOST_DAYS, unread, (more) => skipped(`${count(more, 'range')} more cannot be read.`)),
  ];
};

/** A site that has just begun to keep hits looks like this until the first one comes: then it is right again by itself. */
const lostSites = async ({ now }: Patient, ask: Ask, sites: readonly SiteFacts[] | null): Promise<Found[]> => {
  const lost = await withoutHits(ask, sites, now());
  const name = namesOf(sites);
  return lost.length === 0
    ? []
    : [
        wrong(
          `There are sums of the last days of ${count(lost.length, 'site')}, as ${name(lost[0] ?? '')}, and no hit.`,
          REPAIR,
        ),
      ];
};

/** Where others store too, the days under way are never at rest. */
const lastDay = ({ engine, now }: Patient): string => (engine === 'embedded' ? NEVER : addDays(utcDay(now()), -2));

interface Scope {
  readonly where: string;
  readonly params: Readonly<Record<string, readonly string[]>>;
  readonly last: string;
}

/** A difference that is one. `browser`: of what hits give by visit and browser. */
type Judged = Difference & { readonly by: 'hit' | 'browser' };

/** A day of a site, and the dimensions in which it differs. */
interface Day {
  readonly site: string;
  readonly day: string;
  readonly found: readonly Judged[];
}

const keyOf = ({ site, day }: Pick<Day, 'site' | 'day'>): string => `${day} ${site}`;

const NEVER = '2149-06-06';

/** The first day that was counted as today from its beginning to its end; if that cannot be read, none is taken for one. */
const sinceOf = async (ask: Ask, { signal }: Patient): Promise<string> => {
  try {
    const since = await countedSince({ query: ask });
    return since === null ? '1970-01-01' : addDays(utcDay(since), 2);
  } catch (error) {
    if (signal.aborted) throw error;
    return NEVER;
  }
};

const differingDays = async (ask: Ask, scope: Scope, slice: Slice, since: string): Promise<Day[]> => {
  const params = { ...scope.params, from: slice.from, to: slice.to };
  return compare(ask, `day BETWEEN {from:Date} AND {to:Date} AND ${scope.where}`, params, since);
};

/** Days of some rows that differ. */
const compare = async (
  ask: Ask,
  where: string,
  params: Readonly<Record<string, string | readonly string[]>>,
  since: string,
): Promise<Day[]> => {
  const find = <T>(statement: string): Promise<T[]> => ask<T>(statement, { ...params, since });
  const added = await find<Difference>(differences(fingerprintsOfHits(where), fingerprintsOfSums(where), MOST_FOUND));
  const counted = `${where} AND day >= {since:Date}`;
  const derived = await find<Difference>(differences(browsersOfHits(counted), browsersOfSums(counted), MOST_FOUND));
  const isDoubtful = derived.length > 0 || added.some(({ dimension }) => dimension === MOVES);
  const unclear = isDoubtful ? await find<Pick<Day, 'site' | 'day'>>(`${unclearDays(where)} ${GENTLY}`) : [];
  return byDay(judged(added, derived, new Set(unclear.map(keyOf)), since));
};

/**
 * A browser is a visitor of what its first hit says: so say the hits that began a day, and after a purge the numbers of
 * those that are left. One of both is what `sums` has. Rows of before have no currencies in `sums`.
 */
const judged = (
  added: readonly Difference[],
  derived: readonly Difference[],
  isUnclear: ReadonlySet<string>,
  since: string,
): Judged[] => {
  const place = (one: Difference): string => `${keyOf(one)} ${one.dimension}`;
  const otherwise = new Set(derived.filter(({ visitors }) => visitors).map(place));
  return [
    ...added
      .filter(({ dimension, day }) => dimension !== CURRENCY || day >= since)
      .filter((one) => one.dimension !== MOVES || !isUnclear.has(keyOf(one)))
      .map((one) => ({
        ...one,
        by: 'hit' as const,
        visitors: one.visitors && (one.day < since || otherwise.has(place(one))),
      }))
      .filter((one) => one.added || one.visitors),
    ...derived
      .filter((one) => one.added && !isUnclear.has(keyOf(one)))
      .map((one) => ({ ...one, by: 'browser' as const })),
  ];
};

const byDay = (found: readonly Judged[]): Day[] => {
  const days = new Map<string, Judged[]>();
  for (const one of found) days.set(keyOf(one), [...(days.get(keyOf(one)) ?? []), one]);
  return [...days.values()].flatMap((all) =>
    all[0] === undefined ? [] : [{ site: all[0].site, day: all[0].day, found: all }],
  );
};

const ONE_DAY = 'site = {site:String} AND day = {day:Date}';

/** What is stored while it is looked at differs for a moment. */
const lookAgain = async (
  patient: Patient,
  ask: Ask,
  suspects: readonly Day[],
  since: string,
  nameOf: (site: string) => string,
): Promise<Found[]> => {
  if (suspects.length === 0) return [];
  const under = await unfinished(ask);
  const unsettled = await unsettledDays(patient);
  const told: Found[] = [];
  for (const { site, day } of suspects.slice(0, MOST_DAYS)) {
    const where = `${nameOf(site)} on ${day}`;
    try {
      const details = await patient.held(async () => {
        const [again] = await compare(ask, ONE_DAY, { site, day }, since);
        return again === undefined ? null : detailsOf(ask, again);
      });
      if (details === null) continue;
      told.push(
        unsettled.has(keyOf({ site, day }))
          ? warn(
              `${where} differs, and a batch of it that is not stored yet may be stored in part: ${details}.`,
              WAITING,
            )
          : under > 0
            ? warn(
                `${where} differs while ${count(under, 'change')} of the tables, as a purge, is under way: ${details}.`,
                'ask again when it has ended',
              )
            : wrong(`${where}: ${details}.`, REPAIR),
      );
    } catch (error) {
      if (patient.signal.aborted) throw error;
      told.push(
        skipped(`${where} differed once and cannot be looked at again: ${reasonOf(error)}.`, 'ask again in a moment'),
      );
    }
  }
  const more = suspects.length - MOST_DAYS;
  if (more > 0 && told.some(({ state }) => state === 'wrong'))
    told.push(wrong(`${count(more, 'more day')} of sites differ.`, REPAIR));
  return told;
};

const WAITING = 'start the collector, or call passerby replay, and ask again';

const unfinished = async (ask: Ask): Promise<number> => {
  const [row] = await ask<{ n: number }>(
    `SELECT toUInt32(count()) AS n FROM system.mutations WHERE database = currentDatabase() AND table IN ('hits', 'sums') AND NOT is_done`,
  );
  return row?.n ?? 0;
};

/** Dimensions whose numbers are told; of more, their names. */
const MOST_DIMENSIONS = 3;

/** In what a day differs, without naming a value. */
const detailsOf = async (ask: Ask, { site, day, found }: Day): Promise<string> => {
  const [empty] = await ask<{ hits: number; sums: number }>(
    `SELECT (SELECT count() FROM hits WHERE ${IN_SUMS} AND ${ONE_DAY}) = 0 AS hits,
      (SELECT count() FROM sums WHERE dimension IN (${COMPARED.join(', ')}) AND ${ONE_DAY}) = 0 AS sums`,
    { site, day },
  );
  if (empty?.hits === 1) return 'sums has it, and hits has nothing of it';
  if (empty?.sums === 1) return 'hits has it, and sums has nothing of it';
  const hits = found.filter(({ by }) => by === 'hit');
  const but = [
    ...(hits.some(({ visitors }) => visitors) ? [] : (['visitors'] as const)),
    ...(hits.some(({ dimension }) => dimension === MOVES) ? [] : (['moves'] as const)),
  ];
  const added = hits.length > 0 ? await addedDetails(ask, { site, day }, but) : [];
  const known = new Set(added.map(({ dimension }) => dimension));
  const browsers = hits.length < found.length ? await browserDetails(ask, { site, day }) : [];
  const all = [
    ...added.map((detail) => ({ ...detail, suffix: '' })),
    ...browsers.filter(({ dimension }) => !known.has(dimension)).map((detail) => ({ ...detail, suffix: ' by value' })),
  ];
  // What differs in all differs by everything.
  const told = all.slice(0, all[0]?.dimension === TOTAL ? 1 : MOST_DIMENSIONS);
  const others = new Set([...found, ...all].map(({ dimension }) => (dimension === MOVES ? PAGE : dimension)));
  for (const { dimension } of told) others.delete(dimension);
  const rest = others.size === 0 ? [] : [`differs ${[...others].map(nameOfDimension).join(', ')}`];
  return `sums ${[...told.map(sentence), ...rest].join('; ')}`;
};

/** More or less than hits give. */
const sentence = ({ dimension, values, by, suffix }: Detail & { readonly suffix: string }): string => {
  const parts = Object.entries(by)
    .filter(([, difference]) => difference !== 0)
    .map(
      ([column, difference]) =>
        `${difference > 0 ? '+' : '−'}${Math.abs(difference).toLocaleString('en')} ${column.replace('_', ' ')}${suffix}`,
    );
  const even = parts.length === 0 ? 'as much too little as too much' : parts.join(', ');
  return `${nameOfDimension(dimension)} has ${even} in ${count(values, 'value')}`;
};

const PAGE = DIMENSIONS['event:page'].rollup;
const NAMES = new Map<number, string>([
  [TOTAL, 'in all'],
  [HOUR, 'by hour'],
  ...Object.entries(DIMENSIONS).flatMap(([name, { rollup }]): [number, string][] =>
    rollup === null ? [] : [[rollup, `by ${name.replace(/^\w+:/, '')}`]],
  ),
]);
const nameOfDimension = (dimension: number): string => NAMES.get(dimension) ?? `by dimension ${dimension}`;
