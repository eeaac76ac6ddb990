import { describe, expect, it } from 'vitest';
import type { Answer } from '../api/client.ts';
import { durationTicks, stepsOf, ticks } from './series.ts';

const answer = (results: Answer['results'], labels?: string[]): Answer => ({
  results,
  meta: { source: 'sums', complete_from: '2026-01-01', ...(labels && { time_labels: labels }) },
  query: { site_id: 'example.com', metrics: ['visitors'], date_range: ['2026-03-01', '2026-03-03'] },
});

describe('stepsOf', () => {
  const now = Date.parse('2026-03-02T12:30:00Z');

  it('knows the day that is under way, and leaves the future blank', () => {
    const days = ['2026-03-01', '2026-03-02', '2026-03-03'];
    const rows = days.map((day, index) => ({ dimensions: [day], metrics: [index] }));
    expect(stepsOf(answer(rows, days), 'day', now, 'UTC')).toEqual([
      { label: '2026-03-01', value: 0, before: null, unfinished: false, partial: false },
      { label: '2026-03-02', value: 1, before: null, unfinished: true, partial: true },
      { label: '2026-03-03', value: null, before: null, unfinished: false, partial: false },
    ]);
  });

  it('goes by the day of the site', () => {
    const late = Date.parse('2026-03-02T23:30:00Z');
    const rows = [{ dimensions: ['2026-03-02'], metrics: [1] }];
    expect(stepsOf(answer(rows), 'day', late, 'UTC')[0]?.unfinished).toBe(true);
    expect(stepsOf(answer(rows), 'day', late, 'Europe/Berlin')[0]?.unfinished).toBe(false);
  });

  it.each([
    ['2026-03-02T12:00:00+00:00', true],
    ['2026-03-02T18:00:00+05:45', true],
    ['2026-03-02T11:00:00+00:00', false],
  ])('the hour %s is under way: %s', (hour, unfinished) => {
    expect(stepsOf(answer([{ dimensions: [hour], metrics: [1] }]), 'hour', now, 'UTC')[0]?.unfinished).toBe(unfinished);
  });

  it('puts the period before beside its step', () => {
    const comparison = { dimensions: ['2026-02-26'], metrics: [4], change: [-50] };
    const rows = [{ dimensions: ['2026-03-01'], metrics: [2], comparison }];
    expect(stepsOf(answer(rows), 'day', now, 'UTC')[0]?.before).toEqual({ label: '2026-02-26', value: 4 });
  });
});

describe('weeks and months', () => {
  const now = Date.parse('2026-06-10T12:30:00Z');
  const steps = (grain: 'week' | 'month' | 'day', labels: string[], range: [string, string], from: string) => {
    const rows = labels.map((label, index) => ({
      dimensions: [label],
      metrics: [index],
      comparison: { dimensions: [label.replace('2026', '2025')], metrics: [1], change: [null] },
    }));
    const { results, query, meta } = answer(rows, labels);
    const date_range = [`${range[0]}T00:00:00+00:00`, `${range[1]}T23:59:59+00:00`] as const;
    const said = { results, meta: { ...meta, complete_from: from }, query: { ...query, date_range } };
    return stepsOf(said, grain, now, 'UTC').map(({ label, partial, before }) => [label, partial, before !== null]);
  };

  it('of which the period has a part are partial, first and last', () => {
    const weeks = ['2026-04-27', '2026-05-04', '2026-05-11'];
    expect(steps('week', weeks, ['2026-05-01', '2026-05-15'], '2020-01-01')).toEqual([
      ['2026-04-27', true, true],
      ['2026-05-04', false, true],
      ['2026-05-11', true, true],
    ]);
    const months = ['2026-04-01', '2026-05-01', '2026-06-01'];
    expect(steps('month', months, ['2026-04-01', '2026-06-10'], '2020-01-01').map(([, partial]) => partial)).toEqual([
      false,
      false,
      true,
    ]);
    expect(steps('month', months, ['2026-04-02', '2026-06-30'], '2020-01-01').map(([, partial]) => partial)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('begin with the first day that there is', () => {
    const months = ['2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01'];
    expect(steps('month', months, ['2026-01-01', '2026-06-10'], '2026-04-30')).toEqual([
      ['2026-04-01', true, false],
      ['2026-05-01', false, false],
      ['2026-06-01', true, false],
    ]);
    expect(steps('month', months, ['2026-03-01', '2026-06-10'], '2026-03-01').map(([label]) => label)).toEqual(months);
    // Nothing at all is shown as it was asked for.
    expect(steps('month', months, ['2026-03-01', '2026-06-10'], '2027-01-01')).toHaveLength(4);
  });

  it('stand beside none of before the first day', () => {
    const months = ['2026-04-01', '2026-05-01'];
    const befores = steps('month', months, ['2026-04-01', '2026-05-31'], '2025-05-31').map(([, , before]) => before);
    expect(befores).toEqual([false, true]);
    const days = ['2026-05-01', '2026-05-02'];
    expect(steps('day', days, ['2026-05-01', '2026-05-02'], '2025-05-02')).toEqual([
      ['2026-05-01', false, false],
      ['2026-05-02', false, true],
    ]);
  });
});

describe('lines of the chart', () => {
  it.each([
    [0, true, [0, 1]],
    [1, true, [0, 1]],
    [3, true, [0, 1, 2, 3]],
    [7, true, [0, 2, 4, 6, 8]],
    [230, true, [0, 50, 100, 150, 200, 250]],
    [4200, true, [0, 1000, 2000, 3000, 4000, 5000]],
    [1000, true, [0, 200, 400, 600, 800, 1000]],
    [2.6, false, [0, 1, 2, 3]],
  ])('up to %d', (max, whole, lines) => {
    expect(ticks(max, whole)).toEqual(lines);
  });

  it('end near the peak, whatever it is', () => {
    for (let peak = 5; peak < 1e7; peak = Math.ceil(peak * 1.07)) {
      const lines = ticks(peak);
      expect([peak, (lines.at(-1) ?? 0) / peak <= 1.34, lines.length <= 6]).toEqual([peak, true, true]);
    }
    for (let peak = 15; peak < 1e6; peak = Math.ceil(peak * 1.07)) {
      const lines = durationTicks(peak);
      expect([peak, (lines.at(-1) ?? 0) / peak <= 1.34, lines.length <= 6]).toEqual([peak, true, true]);
    }
  });

  it.each([
    [0, [0, 1]],
    [50, [0, 10, 20, 30, 40, 50]],
    [148, [0, 30, 60, 90, 120, 150]],
    [20_000, [0, 7200, 14_400, 21_600]],
  ])('up to %d seconds', (max, lines) => {
    expect(durationTicks(max)).toEqual(lines);
  });
});
