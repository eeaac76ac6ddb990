import type { MetricWarning } from '../../query/stats/query.ts';
import type { PlausibleMetric } from './metrics.ts';
import type { Asked } from './plan.ts';

/*
 * What an answer cannot mean as it does there, in a closed list: each has its line in docs/plausible.md, and is said in the
 * `meta` of the answers that it is about.
 */

/** Codes of differences that are of a number, beside those of our own answers. */
type MetricCode = 'visitors_by_day' | 'visits_where_begun' | 'of_visits_that_began_there' | 'by_view';

/** Codes of differences that are of the values of a dimension. */
type DimensionCode = 'no_such_value' | 'matched_as_called_here' | 'no_geoname_id' | 'no_region_name' | 'major_version';

/** A sentence about a metric or a dimension. */
export interface Difference {
  readonly code: MetricCode | DimensionCode | MetricWarning['code'];
  /** The name of theirs that it is about. */
  readonly about: string;
  readonly warning: string;
}

const WARNINGS: Readonly<Record<MetricCode | DimensionCode, string>> = {
  visitors_by_day: 'Visitors of several days are the sum of the days: nothing stored here ties one day to the next.',
  visits_where_begun: 'A visit is in the hour in which it began, and in no later one.',
  of_visits_that_began_there:
    'Of the visits whose first view or event matches, and not of all that have one that does.',
  by_view: 'The average is by view, and not by visitor.',
  no_such_value: 'No value is called so here',
  matched_as_called_here: 'Patterns look at values as Passerby calls them, such as macOS and Organic search.',
  no_geoname_id: 'Cities have no number of GeoNames here: values are a country and a name.',
  no_region_name: 'A region with a code of ISO 3166-2 is answered by it: nothing here knows its name.',
  major_version: 'Versions are the major ones; minor versions are not stored.',
};

/** @param value that it is about */
export const differenceAbout = (code: keyof typeof WARNINGS, about: string, value?: string): Difference => {
  const warning = WARNINGS[code];
  return { code, about, warning: value === undefined ? warning : `${warning}: ${value}.` };
};

/** By what they are about, the first of each, as `meta` has them; undefined: there are none. */
export const warningsOf = (
  differences: readonly Difference[],
): Readonly<Record<string, { code: Difference['code']; warning: string }>> | undefined => {
  if (differences.length === 0) return undefined;
  const firstLast = differences.toReversed().map(({ code, about, warning }) => [about, { code, warning }] as const);
  return Object.fromEntries(firstLast);
};

const isByEvent = (name: string): boolean => name.startsWith('event:');
const isByEventAlone = (name: string): boolean => isByEvent(name) && name !== 'event:page';

type Rule = (asked: Asked, filtered: readonly string[]) => boolean;

const isByHour: Rule = ({ dimensions, span }) => span.kind === 'times' || dimensions.includes('time:hour');
/** A row is of more days than one. */
const isOfDays: Rule = ({ dimensions, span }) =>
  span.kind === 'days' &&
  span.first < span.last &&
  !dimensions.some((name) => name === 'time:day' || name === 'time:hour');

/** When a number means something else. The first rule that holds is said. */
const RULES: Readonly<Partial<Record<PlausibleMetric, readonly (readonly [keyof typeof WARNINGS, Rule])[]>>> = {
  visitors: [['visitors_by_day', isOfDays]],
  percentage: [['visitors_by_day', isOfDays]],
  visits: [['visits_where_begun', isByHour]],
  bounce_rate: [
    ['of_visits_that_began_there', (_, filtered) => filtered.some(isByEventAlone)],
    ['visits_where_begun', isByHour],
  ],
  visit_duration: [
    ['of_visits_that_began_there', (_, filtered) => filtered.some(isByEvent)],
    ['visits_where_begun', isByHour],
  ],
  time_on_page: [['by_view', () => true]],
  scroll_depth: [['by_view', () => true]],
};

/** What the numbers of a question mean otherwise. @param filtered dimensions of theirs that its filters look at */
export const differencesOfMetrics = (asked: Asked, filtered: ReadonlySet<string>): Difference[] =>
  asked.metrics.flatMap((metric) => {
    const found = RULES[metric]?.find(([, holds]) => holds(asked, [...filtered]));
    return found ? [differenceAbout(found[0], metric)] : [];
  });

const OF_VALUES: Readonly<Record<string, keyof typeof WARNINGS>> = {
  'visit:city': 'no_geoname_id',
  'visit:region_name': 'no_region_name',
  'visit:browser_version': 'major_version',
  'visit:os_version': 'major_version',
};

/** What the values of dimensions that are grouped or filtered by are otherwise. */
export const differencesOfValues = (names: readonly string[]): Difference[] =>
  [...new Set(names)].flatMap((name) => {
    const code = OF_VALUES[name];
    return code === undefined ? [] : [differenceAbout(code, name)];
  });
