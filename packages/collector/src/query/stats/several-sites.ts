import { FieldError } from '../../http/field-error.ts';
import type { Site } from '../../sites/site.ts';
import { countSite, type OfSite, type SiteCounts } from './count-site.ts';
import { inPlace } from './counterparts.ts';
import { isTime, TIMES } from './dimensions.ts';
import { listedInOrder } from './in-order.ts';
import type { Count } from './metrics.ts';
import { isSeries, type NormalizedQuery, normalize, timeOf } from './normalize.ts';
import type { Answer, AnswerRow, GroupName, Metric, MetricWarning, Question, TimeDimension } from './query.ts';
import { labelsIn, resolve, timesOf } from './resolve.ts';
import { type CountedGroup, compared, paged, rowOf, rowsOf } from './result.ts';
import type { QueryDeps } from './run.ts';
import { MOST } from './slices.ts';

/*
 * Several sites in one question: each is planned by itself, in its own time zone, and its groups are added up here.
 * Rates are made of what was added up.
 */

/** A site, and the local day of its first hit. */
export interface AskedSite {
  readonly site: Site;
  readonly day: string;
}

/** True for a question that is asked of each of its sites by itself. */
export const isOfSeveral = ({ site_id, dimensions = [] }: Question): boolean =>
  typeof site_id !== 'string' || dimensions.includes('site');

/** The question as each site is asked it: without what is made of all together. */
const ofEach = ({ order_by: _, include, ...question }: Question, step: TimeDimension | null): Question => ({
  ...question,
  dimensions: (question.dimensions ?? [])
    .filter((name) => name !== 'site')
    .map((name) => (name === 'time' && step ? step : name)),
  include: include?.comparisons ? { comparisons: include.comparisons } : {},
});

/**
 * How each site takes the question.
 * @throws FieldError if there is something wrong with the range, or the hours of the sites differ
 */
export const resolveSites = (question: Question, sites: readonly AskedSite[], now: number) => {
  const stepIn = (step: TimeDimension | null) =>
    sites.map(({ site, day }) => resolve(ofEach(question, step), site, day, now));
  const own = stepIn(null);
  // The longest range decides for all.
  const step = TIMES.findLast((time) => own.some(({ normalized }) => timeOf(normalized) === time));
  const resolved = step === undefined ? own : stepIn(step);
  if (step === 'time:hour') checkHours(question, resolved);
  return { resolved, normalized: normalize(question, step ?? 'time:day') };
};

/** So many hours have one distance from UTC, or the hours between are told by those beside them. */
const SAMPLED_HOURS = 6;

/** Hours of two sites are the same only where both are as far from UTC, all the time. */
const checkHours = ({ dimensions = [] }: Question, resolved: readonly Resolved[]): void => {
  const zones = [...new Set(resolved.map(({ context }) => context.zone))];
  const hours = resolved.flatMap(({ normalized, range, context }) => labelsIn(normalized, range, context));
  const sampled = hours.filter((_, index) => index % SAMPLED_HOURS === 0);
  const offsetOf = (hour: string): string => hour.slice('2026-01-31T12:00:00'.length);
  if (
    zones.length > 1 &&
    sampled.some((hour) => zones.some((zone) => offsetOf(zone.format(Date.parse(hour))) !== offsetOf(hour)))
  )
    throw new FieldError(
      `dimensions[${dimensions.findIndex((name) => name.startsWith('time'))}]`,
      'must be days or longer: the hours of these sites are not the same',
    );
};

type Resolved = ReturnType<typeof resolve>;

