import { existsSync, lstatSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import {
  type CollectorProcess,
  failToStart,
  OWNER_TOKEN,
  startCollectorProcess,
} from '../support/collector-process.ts';
import { passerby } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a collector on a Unix socket, below a path', () => {
  const folder = temporaryFolder();
  const [dataDir, socket] = [join(folder.path, 'data'), join(folder.path, 'p.sock')];
  const env = { LISTEN_SOCKET: socket, PUBLIC_URL: 'https://example.com/stats/', PORT: '1', HOST: '192.0.2.1' };
  let collector: CollectorProcess;
  beforeAll(async () => {
    collector = await startCollectorProcess(dataDir, env);
  });
  afterAll(async () => {
    await collector.end('SIGKILL');
    folder.remove();
  });

  /** Asks as the proxy does. */
  const ask = (path: string, headers = {}, body?: object, method = body ? 'POST' : 'GET') =>
    new Promise<{ status: number; summary: unknown }>((resolve, reject) => {
      const sent = request({ socketPath: socket, path, method, headers }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, summary: answer.headers.passerby });
      });
      sent.once('error', reject).end(JSON.stringify(body));
    });

  test('says where browsers find it, and where it listens', () => {
    const { stdout } = collector.output();
    expect(stdout).toContain('  Dashboard   https://example.com/stats/\n');
    expect(stdout).toContain(`  First run   https://example.com/stats/setup#token=${collector.setupToken}\n`);
    expect(stdout).toContain('  Demo site   https://example.com/stats/demo/ ');
    expect(stdout).toContain('<script defer src="https://example.com/stats/p.js" data-site="example.com"></script>\n');
    expect(stdout).toContain(`  Listens on  ${socket}\n`);
    expect(stdout).not.toContain('TRUSTED_PROXIES');
  });

  test('answers whoever may connect', async () => {
    expect(lstatSync(socket).mode & 0o777).toBe(0o660);
    for (const path of ['/stats/healthz', '/healthz', '/stats/readyz', '/stats/p.js'])
      expect([path, (await ask(path)).status]).toEqual([path, 200]);
  });

  test('is found by commands, whose links lead to it', async () => {
    const added = await passerby(dataDir, 'site', 'add', 'example.com');
    expect([added.code, added.stderr]).toEqual([0, '']);
    const invited = await passerby(dataDir, 'user', 'add', 'ann@example.com');
    expect(invited.stdout).toMatch(/\n {2}https:\/\/example\.com\/stats\/invite#token=\S+\n/);
    const elsewhere = await passerby(dataDir, 'user', 'add', 'bob@example.com', '--url', 'http://other.example/a/');
    expect(elsewhere.stdout).toMatch(/\n {2}http:\/\/other\.example\/a\/invite#token=\S+\n/);
    const copied = await passerby(dataDir, 'backup', join(folder.path, 'copy'));
    expect([copied.code, existsSync(join(folder.path, 'copy'))]).toEqual([0, true]);
  });

  test('believes its proxy who the client is', async () => {
    const token = { authorization: `Bearer ${OWNER_TOKEN}`, 'content-type': 'application/json' };
    await ask('/api/sites/example.com', token, { ignoredAddresses: ['203.0.113.7'] }, 'PATCH');
    const hit = { s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] };
    const from = (address: string) =>
      ask('/stats/in', { 'content-type': 'text/plain', 'user-agent': REAL_AGENT, 'x-forwarded-for': address }, hit);
    expect(await from('203.0.113.7')).toEqual({ status: 202, summary: 'ignored=1' });
    expect(await from('203.0.113.8')).toEqual({ status: 202, summary: 'counted=1' });
    // Who stands before the proxy may have made up what it found in the header.
    expect(await from('203.0.113.7, 203.0.113.8')).toEqual({ status: 202, summary: 'counted=1' });
  });

  test('keeps its socket from another one, and leaves none behind', async () => {
    const other = await failToStart({ DATA_DIR: join(folder.path, 'other'), LISTEN_SOCKET: socket });
    expect(other.stderr).toContain(`Another process listens on ${socket}: stop it, or choose another LISTEN_SOCKET.`);
    expect((await ask('/healthz')).status).toBe(200);
    await collector.end('SIGKILL');
    expect(existsSync(socket)).toBe(true);
    collector = await startCollectorProcess(dataDir, env);
    expect((await ask('/healthz')).status).toBe(200);
    expect(await collector.end()).toBe(0);
    expect(existsSync(socket)).toBe(false);
  });
});
