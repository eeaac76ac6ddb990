import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  AnswerRow,
  Comparisons,
  DateRange,
  Filter,
  FilterName,
  GroupName,
  Metric,
  Question,
} from '../../packages/collector/src/query/stats/query.ts';
import { changeOf } from '../../packages/collector/src/query/stats/result.ts';
import { createRandom } from '../support/clock.ts';
import { Dice } from './dice.ts';
import { Drill, ERAS } from './drill.ts';
import { filedUnder } from './model.ts';
import { METRICS, NAMES } from './questions.ts';
import { SITES } from './world.ts';

/** What must hold of answers whatever is in the store: no textbook is asked here. */
const SEED = Number(process.env.COUNTING_SEED ?? 20_360_405);
const PEOPLE = 20;
/** Questions of each kind. */
const TIMES = Number(process.env.COUNTING_TIMES ?? 12);

/** What passes before anything is asked, and the second after it. */
const PASSED = ERAS.slice(0, 2);
const END = Math.max(...PASSED.map(({ to }) => to)) / 1000;

const dice = new Dice(createRandom(SEED + 2));
let drill: Drill;

beforeAll(async () => {
  drill = await Drill.start({ seed: SEED, people: PEOPLE });
  for (const era of PASSED) await drill.pass(era);
});
afterAll(() => drill.stop());

type Asked = Omit<Question, 'site_id' | 'pagination'>;

const rowsOf = async (site_id: string, asked: Asked): Promise<AnswerRow[]> => {
  const { results } = await drill.collector.query({ site_id, pagination: { limit: 10_000 }, ...asked });
  return [...results].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
};

/** The numbers of one metric by group. */
const column = (rows: readonly AnswerRow[], at: number): [string, number | null | undefined][] =>
  rows
    .map(({ dimensions, metrics }): [string, number | null | undefined] => [dimensions.join(' | '), metrics[at]])
    .sort();

/** Of each metric the sum over the rows. */
const totals = (rows: readonly AnswerRow[], metrics: readonly Metric[]): number[] =>
  metrics.map((_, at) => rows.reduce((sum, row) => sum + (row.metrics[at] ?? 0), 0));

/** Values that there are, by dimension. */
const valuesOf = (domain: string, name: FilterName): string[] => [
  ...new Set(drill.replay.book(domain).hits.map((hit) => filedUnder(hit, name))),
];

const someFilter = (domain: string): Filter => {
  const name = dice.pick(NAMES);
  return [dice.pick(['is', 'is_not'] as const), name, dice.someOf(valuesOf(domain, name)).slice(0, 3)];
};

/** By event there are no entries and exits. */
const hasEntries = ([, name]: Filter): boolean => name !== 'event:name' && name !== 'event:currency';

/** Days of the first two eras, by the site's clock. */
const someDays = (domain: string): [string, string] => {
  const days = [...new Set(drill.replay.book(domain).visits.map(({ day }) => day))].sort();
  const first = dice.below(days.length);
  const last = Math.min(days.length - 1, first + dice.below(3));
  return [days[first] ?? '', days[last] ?? ''];
};

/** The same days as the hours from their first to their last. */
const hoursOf = (domain: string, [first, last]: readonly [string, string]): [string, string] => {
  const { calendar } = drill.replay.book(domain);
  const hours = calendar.hoursBefore(END + 3 * 86_400, 40).filter(({ day }) => first <= day && day <= last);
  return [calendar.write(hours[0]?.hour ?? 0), calendar.write((hours.at(-1)?.hour ?? 0) + 3599)];
};

const draws = Array.from({ length: TIMES }, (_, index) => index);
const OF_DAYS: readonly Metric[] = ['views_per_visit', 'visits_per_visitor', 'exit_rate'];
const groups = (): GroupName[] => dice.some(2, [...NAMES, 'time:day' as const]);

test.each(draws)('a number is the same alone and beside others (%i)', async () => {
  const { domain } = dice.pick(SITES);
  const asked = { dimensions: groups(), filters: dice.few(2, () => someFilter(domain)), date_range: someDays(domain) };
  const all = await rowsOf(domain, { ...asked, metrics: METRICS });
  for (const metric of dice.someOf(METRICS).slice(0, 3)) {
    const alone = await rowsOf(domain, { ...asked, metrics: [metric] });
    expect(column(alone, 0), JSON.stringify({ domain, metric, asked })).toEqual(column(all, METRICS.indexOf(metric)));
  }
});

