import { z } from 'zod';
import { FieldError } from '../../http/field-error.ts';
import { read } from '../../http/parse.ts';
import { dimensionOf, MISSING_DIMENSIONS } from './dimensions.ts';
import { type Translated, translateFilters } from './filters.ts';
import type { PlausibleMetric } from './metrics.ts';
import { between, daysBefore, type Moment, monthsTo, type Span } from './ranges.ts';
import { expectMetric } from './request.ts';

/*
 * The parameters of Plausible's older API (https://plausible.io/docs/stats-api-v1). Its periods are those of its newest
 * version: a number of days ends with the day before `date`, one of months with its month.
 */

const given = z.string({ error: 'must be given once' });
const optional = given.exactOptional();

const shared = {
  site_id: z
    .string({ error: 'must be the domain of a site, once' })
    .min(1, { error: 'must be the domain of a site' })
    .max(253, { error: 'must be the domain of a site' }),
  period: optional,
  date: optional,
  metrics: optional,
  filters: optional,
  with_imported: optional,
};

const strict = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, { error: 'is no parameter that is known here' });

/** Of `realtime/visitors`. */
export const siteShape = strict({ site_id: shared.site_id });
/** Of `aggregate`. */
export const aggregateShape = strict({ ...shared, compare: optional });
/** Of `timeseries`. */
export const timeseriesShape = strict({ ...shared, interval: optional });
/** Of `breakdown`. */
export const breakdownShape = strict({ ...shared, property: given, limit: optional, page: optional });

/** What all three take. */
export interface V1Request {
  readonly site_id: string;
  readonly metrics: readonly PlausibleMetric[];
  readonly translated: Translated;
  readonly period: Period;
  readonly date: string | undefined;
}

type Sent = z.output<typeof aggregateShape> | z.output<typeof timeseriesShape> | z.output<typeof breakdownShape>;

/** Reads what all three take. @throws FieldError */
const common = (sent: Sent): V1Request => {
  const names = (sent.metrics ?? 'visitors').split(',');
  const metrics = names.map((name) => expectMetric(name, 'metrics'));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new FieldError('metrics', `names ${twice} twice`);
  const { period = '30d', with_imported = 'false' } = sent;
  if (!isPeriod(period)) throw new FieldError('period', `must be one of ${Object.keys(PERIODS).join(', ')}`);
  if (with_imported !== 'true' && with_imported !== 'false')
    throw new FieldError('with_imported', 'must be true or false');
  return {
    site_id: sent.site_id,
    metrics,
    period,
    date: sent.date,
    translated: translateFilters(filtersOf(sent.filters ?? '')),
  };
};

/** @throws FieldError */
export const parseAggregate = (input: unknown) => {
  const sent = read(aggregateShape, input);
  if (sent.compare !== undefined && sent.compare !== 'previous_period')
    throw new FieldError('compare', 'must be previous_period');
  return { ...common(sent), compares: sent.compare !== undefined };
};

const INTERVALS = { day: 'time:day', date: 'time:day', month: 'time:month' } as const;

/** @throws FieldError */
export const parseTimeseries = (input: unknown) => {
  const sent = read(timeseriesShape, input);
  const { interval } = sent;
  if (interval !== undefined && !Object.hasOwn(INTERVALS, interval))
    throw new FieldError('interval', 'must be day or month');
  const request = common(sent);
  const step = interval === undefined ? PERIODS[request.period].step : INTERVALS[interval as keyof typeof INTERVALS];
  return { ...request, step };
};

const MOST_ROWS = 1_000;
const ROWS = 100;
const MOST_PAGES = 1_000_000;

/** @throws FieldError */
export const parseBreakdown = (input: unknown) => {
  const sent = read(breakdownShape, input);
  const { property } = sent;
  const missing = Object.hasOwn(MISSING_DIMENSIONS, property) ? MISSING_DIMENSIONS[property] : undefined;
  if (missing) throw new FieldError('property', `${property} ${missing}`);
  if (dimensionOf(property) === undefined)
    throw new FieldError('property', 'must be a property such as event:page, visit:source or event:props: and a name');
  const limit = countIn(sent.limit, ROWS, MOST_ROWS, 'limit');
  return { ...common(sent), property, limit, offset: (countIn(sent.page, 1, MOST_PAGES, 'page') - 1) * limit };
};

const countIn = (text: string | undefined, byDefault: number, most: number, field: string): number => {
  if (text === undefined) return byDefault;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) throw new FieldError(field, `must be a number from 1 to ${most}`);
  return count;
};

const PERIODS = {
  day: { step: 'time:hour', span: (day: string): Span => ({ kind: 'days', first: day, last: day }) },
  '7d': { step: 'time:day', span: (day: string): Span => daysBefore(day, 7) },
  '30d': { step: 'time:day', span: (day: string): Span => daysBefore(day, 30) },
  month: { step: 'time:day', span: (day: string): Span => monthsTo(day, 1) },
  '6mo': { step: 'time:month', span: (day: string): Span => monthsTo(day, 6) },
  '12mo': { step: 'time:month', span: (day: string): Span => monthsTo(day, 12) },
  custom: { step: 'time:day', span: null },
} as const;
type Period = keyof typeof PERIODS;

const isPeriod = (period: string): period is Period => Object.hasOwn(PERIODS, period);

/** The days of a request. @throws FieldError */
export const spanOfV1 = ({ period, date }: V1Request, { zone, now }: Moment): Span => {
  const { span } = PERIODS[period];
  if (span === null) {
    const [from = '', to = '', more] = (date ?? '').split(',').map((day) => day.trim());
    if (more !== undefined) throw new FieldError('date', 'must be two days as 2026-01-01,2026-01-31');
    const found = between([from, to], 'date');
    if (found.kind === 'times') throw new FieldError('date', 'must be two days as 2026-01-01,2026-01-31');
    return found;
  }
  const day = date === undefined || date === 'today' ? zone.day(now) : date;
  const rule = 'must be a day as 2026-01-31';
  const one = between([day, day], 'date', rule);
  if (one.kind === 'times') throw new FieldError('date', rule);
  return span(day);
};

/** A bar that no backslash stands before. */
const BAR = /(?<!\\)\|/;

/**
 * Filters of the older API as those of the newer.
 * @example filtersOf('event:page==/a|/b;visit:source!=Google')
 */
const filtersOf = (text: string): unknown[] =>
  text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map(filterOf);

const filterOf = (part: string): unknown[] => {
  const [, name = '', sign = '', rest = ''] = /^\s*(.*?)\s*(==|!=)\s*(.*?)\s*$/s.exec(part) ?? [];
  if (sign === '') throw new FieldError('filters', 'must be such as event:page==/a;visit:source!=Google');
  const isNot = sign === '!=';
  const values = rest.split(BAR).map((value) => value.replaceAll('\\|', '|'));
  if (!rest.includes('*')) return [isNot ? 'is_not' : 'is', name, values];
  return [isNot ? 'matches_not' : 'matches', name, values.map(wildcards)];
};

/** Any number of stars stands for any characters. */
const wildcards = (text: string): string =>
  `^${text
    .split(/\*+/)
    .map((literal) => literal.replace(/[!-/:-@[-`{-~]/g, '\\$&'))
    .join('.*')}$`;
