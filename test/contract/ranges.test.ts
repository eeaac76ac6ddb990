import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Filter, Question } from '../../packages/collector/src/query/stats/query.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const HOUR_MS = 3_600_000;

let collector: TestCollector;
let now = Date.parse('2035-12-01T12:00:00Z');
let visitors = 0;
beforeAll(async () => {
  collector = await startTestCollector({ now: () => now });
});
afterAll(() => collector.stop());

/** A view of a browser of its own every twenty minutes. */
const views = async (site: string, from: string, to: string): Promise<void> => {
  for (now = Date.parse(from); now < Date.parse(to); now += HOUR_MS / 3) {
    visitors += 1;
    const address = `203.0.${Math.floor(visitors / 250)}.${1 + (visitors % 250)}`;
    await collector.send({ s: site, u: `https://${site}/`, i: [{ k: 'view' }] }, { address });
  }
  await collector.flush();
};

/** From the rollup of hours, and from single hits. */
const SOURCES: readonly (readonly Filter[])[] = [[], [['is', 'event:page', ['/']]]];

type Times = readonly [string, string];

const ask = (site: string, date_range: Question['date_range'], filters: readonly Filter[], rest = {}) =>
  collector.query({ site_id: site, metrics: ['pageviews', 'visits', 'visitors'], date_range, filters, ...rest });

const numbersOf = async (site: string, range: Question['date_range'], filters: readonly Filter[]): Promise<number[]> =>
  (await ask(site, range, filters)).results[0]?.metrics as number[];

const added = (rows: readonly number[][]): number[] =>
  [0, 1, 2].map((at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0));

/** Ranges of so many hours, one after the other, by the names of the hours. */
const adjoining = (labels: readonly string[], size: number): Times[] =>
  labels.flatMap((label, index) => {
    const end = labels[Math.min(index + size, labels.length - 1)];
    return index % size === 0 && index < labels.length - 1 && end !== undefined ? [[label, end]] : [];
  });

/** Sunday in summer or winter, when clocks change, and a plain day; the day after it gives the last end. */
test.each([
  ['Europe/Berlin', '2036-10-26', '2036-10-27', 25],
  ['Australia/Lord_Howe', '2036-04-06', '2036-04-07', 25],
  ['Asia/Kathmandu', '2036-05-01', '2036-05-02', 24],
])('the hours of a day adjoin in %s', async (timezone, day, next, hours) => {
  const site = `${timezone.split('/')[1]?.toLowerCase().replace('_', '-')}.example`;
  await collector.api('POST', '/api/sites', { domain: site, timezone });
  await views(site, `${day}T00:00:00Z`, `${next}T00:00:00Z`);
  now += 48 * HOUR_MS;
  const whole = await numbersOf(site, [day, day], []);
  for (const filters of SOURCES) {
    const { results, meta } = await ask(site, [day, next], filters, {
      dimensions: ['time:hour'],
      include: { time_labels: true },
      pagination: { limit: 100 },
    });
    const labels = (meta.time_labels ?? []).slice(0, hours + 1);
    expect(labels.filter((label) => label.startsWith(day))).toHaveLength(hours);
    const single = await Promise.all(adjoining(labels, 1).map((range) => numbersOf(site, range, filters)));
    expect(single).toEqual(results.slice(0, hours).map(({ metrics }) => metrics));
    expect(added(single)).toEqual(whole);
    const answers = await Promise.all(adjoining(labels, 7).map((range) => ask(site, range, filters)));
    expect(added(answers.map((answer) => answer.results[0]?.metrics as number[]))).toEqual(whole);
    // What an answer names asks for the same.
    for (const { query, results } of answers)
      expect((await ask(site, query.date_range, filters)).results).toEqual(results);
  }
});

test.each(['America/New_York', 'Asia/Kathmandu'])('hours adjoin after a site moved to %s', async (timezone) => {
  const site = `to-${timezone.split('/')[1]?.toLowerCase().replace('_', '-')}.example`;
  now = Date.parse('2037-02-01T12:00:00Z');
  await collector.api('POST', '/api/sites', { domain: site, timezone: 'Europe/Berlin' });
  await views(site, '2037-02-01T12:00:00Z', '2037-02-01T22:40:00Z');
  expect((await collector.api('PATCH', `/api/sites/${site}`, { timezone })).status).toBe(200);
  await views(site, '2037-02-01T23:00:00Z', '2037-02-02T12:00:00Z');
  now = Date.parse('2037-02-05T12:00:00Z');
  for (const filters of SOURCES) {
    const { meta } = await ask(site, ['2037-02-01', '2037-02-03'], filters, {
      dimensions: ['time:hour'],
      include: { time_labels: true },
    });
    const labels = meta.time_labels ?? [];
    // Over midnight too.
    const parts = await Promise.all(adjoining(labels, 5).map((range) => numbersOf(site, range, filters)));
    expect(added(parts)).toEqual([71, 71, 71]);
  }
});

describe('a range of times is refused', () => {
  const site = 'refused.example';
  beforeAll(async () => {
    await collector.api('POST', '/api/sites', { domain: site, timezone: 'Asia/Kathmandu' });
  });
  test.each([
    [
      'minutes at its beginning',
      '2037-05-01T10:30:00+05:45',
      '2037-05-01T12:00:00+05:45',
      'date_range[0]',
      'not_a_full_hour',
    ],
    [
      'minutes at its end',
      '2037-05-01T10:00:00+05:45',
      '2037-05-01T12:01:00+05:45',
      'date_range[1]',
      'not_a_full_hour',
    ],
    ['hours of another zone', '2037-05-01T10:00:00Z', '2037-05-01T12:00:00Z', 'date_range[0]', 'not_a_full_hour'],
    [
      'a part of a second',
      '2037-05-01T10:00:00.5+05:45',
      '2037-05-01T12:00:00+05:45',
      'date_range[0]',
      'not_a_full_hour',
    ],
    ['no hour', '2037-05-01T10:00:00+05:45', '2037-05-01T10:00:00+05:45', 'date_range', 'backwards'],
    [
      'its end before its beginning',
      '2037-05-01T10:00:00+05:45',
      '2037-05-01T08:00:00+05:45',
      'date_range',
      'backwards',
    ],
    ['no offset', '2037-05-01T10:00:00', '2037-05-01T12:00:00', 'date_range', 'invalid'],
    ['a day beside a time', '2037-05-01', '2037-05-01T12:00:00+05:45', 'date_range', 'invalid'],
  ])('with %s', async (_name, from, to, field, code) => {
    const question = { site_id: site, metrics: ['visits'], date_range: [from, to] };
    const answer = await collector.api('POST', '/api/query', question);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { field, code } }]);
    const logs = `site_id=${site}&view=records&date_range=${encodeURIComponent(`${from},${to}`)}`;
    const listed = await collector.api('GET', `/api/logs?${logs}`);
    expect([listed.status, await listed.json()]).toMatchObject([400, { error: { field, code } }]);
  });
});