test.each(draws)('a set may be written in many ways (%i)', async () => {
  const { domain } = dice.pick(SITES);
  const name = dice.pick(NAMES);
  const values = valuesOf(domain, name);
  const part = dice.pick(values).slice(0, 1 + dice.below(4));
  const fits = (text: string): boolean => text.toLowerCase().includes(part.toLowerCase());
  const [inside, outside] = [values.filter(fits), values.filter((value) => !fits(value))];
  const others = dice.few(1, () => someFilter(domain));
  const same: Filter[] = [
    ['contains', name, [part]],
    ['is', name, inside],
    ['or', inside.map((value): Filter => ['is', name, [value]])],
    ['not', ['contains_not', name, [part]]],
    ...(outside.length === 0 ? [] : ([['is_not', name, outside]] as Filter[])),
    ['is', name, [...inside, 'nothing of the kind']],
  ];
  const asked = { metrics: METRICS, dimensions: groups(), date_range: someDays(domain) };
  const answers = await Promise.all(same.map((filter) => rowsOf(domain, { ...asked, filters: [filter, ...others] })));
  for (const [at, answer] of answers.entries())
    expect(answer, JSON.stringify({ domain, ...asked, filters: [same[at], ...others] })).toEqual(answers[0]);
});

test.each(draws)('days are their hours (%i)', async () => {
  const { domain } = dice.pick(SITES);
  const days = someDays(domain);
  const asked = {
    metrics: METRICS.filter((metric) => !OF_DAYS.includes(metric)),
    dimensions: groups(),
    filters: dice.few(2, () => someFilter(domain)),
  };
  const byHours = await rowsOf(domain, { ...asked, date_range: hoursOf(domain, days) });
  const byDays = await rowsOf(domain, { ...asked, date_range: days });
  expect(byHours, JSON.stringify({ domain, days, asked })).toEqual(byDays);
});

const SUMMED: readonly Metric[] = ['visits', 'pageviews', 'events', 'entries', 'bounces', 'exits'];

test.each(draws)('the hours add up to the days, the days to weeks, and all to the whole (%i)', async () => {
  const { domain } = dice.pick(SITES);
  const filters = dice.few(2, () => someFilter(domain)).filter(hasEntries);
  const date_range: DateRange = dice.chance(0.5) ? 'all' : someDays(domain);
  const asked = { metrics: SUMMED, filters, date_range };
  const whole = totals(await rowsOf(domain, asked), SUMMED);
  for (const time of ['time:hour', 'time:day', 'time:week', 'time:month'] as const) {
    const parts = await rowsOf(domain, { ...asked, dimensions: [time] });
    expect(totals(parts, SUMMED), JSON.stringify({ domain, time, asked })).toEqual(whole);
  }
});

/** Each visit has a value of these, and one alone. */
const WHOLE: readonly GroupName[] = [
  'visit:source',
  'visit:channel',
  'visit:entry_page',
  'visit:browser',
  'visit:browser_version',
  'visit:os',
  'visit:device',
  'visit:language',
  'visit:country',
];
/** Each browser has one of these on one day. */
const OF_BROWSER: readonly GroupName[] = [
  'visit:browser',
  'visit:browser_version',
  'visit:os',
  'visit:device',
  'visit:country',
];

test.each(draws)('what is the same for a whole visit adds up (%i)', async () => {
  const { domain } = dice.pick(SITES);
  const dimension = dice.pick(WHOLE);
  const asked = {
    metrics: OF_BROWSER.includes(dimension) ? [...SUMMED, 'visitors' as const] : SUMMED,
    filters: dice.few(2, () => someFilter(domain)).filter(hasEntries),
    date_range: dice.pick<DateRange>(['all', someDays(domain), hoursOf(domain, someDays(domain))]),
  };
  const whole = await rowsOf(domain, asked);
  const parts = await rowsOf(domain, { ...asked, dimensions: [dimension] });
  expect(totals(parts, asked.metrics), JSON.stringify({ domain, dimension, asked })).toEqual(
    totals(whole, asked.metrics),
  );
});