/** Answers a question about several sites. */
export const askSites = async (deps: QueryDeps, question: Question, sites: readonly AskedSite[]): Promise<Answer> => {
  const { resolved, normalized } = resolveSites(question, sites, deps.now());
  const now = resolved.map((of): OfSite => ({ ...of, counted: of.range }));
  const before = resolved.flatMap((of): OfSite[] => (of.comparison ? [{ ...of, counted: of.comparison.range }] : []));
  const [found, other] = await Promise.all([
    countSites(deps, normalized, sites, now, listedBy),
    before.length === 0 ? null : countSites(deps, normalized, sites, before, () => []),
  ]);
  const counts = [...found.counts, ...(other?.counts ?? [])];
  const warnings = new Map(counts.flatMap(({ warnings: of }) => [...of]).toSorted(([, a], [, b]) => rank(a) - rank(b)));
  const unknown = new Set([...warnings].flatMap(([metric, of]) => (isNull(of) ? [metric] : [])));
  const places = isSeries(normalized) ? placesOf(normalized, now) : null;
  const { limit, offset } = normalized.pagination;
  const listed = places ? found.groups : inOrder(normalized, found);
  const page = places ? listed : listed.slice(offset, offset + limit);
  const rows = rowsOf(normalized, page, { places, unknown, everybody: found.everybody });
  const beside = other && besideRows(normalized, rows, other, { resolved, before, unknown });
  return {
    results: paged(normalized, beside ? compared(rows, beside) : rows),
    meta: {
      source: counts.every(({ parts }) => parts.every(({ source }) => source.table === 'sums')) ? 'sums' : 'hits',
      complete_from:
        counts
          .map(({ completeFrom }) => completeFrom)
          .toSorted()
          .at(-1) ?? '',
      ...(normalized.include.total_rows && { total_rows: places?.length ?? listed.length }),
      ...(normalized.include.time_labels && { time_labels: allLabels(normalized, now) }),
      ...(warnings.size > 0 && { metric_warnings: Object.fromEntries(warnings) }),
    },
    query: {
      ...normalized,
      site_id: question.site_id,
      date_range: commonRange(now),
      include: includedOf(normalized, before),
    },
  };
};

const includedOf = ({ include: { comparisons, ...include } }: NormalizedQuery, before: readonly OfSite[]) =>
  comparisons ? { ...include, comparisons: { ...comparisons, date_range: commonRange(before) } } : include;

/** The rows of the other period that stand in the places of rows. */
const besideRows = (
  normalized: NormalizedQuery,
  rows: readonly AnswerRow[],
  { groups, everybody }: Sums,
  {
    resolved,
    before,
    unknown,
  }: { resolved: readonly Resolved[]; before: readonly OfSite[]; unknown: ReadonlySet<Metric> },
): (AnswerRow | null)[] => {
  const pairs = resolved.flatMap(({ comparison }) => [...(comparison?.counterparts ?? [])]);
  const counterparts = timeOf(normalized) ? new Map(pairs) : null;
  const numbers = { unknown, everybody };
  if (isSeries(normalized))
    return inPlace(
      rows,
      rowsOf(normalized, groups, { places: placesOf(normalized, before), ...numbers }),
      counterparts,
    );
  const known = new Map(groups.map(({ dimensions, counts }) => [JSON.stringify(dimensions), counts]));
  const at = normalized.dimensions.findIndex(isTime);
  return rows.map((row) => {
    const label = counterparts?.get(row.dimensions[at] ?? '');
    if (counterparts && label === undefined) return null;
    const dimensions = label === undefined ? row.dimensions : row.dimensions.with(at, label);
    return rowOf(normalized, { dimensions, counts: known.get(JSON.stringify(dimensions)) ?? {} }, numbers);
  });
};

/** The last to be said wins: what leaves no number. */
const rank = (warning: MetricWarning): number => Number(isNull(warning));
const isNull = ({ code }: MetricWarning): boolean =>
  code !== 'counted_otherwise_before' && code !== 'comparison_incomplete';

/** What the sites count, and their groups added up. */
interface Sums {
  readonly groups: readonly CountedGroup[];
  readonly counts: readonly SiteCounts[];
  /** See {@link SiteCounts}. */
  readonly everybody: number;
}

