import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { beforeEach, expect, test } from 'vitest';
import { NO_BACKUPS } from '../backup/backup-state.ts';
import { createLog } from '../lib/logger.ts';
import type { Store } from '../store/store.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Sources } from './readings.ts';
import { createRouteOf } from './requests.ts';

const PATHS = { script: '/s/own.js', intake: '/count' };

/** As of a collector that knows nothing yet. */
const SOURCES: Sources = {
  backlog: () => ({ rows: 3, bytes: 400, behind: 5, rejected: 1, damaged: 2 }),
  spoolMax: 2 ** 30,
  load: () => ({ connections: 7, requests: 2, turnedAway: 9 }),
  linesLost: () => 4,
  knownBrowsers: () => 11,
  liveViewers: () => 6,
  engineReady: async () => true,
  engineRestarts: () => 8,
  unknownNames: () => 12,
  damagedParts: () => ({ detached: 13, unreadable: 14 }),
  disk: () => null,
  dataBytes: async () => null,
  backup: () => NO_BACKUPS,
};

let metrics: Metrics;
beforeEach(() => {
  metrics = createMetrics({ version: '1.2.3', paths: PATHS });
});

/** Samples by their names with labels. */
const samples = async (): Promise<Record<string, number>> => {
  const lines = (await metrics.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.replace(/ \S+$/, ''), Number(/\S+$/.exec(line)?.[0])]));
};

/** Sends a request whose answer has ended. */
const answered = (path: string, statusCode: number, headersSent = true): void => {
  const response = Object.assign(new EventEmitter(), { statusCode, headersSent });
  metrics.request(path, response as unknown as ServerResponse);
  response.emit('close');
};

