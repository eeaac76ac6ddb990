import { expect, it } from 'vitest';
import type { Answer } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { REPORTS } from '../reports/panels.ts';
import { parseView } from '../state/view.ts';
import { isCompared, rowsToShow } from './compared.ts';
import { tableOf } from './report-table.ts';

const ROW = { dimensions: ['/'], metrics: [112, 130] };
const COMPARED = { ...ROW, comparison: { dimensions: ['/'], metrics: [100, 0], change: [12, null] } };

const answered = (meta: Partial<Answer['meta']>, before?: [string, string]): Answer => ({
  results: [before ? COMPARED : ROW],
  meta: { source: 'sums', complete_from: '2026-01-10', ...meta },
  query: {
    site_id: 'shop.example',
    metrics: ['visitors', 'pageviews'],
    date_range: ['2026-01-29T00:00:00', '2026-02-25T23:59:59'],
    ...(before && { include: { comparisons: { mode: 'previous_period', date_range: before } } }),
  },
});

const BEFORE: [string, string] = ['2026-01-01T00:00:00', '2026-01-28T23:59:59'];
const INCOMPLETE = { code: 'comparison_incomplete', message: '', from: '2026-01-20' } as const;

it.each([
  ['what was before', answered({}, BEFORE), [COMPARED]],
  ['nothing where nothing is compared', answered({}), [ROW]],
  ['nothing where all of it was before the first day', answered({ complete_from: '2026-01-29' }, BEFORE), [ROW]],
  ['what was on the first day alone', answered({ complete_from: '2026-01-28' }, BEFORE), [COMPARED]],
  ['nothing where days are not kept', answered({ metric_warnings: { visitors: INCOMPLETE } }, BEFORE), [ROW]],
  ['what is known, of another metric', answered({ metric_warnings: { pageviews: INCOMPLETE } }, BEFORE), [COMPARED]],
])('shows beside a row %s', (_, answer, rows) => {
  expect(rowsToShow(answer)).toEqual(rows);
});

it.each([
  ['', true],
  ['?compare=no', false],
  ['?compare=year', true],
  ['?period=all', false],
  ['?period=all&compare=2025-01-01..2025-01-28', true],
])('of %s there is a change: %s', (search, is) => {
  expect(isCompared(parseView(new URLSearchParams(search)))).toBe(is);
});

it('has the numbers before in a file, where they are known', () => {
  const names = [text.metrics.visitors, text.metrics.pageviews];
  expect(tableOf(REPORTS.pages, ['visitors', 'pageviews'], [COMPARED])).toEqual({
    heads: [text.dimensions['event:page'], ...names, ...names.map((metric) => text.panel.before({ metric }))],
    rows: [['/', 112, 130, 100, 0]],
  });
  expect(tableOf(REPORTS.pages, ['visitors', 'pageviews'], [ROW])).toEqual({
    heads: [text.dimensions['event:page'], ...names],
    rows: [['/', 112, 130]],
  });
});
