import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { batchOf } from '../../store/lines.ts';
import type { Row } from '../../store/row.ts';
import { row, SITE } from '../testing.ts';
import type { LogRecord, LogsAnswer, Problem } from './logs.ts';
import { parseLogsQuestion } from './parse.ts';
import { createLogs } from './run.ts';

const NOW = '2026-06-10T15:30:00+02:00';
const A = '00000000000000aa';
const B = '00000000000000bb';

const error = (time: string, fingerprint: string, given: Partial<Row>): Row =>
  row(time, { kind: 'error', severity: 'error', fingerprint, message: `Error ${fingerprint}`, ...given });

const log = (time: string, severity: string, message: string, given: Partial<Row> = {}): Row =>
  row(time, { kind: 'log', severity, message, ...given });

const ROWS: readonly Row[] = [
  error('2026-06-08T10:00:00+02:00', A, { visit: '1', page: '/', browser: 'Firefox', stack: 'old' }),
  error('2026-06-09T10:00:00+02:00', A, { visit: '1', page: '/a', browser: 'Firefox', stack: 'middle' }),
  error('2026-06-09T11:00:00+02:00', A, { visit: '0', page: '/a', browser: 'Chrome' }),
  // Its visit began the day before.
  {
    ...error('2026-06-10T00:10:00+02:00', A, { visit: '2', page: '/a', browser: 'Chrome', stack: 'new' }),
    day: '2026-06-09',
  },
  error('2026-06-10T12:00:00+02:00', B, {
    visit: '2',
    page: '/',
    browser: 'Safari',
    os: 'iOS',
    device: 'mobile',
    release: '1.2',
  }),
  log('2026-06-10T13:00:00+02:00', 'debug', 'Cache miss'),
  log('2026-06-10T14:00:00+02:00', 'warn', "It's 100% 'slow'", { page: '/a', props: { route: '/a', ms: '900' } }),
  log('2026-06-02T14:00:00+02:00', 'fatal', 'Long ago'),
  { ...error('2026-06-10T12:00:00+02:00', A, { visit: '3' }), site: 'other' },
];

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  await engine.store.insert(batchOf(ROWS, 'rows'));
});
afterAll(() => engine.stop());

const ask = (params: Record<string, string>): Promise<LogsAnswer> =>
  createLogs({ store: engine.store, now: () => Date.parse(NOW) }).ask(
    parseLogsQuestion({ site_id: 'example.com', ...params }),
    SITE,
  );

const problems = async (params: Record<string, string> = {}): Promise<[Problem[], number]> => {
  const answer = await ask({ view: 'problems', ...params });
  return answer.view === 'problems' ? [answer.problems, answer.total] : [[], -1];
};

const records = async (params: Record<string, string> = {}): Promise<[LogRecord[], number]> => {
  const answer = await ask({ view: 'records', ...params });
  return answer.view === 'records' ? [answer.records, answer.total] : [[], -1];
};

