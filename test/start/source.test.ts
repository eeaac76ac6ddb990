import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import { type CollectorProcess, SOURCE, startCollectorProcess } from '../support/collector-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a collector that runs from source', () => {
  const folder = temporaryFolder();
  let collector: CollectorProcess;

  beforeAll(async () => {
    collector = await startCollectorProcess(folder.path, {}, SOURCE);
  });
  afterAll(async () => {
    await collector?.end();
    folder.remove();
  });

  test('stores what it takes, and serves the dashboard, the script and the demo', async () => {
    expect((await collector.api('POST', '/api/sites', { domain: 'example.com' })).status).toBe(201);
    const body = JSON.stringify({ s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] });
    const sent = await fetch(`${collector.url}/in`, { method: 'POST', headers: { 'user-agent': REAL_AGENT }, body });
    expect(sent.headers.get('passerby')).toBe('counted=1');
    await expect.poll(async () => views(collector), { timeout: 10_000 }).toBe(1);
    const headers = { accept: 'text/html' };
    for (const path of ['/', '/p.js', '/demo/'])
      expect((await fetch(collector.url + path, { headers })).status, path).toBe(200);
  });
});

test('a command runs from source', async () => {
  const [program, ...args] = SOURCE;
  const child = spawn(program, [...args, 'help', 'engine'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  expect(chunk.toString()).toMatch(/^passerby engine /);
});

const views = async ({ query }: CollectorProcess): Promise<number | null | undefined> =>
  (await query({ site_id: 'example.com', metrics: ['pageviews'], date_range: 'day' })).results[0]?.metrics[0];
