import { propertyOf } from '../../store/dimensions.ts';
import type { Range } from '../period/range.ts';
import { type Count, countsOf, METRICS } from './metrics.ts';
import { type NormalizedQuery, timeOf, touchedBy } from './normalize.ts';
import type { Part, PlanContext } from './plan/part.ts';
import type { Metric, MetricWarning } from './query.ts';

/** Metrics by what there is to say of them. */
export type Warnings = ReadonlyMap<Metric, MetricWarning>;

/** What the question itself leaves without a meaning. */
export const noMeaning = (normalized: NormalizedQuery, range: Range): Warnings => {
  const touched = touchedBy(normalized);
  const isByEvent = touched.includes('event:name') || touched.includes('event:currency');
  const isByHour = timeOf(normalized) === 'time:hour' || range.hours !== null;
  return warned(normalized.metrics, (metric) => {
    if (isByEvent && countsOf([metric]).some((count) => OF_NO_EVENT.has(count))) return BY_EVENT;
    return isByHour && METRICS[metric].ofDays ? BY_HOUR : null;
  });
};

/** Of whole visits, or of pages. */
const OF_NO_EVENT: ReadonlySet<Count> = new Set<Count>(['entries', 'bounces', 'seconds', 'exits', 'engaged', 'scroll']);

const BY_EVENT: MetricWarning = {
  code: 'no_meaning_by_event',
  message: 'Has no meaning where a filter or dimension is an event’s name or currency.',
};
const BY_HOUR: MetricWarning = {
  code: 'no_meaning_by_hour',
  message:
    'Has no meaning by the hour and in a range of hours: divides what happened then by what began or ended then.',
};

/** What cannot be told of a site that keeps no single hits: what is made of these counts, and of everybody's visitors. */
export const notKept = (
  metrics: readonly Metric[],
  unknown: ReadonlySet<Count>,
  isEverybodyUnknown: boolean,
): Warnings =>
  warned(metrics, (metric) => {
    const isUnknown =
      countsOf([metric]).some((count) => unknown.has(count)) || (isEverybodyUnknown && metric === 'percentage');
    return isUnknown ? NOT_KEPT : null;
  });

const NOT_KEPT: MetricWarning = {
  code: 'not_kept',
  message: 'Needs single hits, which the site does not keep.',
};

/** What rows of before count otherwise, if the range has such days. */
export const countedOtherwise = (
  normalized: NormalizedQuery,
  { parts, ofEverybody }: { readonly parts: readonly Part[]; readonly ofEverybody: readonly Part[] },
  range: Range,
  { countedFrom }: PlanContext,
): Warnings => {
  if (countedFrom === null || range.first >= countedFrom) return new Map();
  const isByHour = timeOf(normalized) === 'time:hour' || range.hours !== null;
  const touched = touchedBy(normalized);
  const ofProperty = touched.some((name) => name === 'event:property' || propertyOf(name) !== null);
  const fromHits = countsOfHits(parts);
  const isOtherwise = (count: Count): boolean => {
    if (count === 'visitors') return isByHour || (touched.length > 0 && fromHits.has(count));
    if (count === 'engaged' || count === 'scroll') return isByHour || ofProperty;
    return isByHour && (count === 'views' || count === 'events' || count === 'revenue');
  };
  const warning: MetricWarning = {
    code: 'counted_otherwise_before',
    message: `Days before ${countedFrom} were counted otherwise.`,
    from: countedFrom,
  };
  const isDivisorOtherwise = isByHour || (touched.length > 0 && countsOfHits(ofEverybody).has('visitors'));
  return warned(normalized.metrics, (metric) =>
    countsOf([metric]).some(isOtherwise) || (metric === 'percentage' && isDivisorOtherwise) ? warning : null,
  );
};

/** Metrics of which days of the period compared with are not kept any more. */
export const incomplete = (
  { metrics }: NormalizedQuery,
  { parts, ofEverybody }: { readonly parts: readonly Part[]; readonly ofEverybody: readonly Part[] },
  before: Range,
  completeFrom: (parts: readonly Part[]) => string,
): Warnings => {
  const site = completeFrom([]);
  return warned(metrics, (metric) => {
    const counts = countsOf([metric]);
    const own = parts.filter(({ sums }) => counts.some((count) => sums.has(count)));
    const from = completeFrom(metric === 'percentage' ? [...own, ...ofEverybody] : own);
    // What was before the site's first day is missing in none.
    if (from <= before.first || from <= site) return null;
    return {
      code: 'comparison_incomplete',
      message: `Of the period compared with, days before ${from} are not kept.`,
      from,
    };
  });
};

/** Counts that need single hits. */
export const countsOfHits = (parts: readonly Part[]): ReadonlySet<Count> =>
  new Set(parts.filter(({ source }) => source.table === 'hits').flatMap(({ sums }) => [...sums.keys()]));

const warned = (metrics: readonly Metric[], warningOf: (metric: Metric) => MetricWarning | null): Warnings =>
  new Map(
    metrics.flatMap((metric) => {
      const warning = warningOf(metric);
      return warning === null ? [] : [[metric, warning] as const];
    }),
  );
