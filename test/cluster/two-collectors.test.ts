import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../packages/collector/src/engine/free-port.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { type CollectorProcess, startCollectorProcess } from '../support/collector-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';
import { type EngineServer, startEngineServer } from './engine-server.ts';

/** Sites are read again every few seconds. */
const SEEN_MS = 15_000;
const STORED_MS = 60_000;
const CLIENTS = 60;
const PAGES = ['/', '/pricing', '/docs'];

const folders = [temporaryFolder(), temporaryFolder(), temporaryFolder()] as const;
let engine: EngineServer;
let collectors: readonly [CollectorProcess, CollectorProcess];
beforeAll(async () => {
  engine = await startEngineServer(['--port', String(await freePort()), '--data', folders[0].path]);
  const env = { CLICKHOUSE_URL: engine.url, TRUSTED_PROXIES: '127.0.0.1/32', CLIENT_LIMIT: '0', DEMO: '0' };
  // At the same time: of an empty store both make the tables.
  collectors = await Promise.all([
    startCollectorProcess(folders[1].path, env),
    startCollectorProcess(folders[2].path, env),
  ]);
}, 120_000);
afterAll(async () => {
  await Promise.all((collectors ?? []).map((collector) => collector.end()));
  await engine?.end();
  for (const { remove } of folders) remove();
});

const addSite = async (collector: CollectorProcess, domain: string): Promise<void> => {
  expect((await collector.api('POST', '/api/sites', { domain })).status).toBe(201);
};

const sees = async (collector: CollectorProcess, domain: string): Promise<boolean> => {
  const { sites } = (await (await collector.api('GET', '/api/sites')).json()) as { sites: { domain: string }[] };
  return sites.some((site) => site.domain === domain);
};

const view = (collector: CollectorProcess, site: string, client: number, path: string): Promise<Response> =>
  fetch(`${collector.url}/in`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain',
      'user-agent': REAL_AGENT,
      'x-forwarded-for': `198.51.100.${client}`,
    },
    body: JSON.stringify({ v: 1, s: site, u: `https://${site}${path}`, i: [{ k: 'view' }] }),
  });

const stored = async (collector: CollectorProcess): Promise<boolean> => {
  const { keeping } = (await (await collector.api('GET', '/api/status')).json()) as { keeping: { waiting: number } };
  return keeping.waiting === 0;
};

describe('two collectors on one engine', () => {
  test('see each other’s sites within seconds', async () => {
    const [one, other] = collectors;
    await addSite(one, 'one.example');
    await addSite(other, 'other.example');
    await until('each site is seen by both', SEEN_MS, async () => {
      const seen = await Promise.all([sees(one, 'other.example'), sees(other, 'one.example')]);
      return seen.every(Boolean);
    });
    expect((await view(other, 'one.example', 1, '/')).status).toBe(202);
  });

  test('count right together, each client always at one of them', async () => {
    const site = 'together.example';
    await addSite(collectors[0], site);
    await until('the site is seen by the other', SEEN_MS, () => sees(collectors[1], site));
    const walk = async (client: number): Promise<void> => {
      for (const path of PAGES) {
        const response = await view(collectors[client % 2 === 0 ? 0 : 1], site, client, path);
        expect([response.status, response.headers.get('passerby')]).toEqual([202, 'counted=1']);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, (_, client) => walk(client)));
    for (const collector of collectors) await until('everything is stored', STORED_MS, () => stored(collector));
    for (const collector of collectors) {
      const answer = await collector.query({
        site_id: site,
        metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'views_per_visit'],
        date_range: '7d',
      });
      expect(answer.results).toEqual([{ dimensions: [], metrics: [CLIENTS, CLIENTS, CLIENTS * 3, 0, 3] }]);
      const pages = await collector.query({
        site_id: site,
        metrics: ['visitors', 'pageviews'],
        date_range: '7d',
        dimensions: ['event:page'],
      });
      expect(pages.results).toHaveLength(PAGES.length);
      for (const { metrics } of pages.results) expect(metrics).toEqual([CLIENTS, CLIENTS]);
    }
  });
});
