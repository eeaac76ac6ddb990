import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import type { Question } from '../../packages/collector/src/query/stats/query.ts';
import { type Harvest, sow } from '../../scripts/seed/sow.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

/** A Sunday, ahead because the store deletes old hits by a clock that no test can set. */
const UNTIL = Date.parse('2036-06-15T20:00:00Z');
const RANGE: Question['date_range'] = ['2036-06-01', '2036-06-15'];
const DAYS = 14;
const VISITS = 40;
const SITE = 'bakery.example';

describe('a site that is seeded', () => {
  let engine: TestEngine;
  let collector: TestCollector;
  let harvest: Harvest;

  const sowOn = async (domain: string, seed: number): Promise<Harvest> => {
    const spool = temporaryFolder();
    try {
      return await sow({
        // It is needed afterwards.
        engine: { ...engine, stop: async () => {} },
        spoolDir: spool.path,
        domain,
        days: DAYS,
        visits: VISITS,
        seed,
        until: UNTIL,
        told: () => {},
      });
    } finally {
      expect(existsSync(spool.path)).toBe(false);
    }
  };
  const rowsOf = async (question: Partial<Question>): Promise<[string, number][]> => {
    const { results } = await collector.query({ site_id: SITE, metrics: ['visits'], date_range: RANGE, ...question });
    return results.map(({ dimensions, metrics }) => [dimensions.join(' '), Number(metrics[0])]);
  };

  beforeAll(async () => {
    engine = await startTestEngine();
    harvest = await sowOn(SITE, 7);
    await sowOn('same.example', 7);
    await sowOn('other.example', 8);
    collector = await startTestCollector({ engine, now: () => UNTIL });
  });
  afterAll(async () => {
    await collector?.stop();
  });

  test('has about as many visits a day as were wanted, and fewer on Saturdays', async () => {
    const days = (await rowsOf({ dimensions: ['time:day'] })).filter(([, count]) => count > 0);
    expect(days).toHaveLength(DAYS);
    expect(sum(days)).toBe(harvest.visits);
    expect(Math.abs(sum(days) / (DAYS * VISITS) - 1)).toBeLessThan(0.3);
    const isSaturday = ([day]: [string, number]): boolean => new Date(day).getUTCDay() === 6;
    const saturdays = days.filter(isSaturday);
    const others = days.filter((day) => !isSaturday(day));
    expect(sum(saturdays) / saturdays.length).toBeLessThan(sum(others) / others.length);
  });

  test.each([
    ['event:page', 'visits', 10],
    ['visit:source', 'visits', 6],
    ['visit:channel', 'visits', 5],
    ['visit:country', 'visits', 8],
    ['visit:utm_campaign', 'visits', 2],
    ['visit:browser', 'visits', 3],
    ['visit:device', 'visits', 3],
    ['event:name', 'events', 4],
  ] as const)('has several of %s', async (dimension, metric, least) => {
    const rows = await rowsOf({ dimensions: [dimension], metrics: [metric] });
    expect(rows.length).toBeGreaterThanOrEqual(least);
  });

  test('has bounces, durations and revenue as people make them', async () => {
    const metrics: Question['metrics'] = ['bounce_rate', 'visit_duration', 'views_per_visit'];
    const { results } = await collector.query({ site_id: SITE, metrics, date_range: RANGE });
    const [bounces = 0, seconds = 0, views = 0] = (results[0]?.metrics ?? []).map(Number);
    expect(bounces).toBeGreaterThan(25);
    expect(bounces).toBeLessThan(75);
    expect(seconds).toBeGreaterThan(20);
    expect(views).toBeGreaterThan(1.5);
    const revenue = await rowsOf({ metrics: ['revenue'], dimensions: ['event:currency'] });
    expect(revenue).toEqual([['EUR', expect.any(Number)]]);
  });

  test.each([
    ['records', 'the basket was empty'],
    ['problems', 'TypeError: Cannot read properties'],
  ])('has %s', async (view, words) => {
    const answer = await collector.api('GET', `/api/logs?site_id=${SITE}&view=${view}&date_range=${RANGE}`);
    expect(await answer.text()).toContain(words);
  });

  test('is the same by the same seed, and another one by another', async () => {
    const dimensions: Question['dimensions'] = ['time:day', 'event:page', 'visit:source'];
    const [one, same, other] = await Promise.all(
      [SITE, 'same.example', 'other.example'].map((site_id) => rowsOf({ site_id, dimensions })),
    );
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  test('is not filled twice', async () => {
    await expect(sowOn(SITE, 7)).rejects.toThrow(`${SITE} is a site already`);
  });
});

const sum = (rows: readonly [string, number][]): number => rows.reduce((total, [, count]) => total + count, 0);
