import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';
import { copyRepository } from './copy.ts';

describe('pnpm dev', () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'packages/collector/src/api/routes/health.ts');
  let child: ChildProcess;
  let printed = '';
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(addressOf(printed) + path, { headers, redirect: 'manual' });
  const edit = (from: string, to: string): void => {
    const source = readFileSync(file, 'utf8');
    expect(source).toContain(from);
    writeFileSync(file, source.replace(from, to));
  };
  const answers = (path: string, words: string) =>
    expect.poll(async () => (await get(path)).text(), { timeout: 20_000, interval: 50 }).toContain(words);

  beforeAll(async () => {
    copyRepository(folder.path);
    const tsx = import.meta.resolve('tsx');
    child = spawn(process.execPath, ['--import', tsx, 'scripts/dev/index.ts', '--port', '5400'], {
      cwd: folder.path,
      // A group of its own, as from a terminal.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
      });
    await until('pnpm dev is ready', 50_000, () => /\n {2}Sign in {3}http/.test(printed));
  });
  afterAll(async () => {
    if (child?.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    folder.remove();
  });

  test('serves dashboard, API, script and demo at one address, and says no other', async () => {
    expect(new Set(printed.match(/http:\/\/[\w.]+:\d+/g))).toEqual(new Set([addressOf(printed)]));
    expect(await (await get('/', { accept: 'text/html' })).text()).toContain('/@vite/client');
    expect(await (await get('/p.js')).text()).toMatch(/^\/\*! passerby /);
    expect(await (await get('/demo/')).text()).toContain('The Corner Bakery');
    expect(await (await get('/api/status')).json()).toMatchObject({ setup: false, engine: 'ready' });
  });

  test('has a link that signs in', async () => {
    const [, path = ''] = /Sign in +http:\/\/[^/]+(\S+)/.exec(printed) ?? [];
    const { status, headers } = await get(path);
    expect([status, headers.get('location')]).toEqual([302, '/']);
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(await (await get('/api/sites', { cookie })).json()).toMatchObject({
      sites: [{ domain: 'demo', role: 'owner' }],
    });
  });

  test('answers as the source says now; one that does not run is told, and mended by the next change', async () => {
    edit("{ status: 'ok' }", "{ status: 'changed' }");
    await answers('/healthz', 'changed');
    edit("{ status: 'changed' }", "{ status: 'changed' oops }");
    await answers('/healthz', 'the collector does not start');
    expect(printed).toMatch(/health\.ts:\d+:\d+: ERROR/);
    edit("{ status: 'changed' oops }", "{ status: 'mended' }");
    await answers('/healthz', 'mended');
  });

  test('ends all that it started', async () => {
    const group = -(child.pid ?? 0);
    process.kill(group, 'SIGINT');
    expect((await once(child, 'exit'))[0]).toBe(0);
    // Compilers end a moment after those whose pipes they read.
    await until('the end of all of them', 10_000, () => !isThere(group));
  });
});

const addressOf = (printed: string): string => /Open +(http:\S+)\//.exec(printed)?.[1] ?? '';

/** Whether a process, or of a negative number one of a group, is there. */
const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
