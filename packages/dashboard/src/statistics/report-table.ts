import type { Answer, AnswerRow } from '../api/client.ts';
import { format } from '../i18n/format.ts';
import { propertyName } from '../i18n/names.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import type { ShownMetric } from '../reports/metrics.ts';
import { plainName } from '../reports/panels.ts';
import type { Report } from '../reports/report.ts';
import { propertyOf } from '../state/filters.ts';
import type { Table } from './csv-button.tsx';

/** Name of what a report groups by: that of the dimension, or of the site's own property. */
export const dimensionName = (dimension: Report['dimension']): string =>
  ownName(propertyOf(dimension)) ?? (dimension === 'open:name' ? text.reports.opens : named(dimension));

const ownName = (property: string | null): string | null => property && propertyName(property);

const named = (dimension: string): string =>
  Object.hasOwn(text.dimensions, dimension) ? text.dimensions[dimension as keyof typeof text.dimensions] : dimension;

/** The rows of a report as a table for programs: numbers as they are, then those before if they are known, names as they are shown. @param currency Of revenue. */
export const tableOf = (
  report: Report,
  metrics: readonly ShownMetric[],
  rows: readonly AnswerRow[],
  currency: string | null = null,
): Table => {
  const names = metrics.map((metric) =>
    MONEY.includes(metric) && currency ? `${text.metrics[metric]} ${currency}` : text.metrics[metric],
  );
  const hasBefore = rows.some(({ comparison }) => comparison);
  return {
    heads: [
      dimensionName(report.dimension),
      ...names,
      ...(hasBefore ? names.map((metric) => text.panel.before({ metric })) : []),
    ],
    rows: rows.map(({ dimensions: [value = ''], metrics: numbers, comparison }) => [
      plainName(report, value),
      ...metrics.map((_, index) => numbers[index] ?? null),
      ...(hasBefore ? metrics.map((_, index) => comparison?.metrics[index] ?? null) : []),
    ]),
  };
};

/** The metrics of an answer: until that to the next question is there, they may be others than are asked for. */
export const answeredMetrics = ({ query }: Answer): readonly ShownMetric[] => query.metrics as ShownMetric[];

/** Metrics in a currency. */
const MONEY: readonly ShownMetric[] = ['revenue', 'revenue_per_visitor'];

/** A metric's value in a row; money in its currency. */
export const written = (metric: ShownMetric, value: number | null, currency: string | null): string =>
  MONEY.includes(metric) && value !== null && currency ? format.money(value, currency) : format.compact(metric, value);

/** Where a report is asked: what belongs to no visit is not filtered. */
export const scopeOf = (report: Report, { domain, view }: Scope): Scope =>
  report.dimension === 'open:name' ? { domain, view: { ...view, filters: [] } } : { domain, view };