describe('problems', () => {
  it('are groups of equal errors, the most frequent first', async () => {
    const [found, total] = await problems();
    expect(total).toBe(2);
    expect(found).toEqual([
      {
        fingerprint: A,
        message: `Error ${A}`,
        stack: 'new',
        count: 4,
        visits: 2,
        first_seen: '2026-06-08T08:00:00.000Z',
        last_seen: '2026-06-09T22:10:00.000Z',
        is_new: true,
        page: '/a',
        browsers: ['Chrome', 'Firefox'],
      },
      {
        fingerprint: B,
        message: `Error ${B}`,
        stack: '',
        count: 1,
        visits: 1,
        first_seen: '2026-06-10T10:00:00.000Z',
        last_seen: '2026-06-10T10:00:00.000Z',
        is_new: true,
        page: '/',
        browsers: ['Safari'],
      },
    ]);
  });

  const FIRST = '2026-06-08T08:00:00.000Z';
  it.each<[string, Record<string, string>, string, boolean]>([
    ['the day after', { date_range: '2026-06-09,2026-06-09' }, FIRST, false],
    ['two days after', { date_range: 'day' }, FIRST, false],
    ['the last hours', { date_range: '24h' }, FIRST, false],
    ['the day itself', { date_range: '2026-06-08,2026-06-08' }, FIRST, true],
    ['a week', { date_range: '7d' }, FIRST, true],
    ['a page on which it came later', { page: '/a' }, FIRST, true],
    ['a text', { date_range: 'day', search: A }, FIRST, false],
    ['itself', { date_range: 'day', fingerprint: A }, FIRST, false],
  ])('were first seen when they were, whatever is looked at: %s', async (_, params, first, isNew) => {
    const [found] = await problems(params);
    const problem = found.find(({ fingerprint }) => fingerprint === A);
    expect([problem?.first_seen, problem?.is_new]).toEqual([first, isNew]);
  });

  it.each<[string, Record<string, string>, [string, number, number][]]>([
    [
      'today',
      { date_range: 'day' },
      [
        [A, 1, 1],
        [B, 1, 1],
      ].reverse() as [string, number, number][],
    ],
    ['days', { date_range: '2026-06-08,2026-06-08' }, [[A, 1, 1]]],
    [
      'a page',
      { page: '/', date_range: '7d' },
      [
        [B, 1, 1],
        [A, 1, 2],
      ],
    ],
    ['a fingerprint', { fingerprint: B }, [[B, 1, 1]]],
    ['a text', { search: 'ERROR 00000000000000A' }, [[A, 4, 2]]],
    ['a page of them', { limit: '1', offset: '1' }, [[B, 1, 1]]],
    ['none', { date_range: '2026-05-01,2026-05-01' }, []],
  ])('of %s', async (_name, params, expected) => {
    const [found] = await problems(params);
    expect(found.map(({ fingerprint, count, visits }) => [fingerprint, count, visits])).toEqual(expected);
  });
});

describe('records', () => {
  it('are log lines and errors, the newest first', async () => {
    const [found, total] = await records();
    expect(total).toBe(7);
    expect(found.map(({ time }) => time)).toEqual([...found.map(({ time }) => time)].sort().reverse());
    expect(found.slice(0, 3)).toEqual([
      {
        time: '2026-06-10T12:00:00.000Z',
        kind: 'log',
        severity: 'warn',
        message: "It's 100% 'slow'",
        fingerprint: '',
        stack: '',
        page: '/a',
        browser: '',
        os: '',
        device: '',
        release: '',
        attributes: { route: '/a', ms: '900' },
      },
      expect.objectContaining({ kind: 'log', severity: 'debug', message: 'Cache miss', attributes: {} }),
      expect.objectContaining({
        kind: 'error',
        fingerprint: B,
        browser: 'Safari',
        os: 'iOS',
        device: 'mobile',
        release: '1.2',
      }),
    ]);
  });

  it.each<[string, Record<string, string>, number]>([
    ['a level and above', { level: 'warn' }, 6],
    ['the highest level', { level: 'fatal', date_range: '30d' }, 1],
    ['a text, case ignored', { search: "'SLOW'" }, 1],
    ['a text that is no pattern', { search: '%' }, 1],
    ['a text that is nowhere', { search: "' OR 1=1 --" }, 0],
    ['a page', { page: '/a' }, 4],
    ['a fingerprint', { fingerprint: A }, 4],
    ['hours', { date_range: '2026-06-10T13:00:00+02:00,2026-06-10T13:59:59+02:00' }, 1],
  ])('of %s', async (_name, params, expected) => {
    const [found, total] = await records(params);
    expect([found.length, total]).toEqual([expected, expected]);
  });

  it('come by the page', async () => {
    const [all] = await records();
    const [found, total] = await records({ limit: '2', offset: '3' });
    expect(total).toBe(7);
    expect(found).toEqual(all.slice(3, 5));
  });
});

test.each<[string, Record<string, string>]>([
  ['view', { view: 'graphs' }],
  ['date_range', { date_range: 'tomorrow' }],
  ['date_range', { date_range: '2026-06-01,2026-06-02,2026-06-03' }],
  ['level', { level: 'loud' }],
  ['fingerprint', { fingerprint: "' OR 1=1" }],
  ['limit', { limit: '201' }],
  ['limit', { limit: 'x' }],
  ['offset', { offset: '-1' }],
  ['from', { from: '2026-06-01' }],
])('%s is wrong: %j', (field, params) => {
  expect(() => parseLogsQuestion({ site_id: 's', view: 'records', ...params })).toThrow(
    expect.objectContaining({ name: 'FieldError', field }),
  );
});