/** Counts the sites, and adds up their groups. */
const countSites = async (
  deps: QueryDeps,
  normalized: NormalizedQuery,
  sites: readonly AskedSite[],
  ofSites: readonly OfSite[],
  listedIn: (normalized: NormalizedQuery, of: OfSite) => readonly Count[],
): Promise<Sums> => {
  const place = normalized.dimensions.indexOf('site');
  const sums = createSums();
  const counts = await Promise.all(
    ofSites.map(async (of, index) => {
      const { site } = sites[index] as AskedSite;
      const found = await countSite(deps, site, of, listedIn(normalized, of));
      for (const { dimensions, counts: own } of found.groups)
        sums.add(place < 0 ? dimensions : dimensions.toSpliced(place, 0, site.domain), own);
      return { ...found, groups: [] };
    }),
  );
  return { groups: sums.all(), counts, everybody: counts.reduce((sum, { everybody }) => sum + everybody, 0) };
};

/** A group is listed if a view or event is in it; by the hour also if a visit began in it. */
const listedBy = (normalized: NormalizedQuery, { range }: OfSite): Count[] => {
  if (isSeries(normalized)) return [];
  return timeOf(normalized) === 'time:hour' || range.hours !== null ? ['hits', 'visits'] : ['hits'];
};

type Counts = CountedGroup['counts'];

/** Adds up equal groups. */
const createSums = () => {
  const groups = new Map<string, CountedGroup & { counts: Record<string, number> }>();
  let bytes = 0;
  return {
    add: (dimensions: readonly string[], counts: Counts): void => {
      const key = JSON.stringify(dimensions);
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, { dimensions, stored: dimensions, counts: { ...counts } });
        bytes += key.length;
        if (groups.size > MOST.groups || bytes > MOST.bytes) throw TOO_MANY;
      } else for (const [name, count] of Object.entries(counts)) group.counts[name] = (group.counts[name] ?? 0) + count;
    },
    all: (): CountedGroup[] => [...groups.values()],
  };
};

const TOO_MANY = new FieldError(
  'dimensions',
  `must not have more than ${MOST.groups} groups on several sites: add a filter, or name fewer sites`,
  'over_limit',
);

/** As one site would list them. */
const inOrder = (normalized: NormalizedQuery, { groups, counts }: Sums): CountedGroup[] => {
  const hour = normalized.dimensions.indexOf('time:hour');
  const rows = new Map(
    groups.map((group) => {
      const values = group.dimensions.map((value, index) => [`d${index}`, index === hour ? Date.parse(value) : value]);
      return [{ ...Object.fromEntries(values), ...group.counts } as Readonly<Record<string, string | number>>, group];
    }),
  );
  const asking = { statistics: { normalized, site: '' }, parts: counts.flatMap(({ parts }) => parts), listed: LISTED };
  return listedInOrder(asking, [...rows.keys()]).flatMap((row) => rows.get(row) ?? []);
};

/** What was found is listed: the sites have left out the rest. */
const LISTED: readonly Count[] = ['hits', 'visits', 'events'];

const placesOf = (normalized: NormalizedQuery, ofSites: readonly OfSite[]): readonly (readonly string[])[] =>
  timeOf(normalized) === undefined ? [[]] : allLabels(normalized, ofSites).map((label) => [label]);

/** The time groups of all sites in order. */
const allLabels = (normalized: NormalizedQuery, ofSites: readonly OfSite[]): string[] => {
  const all = [...new Set(ofSites.flatMap(({ counted, context, normalized: own }) => labelsIn(own, counted, context)))];
  const isHour = timeOf(normalized) === ('time:hour' satisfies GroupName);
  return isHour ? all.toSorted((a, b) => Date.parse(a) - Date.parse(b)) : all.toSorted();
};

/** Two local times if all sites have the same, else the days of all of them, or the first and the last instant. */
const commonRange = (ofSites: readonly OfSite[]): readonly [string, string] => {
  const times = ofSites.map(({ counted, context }) => timesOf(counted, context));
  const [first = ['', '']] = times;
  if (times.every((other) => other.join() === first.join())) return first;
  const sorted = (list: readonly string[]): string[] => list.toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const whole = ofSites.every(({ counted }) => counted.hours === null);
  const begins = sorted(whole ? ofSites.map(({ counted }) => counted.first) : times.map(([begin]) => begin));
  const ends = sorted(whole ? ofSites.map(({ counted }) => counted.last) : times.map(([, end]) => end));
  return [begins[0] ?? '', ends.at(-1) ?? ''];
};