test('every metric is in the document, by its kind, and nothing else is', async () => {
  metrics.watch(SOURCES);
  const there = [...(await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(
    ([, name, kind]) => `${name} ${kind}`,
  );
  const document = readFileSync(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8');
  const named = [...document.matchAll(/^\| (`[\w`, ]+`) \| (\w+) \|/gm)].flatMap(([, names, kind]) =>
    [...(names ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => `${name} ${kind}`),
  );
  expect(named.sort()).toEqual(there.sort());
});

/** Names in an expression of Prometheus. */
const namesIn = (text: string): string[] => text.match(/\b(?:passerby|process|nodejs)_\w+(?=[{[ )/,]|$)/gm) ?? [];

test.each(['prometheus/alerts.yml', 'prometheus/alerts.test.yml', 'grafana/passerby.json'])(
  'deploy/%s names only metrics that are here',
  async (file) => {
    metrics.watch(SOURCES);
    const kinds = [...(await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    const there = kinds.flatMap(([, name = '', kind]) =>
      kind === 'histogram' ? ['_bucket', '_count', '_sum'].map((end) => name + end) : [name],
    );
    const text = readFileSync(new URL(`../../../../deploy/${file}`, import.meta.url), 'utf8');
    const named = new Set(namesIn(text));
    expect(named.size).toBeGreaterThan(9);
    expect([...named].filter((name) => !there.includes(name))).toEqual([]);
  },
);

test('each alert has a test that it comes and one that it does not', () => {
  const read = (file: string): string =>
    readFileSync(new URL(`../../../../deploy/prometheus/${file}`, import.meta.url), 'utf8');
  const tested = read('alerts.test.yml');
  const alerts = [...read('alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  expect(alerts.length).toBeGreaterThan(9);
  for (const name of alerts) {
    expect(tested).toMatch(new RegExp(`alertname: ${name}, exp_alerts: \\[\\]`));
    expect(tested).toMatch(new RegExp(`alertname: ${name}\\n +exp_alerts:\\n +- exp_labels`));
  }
});

test('counters are called as such, and no other number is', async () => {
  metrics.watch(SOURCES);
  for (const [, name = '', kind] of (await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm))
    expect([name, name.endsWith('_total')]).toEqual([name, kind === 'counter']);
});

test('the first refusal is a growth', async () => {
  expect(await samples()).toMatchObject({ 'passerby_beacons_total{status="503"}': 0 });
  metrics.refusedRequest(503);
  expect(await samples()).toMatchObject({ 'passerby_beacons_total{status="503"}': 1 });
});

test('what others know is read when somebody asks', async () => {
  metrics.watch(SOURCES);
  expect(await samples()).toMatchObject({
    [`passerby_build_info{version="1.2.3",node="${process.versions.node}"}`]: 1,
    passerby_spool_rows: 3,
    passerby_spool_max_bytes: 2 ** 30,
    passerby_turned_away_total: 9,
    passerby_engine_restarts_total: 8,
    passerby_engine_ready: 1,
    passerby_live_viewers: 6,
    passerby_store_detached_parts: 13,
  });
});

test.each([
  ['passerby_disk_free_bytes', { disk: () => ({ free: 1, total: 2 }) }, 1],
  ['passerby_disk_size_bytes', { disk: () => ({ free: 1, total: 2 }) }, 2],
  ['passerby_data_bytes', { dataBytes: async () => 3 }, 3],
  ['passerby_backup_last_success_timestamp_seconds', { lastGood: '1970-01-01T00:01:00.000Z' }, 60],
  ['passerby_backup_last_ok', { last: { ok: false } }, 0],
  ['passerby_backup_last_size_bytes', { last: { bytes: 5 } }, 5],
])('%s has no value until it is known', async (name, known, value) => {
  let sources = SOURCES;
  metrics.watch({
    ...SOURCES,
    disk: () => sources.disk(),
    dataBytes: () => sources.dataBytes(),
    backup: () => sources.backup(),
  });
  expect(await samples()).not.toHaveProperty(name);
  sources = { ...SOURCES, backup: () => ({ ...NO_BACKUPS, ...known }) as typeof NO_BACKUPS, ...known };
  expect((await samples())[name]).toBe(value);
  sources = SOURCES;
  expect(await samples()).not.toHaveProperty(name);
});

test('requests are counted by what they are for and how they ended, and by nothing that they say', async () => {
  answered('/count', 202);
  answered('/count', 202);
  answered('/count', 503);
  answered('/api/sites/secret.example/live', 200);
  answered('/secret', 200, false);
  const all = await samples();
  const name = 'passerby_http_request_duration_seconds';
  expect(all).toMatchObject({
    [`${name}_count{route="intake",status="2xx"}`]: 2,
    [`${name}_count{route="intake",status="5xx"}`]: 1,
    [`${name}_count{route="live",status="2xx"}`]: 1,
    [`${name}_count{route="pages",status="gone"}`]: 1,
    [`${name}_bucket{route="intake",status="2xx",le="+Inf"}`]: 2,
    [`${name}_bucket{route="intake",status="2xx",le="30"}`]: 2,
  });
  expect(JSON.stringify(all)).not.toContain('secret');
});

test.each([
  ['/count', 'intake'],
  ['/count.gif', 'pixel'],
  ['/s/own.js', 'script'],
  ['/s/own.full.js', 'script'],
  ['/s/own.1.2.3.js', 'script'],
  ['/', 'pages'],
  ['/sites/example.com', 'pages'],
  ['/demo/', 'pages'],
  ['/in', 'pages'],
  ['', 'pages'],
  ['/api/query', 'question'],
  ['/api/query.csv', 'question'],
  ['/api/logs', 'question'],
  ['/api/overview', 'question'],
  ['/api/v1/stats/aggregate', 'question'],
  ['/api/v2/query', 'question'],
  ['/api/sites/a.example/live', 'live'],
  ['/api/sites/a.example', 'api'],
  ['/api/status', 'api'],
  ['/api', 'pages'],
  ['/api/health', 'health'],
  ['/healthz', 'health'],
  ['/readyz', 'health'],
  ['/metrics', 'health'],
])('a request for %s is one for %s', (path, route) => {
  expect(createRouteOf(PATHS)(path)).toBe(route);
});

test('the store is timed, also where it fails, and its answers are those of before', async () => {
  const failed = new Error('a failure');
  const store = {
    query: async () => [1],
    readNative: async () => Buffer.from('x'),
    insert: async () => undefined,
    writeNative: async () => undefined,
    command: () => Promise.reject(failed),
    changes: () => 5,
  } as unknown as Store;
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => 0,
    () => ({ format: 'text', level: 'debug' }),
  );
  const timed = metrics.timed(store, log);
  expect([await timed.query('SELECT secret'), String(await timed.readNative('SELECT secret'))]).toEqual([[1], 'x']);
  await timed.writeNative('hits', Buffer.alloc(0));
  await expect(timed.command('DROP secret')).rejects.toBe(failed);
  expect(timed.changes?.()).toBe(5);
  const name = 'passerby_store_request_duration_seconds';
  expect(await samples()).toMatchObject({
    [`${name}_count{kind="query"}`]: 2,
    [`${name}_count{kind="insert"}`]: 1,
    [`${name}_count{kind="command"}`]: 1,
    'passerby_store_failures_total{kind="command"}': 1,
  });
  expect(lines.join('')).toMatch(/^(?:\S+ debug the store answered kind="\w+" took_ms=\d+\n){4}$/);
});

test('it says what format that is', () => {
  expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
});
