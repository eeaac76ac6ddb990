import { z } from 'zod';
import { FieldError } from '../../http/field-error.ts';
import { parseQuestion } from './parse.ts';
import type { Question } from './query.ts';
import {
  COMPARISON_EXAMPLES,
  comparisonOf,
  FILTER_EXAMPLES,
  filterOf,
  isComparison,
  listOf,
  orderOf,
} from './written-filter.ts';

const text = (description: string) => z.string().describe(description).optional();

/** The parameters of a question in an address. */
export const addressShape = z.strictObject({
  site_id: z.string().describe('A site, or several, between commas or by the parameter again.'),
  metrics: z.string().describe('Between commas.'),
  date_range: z.string().describe('A name such as 28d, or two days or times by a comma.'),
  dimensions: text('Between commas.'),
  filter: text('As visit:country is DE,AT; the parameter again for more, of which all hold.'),
  filters: text('A list as JSON, as the body of POST has it.'),
  order_by: text('As visitors:desc, between commas.'),
  limit: text('Rows; 1,000 unless given, of CSV 10,000.'),
  offset: text('Rows that are left out before.'),
  total_rows: text('true: count all rows.'),
  time_labels: text('true: list all times of the range.'),
  compare: text('previous_period, year_over_year, or two days or times by a comma.'),
  match_day_of_week: text('true: compare the same weekdays.'),
  token: text('In the place of the header, where a program cannot send one: of scope read, for named sites.'),
});

type Name = keyof typeof addressShape.shape;
/** Each parameter as often as it was given. */
type Given = Readonly<Record<string, string | readonly string[]>>;

const REPEATABLE: readonly string[] = ['site_id', 'filter'];

/**
 * The question that an address asks.
 * @throws FieldError naming the parameter that is wrong
 */
export const parseAddress = (given: Given): Question => {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(addressShape.shape, name))
      throw new FieldError(name, 'must not be given: there is no such parameter', 'unknown_field');
    if (typeof value !== 'string' && value.length > 1 && !REPEATABLE.includes(name))
      throw new FieldError(name, 'must be given once');
  }
  const all = (name: Name): readonly string[] => [given[name] ?? []].flat();
  const one = (name: Name): string | undefined => all(name)[0];
  const filters = [...filtersIn(one('filters')), ...all('filter').map(writtenFilter)];
  try {
    return parseQuestion(questionOf(all, one, filters));
  } catch (error) {
    throw inAddress(error, one('filters'));
  }
};

type One = (name: Name) => string | undefined;

const questionOf = (all: (name: Name) => readonly string[], one: One, filters: readonly unknown[]): object => {
  const sites = all('site_id').flatMap(listOf);
  const [metrics, dimensions, order, range] = [
    one('metrics'),
    one('dimensions'),
    one('order_by'),
    withOffsets(one('date_range')),
  ];
  return given({
    site_id: sites.length > 1 ? sites : sites[0],
    metrics: listIn(metrics),
    date_range: range?.includes(',') ? listOf(range) : range,
    dimensions: listIn(dimensions),
    filters: filters.length > 0 ? filters : undefined,
    order_by: listIn(order)?.map(orderOf),
    pagination: given({ limit: numberOf(one('limit')), offset: numberOf(one('offset')) }),
    include: included(one),
  });
};

const listIn = (written: string | undefined): string[] | undefined =>
  written === undefined ? undefined : listOf(written);

/** A plus that nobody has escaped arrives as a space; times have none but in the place of one. */
const withOffsets = (written: string | undefined): string | undefined =>
  written?.replaceAll(/(?<=\d) (?=\d\d:\d\d(?:,|$))/g, '+');

const included = (one: One): object => {
  const [compare, match] = [withOffsets(one('compare')), booleanOf(one('match_day_of_week'))];
  if (compare !== undefined && !isComparison(compare))
    throw new FieldError('compare', `must be ${COMPARISON_EXAMPLES}`);
  if (compare === undefined && match !== undefined) throw new FieldError('match_day_of_week', 'needs compare');
  return given({
    total_rows: booleanOf(one('total_rows')),
    time_labels: booleanOf(one('time_labels')),
    comparisons: compare === undefined ? undefined : comparisonOf(compare, match),
  });
};

/** Without what is not there. */
const given = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const numberOf = (written: string | undefined): unknown =>
  written !== undefined && /^-?\d{1,15}(\.\d+)?$/.test(written) ? Number(written) : written;

const BOOLEANS: Readonly<Partial<Record<string, boolean>>> = { true: true, false: false, 1: true, 0: false };
const booleanOf = (written: string | undefined): unknown =>
  written === undefined ? undefined : (BOOLEANS[written] ?? written);

const filtersIn = (written: string | undefined): readonly unknown[] => {
  if (written === undefined) return [];
  const list = asJson(written);
  if (!Array.isArray(list)) throw new FieldError('filters', 'must be a JSON list such as [["is","event:page",["/"]]]');
  return list;
};

const asJson = (written: string): unknown => {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
};

const writtenFilter = (written: string, index: number): readonly unknown[] => {
  const filter = filterOf(written);
  if (filter === null) throw new FieldError(`filter[${index}]`, `must be one such as ${FILTER_EXAMPLES}`);
  return filter;
};

/**
 * What is wrong with a field of the question, by the parameter that says it.
 * @param filters the parameter of this name
 */
export const inAddress = (error: unknown, filters: string | undefined): unknown => {
  if (!(error instanceof FieldError)) return error;
  const listed = filtersIn(filters).length;
  const field = error.field
    .replace(/^pagination\.|^include\.(?=total_rows|time_labels)|^include\.comparisons\.(?=match_day_of_week)/, '')
    .replace(/^include\.comparisons.*/, 'compare')
    .replace(/^(order_by\[\d+\])\[\d\]$/, '$1')
    .replace(/^filters\[(\d+)\].*/, (place, index: string) =>
      Number(index) < listed ? place : `filter[${Number(index) - listed}]`,
    );
  const isWritten = error.code === 'not_a_pattern' && field.startsWith('filter[');
  const hint = isWritten ? '; a comma that belongs to it stands behind a backslash' : '';
  return new FieldError(field, `${error.message}${hint}`, error.code, error.limit);
};
