import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import { type CollectorProcess, endWhileStarting, startCollectorProcess } from '../support/collector-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const EVENTS = 10;
const BEACON = JSON.stringify({
  s: 'example.com',
  u: 'https://example.com/',
  i: Array(EVENTS).fill({ k: 'event', n: 'x' }),
});

/** One client sends them all. */
const ENV = { CLIENT_LIMIT: '0' };

/** Sends a beacon; resolves to the items that were counted, 0 if there was no answer. */
const send = async ({ url }: CollectorProcess): Promise<number> => {
  try {
    const response = await fetch(`${url}/in`, { method: 'POST', headers: { 'user-agent': REAL_AGENT }, body: BEACON });
    return Number(/counted=(\d+)/.exec(response.headers.get('passerby') ?? '')?.[1] ?? 0);
  } catch {
    return 0;
  }
};

/** Sends beacons over one kept connection, one after the other, until there is no answer; says how that came. */
const keepSending = ({ url }: CollectorProcess): { answered: () => number; end: Promise<string> } => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let answered = 0;
  let connection: string | undefined;
  const end = new Promise<string>((resolve) => {
    const next = (): void => {
      const headers = { 'user-agent': REAL_AGENT, 'content-type': 'text/plain' };
      request(`${url}/in`, { method: 'POST', agent, headers }, (response) => {
        ({ connection } = response.headers);
        if (response.headers.passerby === `counted=${EVENTS}`) answered += 1;
        response.resume().once('end', next);
      })
        .once('error', ({ code }: NodeJS.ErrnoException) => resolve(`${connection}, then ${code}`))
        .end(BEACON);
    };
    next();
  });
  return { answered: () => answered, end };
};

const sendMany = async (collector: CollectorProcess, beacons: number): Promise<number> => {
  const counted = await Promise.all(Array.from({ length: beacons }, () => send(collector)));
  return counted.reduce((sum, count) => sum + count, 0);
};

const events = async (collector: CollectorProcess): Promise<number | null | undefined> => {
  const question = { site_id: 'example.com', metrics: ['events'], date_range: '7d' } as const;
  return (await collector.query(question)).results[0]?.metrics[0];
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

describe('a collector', () => {
  let folder: TemporaryFolder;
  let collector: CollectorProcess;
  const enginePid = (): number =>
    (JSON.parse(readFileSync(join(folder.path, 'engine.json'), 'utf8')) as { engine: { pid: number } }).engine.pid;

  beforeEach(async () => {
    folder = temporaryFolder();
    collector = await startCollectorProcess(folder.path, ENV);
    expect((await collector.api('POST', '/api/sites', { domain: 'example.com' })).status).toBe(201);
  });
  afterEach(async () => {
    await collector.end();
    folder.remove();
  });

  test('that is told to end stores all that it accepted, and ends its engine', async () => {
    const engine = enginePid();
    const accepted = await sendMany(collector, 200);
    const ended = collector.end('SIGTERM');
    expect(accepted).toBe(200 * EVENTS);
    expect(await ended).toBe(0);
    expect(isRunning(engine)).toBe(false);
    collector = await startCollectorProcess(folder.path, ENV);
    expect(await events(collector)).toBe(accepted);
  });

  test('that is told to end under load stores what it answered, no more and no less', async () => {
    const sending = sendMany(collector, 400);
    // It may be refused: as many as there are is what one client has room for.
    const last = await send(collector);
    const ended = collector.end('SIGINT');
    const accepted = (await sending) + last;
    expect(await ended).toBe(0);
    collector = await startCollectorProcess(folder.path, ENV);
    expect(await events(collector)).toBe(accepted);
  });

  test('that is told to end under load answers all who are connected, and tells them', async () => {
    const clients = Array.from({ length: 4 }, () => keepSending(collector));
    await expect.poll(() => clients.every(({ answered }) => answered() > 3)).toBe(true);
    expect(await collector.end('SIGTERM')).toBe(0);
    const ends = await Promise.all(clients.map(({ end }) => end));
    // The last answer says so, and the next connection finds the port closed: no request was cut off.
    expect(new Set(ends)).toEqual(new Set(['close, then ECONNREFUSED']));
    const answered = clients.reduce((sum, client) => sum + client.answered(), 0);
    collector = await startCollectorProcess(folder.path, ENV);
    expect(await events(collector)).toBe(answered * EVENTS);
  });

  test('that is told to end while it starts ends in order, and can be started again', async () => {
    await collector.end();
    expect(await endWhileStarting(folder.path)).toBe(0);
    collector = await startCollectorProcess(folder.path, ENV);
    expect(await sendMany(collector, 1)).toBe(EVENTS);
  });

  test('that is told to end twice ends once, in order', async () => {
    const accepted = await sendMany(collector, 20);
    collector.process.kill('SIGTERM');
    expect(await collector.end('SIGTERM')).toBe(0);
    collector = await startCollectorProcess(folder.path, ENV);
    expect(await events(collector)).toBe(accepted);
  });

  test('that is killed leaves no engine behind, and starts again with what was stored', async () => {
    const accepted = await sendMany(collector, 20);
    await expect.poll(() => events(collector), { timeout: 10_000 }).toBe(accepted);
    const engine = enginePid();
    expect(await collector.end('SIGKILL')).toBeNull();
    await expect.poll(() => isRunning(engine), { timeout: 10_000 }).toBe(false);
    collector = await startCollectorProcess(folder.path, ENV);
    expect(await events(collector)).toBe(accepted);
  });

  test('whose engine hangs goes on taking beacons, and says at once that its store is away', async () => {
    const engine = enginePid();
    process.kill(engine, 'SIGSTOP');
    const readiness = await fetch(`${collector.url}/readyz`, { signal: AbortSignal.timeout(5_000) });
    expect([readiness.status, await readiness.json()]).toEqual([200, { status: 'ok', store: 'down' }]);
    expect(await sendMany(collector, 5)).toBe(5 * EVENTS);
    const status = await collector.api('GET', '/api/status');
    expect(await status.json()).toMatchObject({ engine: 'down', keeping: { waiting: 5 * EVENTS, rejected: 0 } });
    process.kill(engine, 'SIGCONT');
    await expect.poll(() => events(collector), { timeout: 20_000 }).toBe(5 * EVENTS);
  });

  test('that is killed while its engine hangs starts again, and ends that engine', async () => {
    const engine = enginePid();
    process.kill(engine, 'SIGSTOP');
    await collector.end('SIGKILL');
    expect(isRunning(engine)).toBe(true);
    collector = await startCollectorProcess(folder.path, ENV);
    expect(isRunning(engine)).toBe(false);
    expect(await events(collector)).toBe(0);
  });

  test('whose engine is killed goes on accepting, starts another, and counts all once', async () => {
    const engine = enginePid();
    const before = await sendMany(collector, 20);
    process.kill(engine, 'SIGKILL');
    const after = await sendMany(collector, 20);
    expect(after).toBe(20 * EVENTS);
    await expect.poll(() => events(collector).catch(() => null), { timeout: 20_000 }).toBe(before + after);
    expect(enginePid()).not.toBe(engine);
  });
});