test.each(draws)('the rows of pages add up where each hit is in one (%i)', async () => {
  const { domain } = dice.pick(SITES);
  const asked = {
    metrics: SUMMED.filter((metric) => metric !== 'visits'),
    filters: dice.few(1, () => someFilter(domain)).filter(hasEntries),
    date_range: someDays(domain),
  };
  const whole = await rowsOf(domain, asked);
  const parts = await rowsOf(domain, { ...asked, dimensions: ['event:page'] });
  expect(totals(parts, asked.metrics), JSON.stringify({ domain, asked })).toEqual(totals(whole, asked.metrics));
});

const comparisons = (domain: string): Comparisons => {
  const weekdays = dice.pick([{}, { match_day_of_week: false }, { match_day_of_week: true }]);
  const own = dice.pick([someDays(domain), hoursOf(domain, someDays(domain))]);
  return dice.pick<Comparisons>([
    { mode: 'previous_period', ...weekdays },
    { mode: 'year_over_year', ...weekdays },
    ...Array.from({ length: 3 }, (): Comparisons => ({ mode: 'custom', date_range: own, ...weekdays })),
  ]);
};

/** What has no numbers of its own, beside what has: nothing happened, and rates divide by nothing. */
const nothing = (row: readonly (number | null)[]): boolean => row.every((value) => value === null || value === 0);

test.each(draws)('what a row is compared with is the row of the other range (%i)', async () => {
  const { domain } = dice.pick(SITES);
  const include = { comparisons: comparisons(domain) };
  const asked: Asked = {
    metrics: METRICS,
    dimensions: [
      ...dice.pick([[], ['time:hour' as const], ['time:day' as const], ['time:week' as const]]),
      ...dice.some(2, [...NAMES, 'event:property' as const]),
    ],
    filters: dice.few(2, () => someFilter(domain)),
    date_range: dice.pick<DateRange>([
      'day',
      '24h',
      '7d',
      'month',
      someDays(domain),
      hoursOf(domain, someDays(domain)),
    ]),
  };
  const pagination = { limit: dice.pick([3, 40, 10_000]), offset: dice.pick([0, 0, 2]) };
  const query = (question: Asked & { pagination: object }) => drill.collector.query({ site_id: domain, ...question });
  const plain = await query({ ...asked, pagination });
  const answer = await query({ ...asked, include, pagination });
  const what = JSON.stringify({ domain, asked, include, pagination, date_range: answer.query.date_range });
  expect(
    answer.results.map(({ dimensions, metrics }) => ({ dimensions, metrics })),
    what,
  ).toEqual(plain.results);
  const range = answer.query.include?.comparisons?.date_range ?? ['', ''];
  const other = await query({ ...asked, date_range: range, pagination: { limit: 10_000 } });
  const unknown = { ...plain.meta.metric_warnings, ...other.meta.metric_warnings };
  const known = METRICS.map((metric) => !(metric in unknown));
  const shown = (row: readonly (number | null)[]) => row.filter((_, index) => known[index]);
  const rows = new Map(other.results.map(({ dimensions, metrics }) => [dimensions.join(' | '), metrics]));
  for (const { dimensions, metrics, comparison } of answer.results) {
    if (!comparison) continue;
    const due = rows.get(comparison.dimensions.join(' | '));
    if (due) expect(shown(comparison.metrics), what).toEqual(shown(due));
    else expect(nothing(comparison.metrics), what).toBe(true);
    const isTime = (name: string): boolean => name.startsWith('time:');
    const values = (of: readonly string[]) => of.filter((_, index) => !isTime(asked.dimensions?.[index] ?? ''));
    expect(values(comparison.dimensions), what).toEqual(values(dimensions));
    expect(comparison.change, what).toEqual(
      metrics.map((value, at) => changeOf(value, comparison.metrics[at] ?? null)),
    );
  }
  // Without time every row has one.
  if (!asked.dimensions?.some((name) => name.startsWith('time:')))
    expect(
      answer.results.every(({ comparison }) => comparison),
      what,
    ).toBe(true);
});
