import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { row } from '../query/testing.ts';
import { connect } from '../store/clickhouse.ts';
import { batchOf } from '../store/lines.ts';
import { migrate } from '../store/migrate.ts';
import type { Store } from '../store/store.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { isRunning, type ProcessIdentity } from './process-identity.ts';
import type { SocketAddress } from './socket-agent.ts';
import { LOADER } from './source-program.ts';
import { type Engine, type EngineOptions, startEngine } from './supervisor.ts';
import { PROGRAM, SILENT, startEngineOn } from './testing.ts';

interface Note {
  readonly engine: ProcessIdentity;
  readonly scratchDir: string;
}
/** A data directory of a test, with whoever uses it. */
interface Place {
  readonly dataDir: string;
  /** Waits until the engine is up. */
  start(options?: Partial<EngineOptions>): Promise<Engine>;
  /** For what needs an engine that is not up yet, or never will be. */
  begin(options?: Partial<EngineOptions>): Promise<Engine>;
  open(engine: Engine): Store;
  /** What stands there about the engine. */
  note(): Note;
  /** To be undone at the end, the last first. */
  readonly undo: (() => Promise<unknown> | unknown)[];
}

const createPlace = (): Place => {
  const { path: dataDir, remove } = temporaryFolder();
  const undo: Place['undo'] = [remove];
  return {
    dataDir,
    undo,
    async start(options = {}) {
      const engine = await startEngineOn(dataDir, options);
      undo.push(() => engine.stop());
      return engine;
    },
    async begin(options = {}) {
      const lock = await lockDataDir(dataDir);
      const engine = await startEngine({ ...PROGRAM, lock, log: SILENT, ...options });
      undo.push(async () => {
        await engine.stop();
        lock.release();
      });
      return engine;
    },
    open(engine) {
      const store = connect(engine);
      undo.push(() => store.close());
      return store;
    },
    note: () => JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as Note,
  };
};

/** A test with a place of its own, so that those that wait can do so at the same time. */
const it = test.extend<{ place: Place }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from it what the fixture needs.
  place: async ({}, use) => {
    const place = createPlace();
    await use(place);
    for (const step of place.undo.reverse()) await step();
  },
});

/** Waits until it holds; fails with the message of its last failure. */
const eventually = async (check: () => Promise<unknown> | unknown, timeout: number): Promise<void> => {
  await vi.waitFor(check, { timeout, interval: 50 });
};

const ended = (process: ProcessIdentity) => () => expect(isRunning(process)).toBe(false);

const addressOf = (engine: Engine): SocketAddress => {
  const address = engine.socketAddress?.();
  if (!address) throw new Error('the engine has no socket');
  return address;
};

/** Numbers of the sockets that a process has open. */
const socketsOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      // Closed meanwhile.
      return [];
    }
  });

describe('an engine for one collector', () => {
  it('is reached by a socket that nobody else can come to', async ({ place: { start, open, note } }) => {
    const engine = await start();
    await open(engine).ping();
    const { socketPath, key } = addressOf(engine);
    expect(dirname(socketPath)).toBe(note().scratchDir);
    expect(statSync(dirname(socketPath)).mode & 0o777).toBe(0o700);
    expect(statSync(socketPath).mode & 0o077).toBe(0);
    expect(Buffer.from(key, 'base64url').length).toBe(32);
  });

  it.runIf(process.platform === 'linux')('listens on no port', async ({ place: { start, open, note } }) => {
    const engine = await start();
    await open(engine).ping();
    const sockets = socketsOf(note().engine.pid);
    expect(sockets.length).toBeGreaterThan(0);
    const ports = ['tcp', 'tcp6', 'udp', 'udp6'].map((kind) => readFileSync(`/proc/net/${kind}`, 'utf8')).join('');
    const inodes = new Set([...ports.matchAll(/^(?:\s*\S+){9}\s+(\d+)/gm)].map(([, inode]) => inode));
    expect(sockets.filter((inode) => inodes.has(inode))).toEqual([]);
  });

  it('has another folder and another key in each life', async ({ place: { start, open, note } }) => {
    const engine = await start();
    const store = open(engine);
    const before = addressOf(engine);
    process.kill(note().engine.pid, 'SIGKILL');
    await eventually(() => expect(engine.state).toBe('down'), 2_000);
    await eventually(() => store.ping(), 20_000);
    const after = addressOf(engine);
    expect([after.key === before.key, after.socketPath === before.socketPath]).toEqual([false, false]);
    expect(existsSync(dirname(before.socketPath))).toBe(false);
  });

  it('is started anew when its folder is deleted, and takes inserts again', async ({
    place: { start, open, note },
  }) => {
    const store = open(await start());
    await migrate(store);
    const { engine, scratchDir } = note();
    rmSync(scratchDir, { recursive: true });
    await eventually(ended(engine), 25_000);
    const views = [row('2026-03-01T12:00:00+00:00', { kind: 'view', page: '/', views: 1 })];
    await eventually(() => store.insert(batchOf(views, 'after')), 20_000);
    expect(await store.query('SELECT page FROM hits')).toEqual([{ page: '/' }]);
  }, 60_000);
});

describe.concurrent('an engine that dies', () => {
  it('is back in seconds, with all that was stored', async ({ place: { start, open, note } }) => {
    let ups = 0;
    const engine = await start({ onUp: () => ups++ });
    const store = open(engine);
    await migrate(store);
    await store.insert(batchOf([row('2026-03-01T12:00:00+00:00', { kind: 'view', page: '/', views: 1 })], 'before'));
    const { engine: first } = note();
    process.kill(first.pid, 'SIGKILL');
    await eventually(ended(first), 2_000);
    await eventually(() => store.ping(), 20_000);
    expect([engine.state, ups]).toEqual(['up', 2]);
    expect(note().engine).not.toEqual(first);
    expect(await store.query('SELECT page FROM hits')).toEqual([{ page: '/' }]);
  });

  it('in the middle of inserts stores each batch once', async ({ place: { start, open, note } }) => {
    const store = open(await start());
    await migrate(store);
    const batches = 5;
    const rows = Array.from({ length: 2_000 }, (_, i) =>
      row('2026-03-01T12:00:00+00:00', { kind: 'error', page: `/${i % 7}`, message: 'no', fingerprint: 'f' }),
    );
    const views = rows.map((error) => ({ ...error, kind: 'view' as const, views: 1 }));
    for (let batch = 0; batch < batches; batch++) {
      const attempt = () => store.insert(batchOf([...rows, ...views], `batch ${batch}`));
      const first = attempt().catch(() => {});
      await sleep(batch * 40);
      process.kill(note().engine.pid, 'SIGKILL');
      await first;
      await eventually(attempt, 20_000);
    }
    const counts = `SELECT (SELECT toUInt32(count()) FROM hits) AS hits, (SELECT toUInt32(count()) FROM logs) AS logs,
      (SELECT toUInt32(sum(views)) FROM sums WHERE dimension = 0) AS views`;
    expect(await store.query(counts)).toEqual([
      { hits: batches * 4_000, logs: batches * 2_000, views: batches * 2_000 },
    ]);
  }, 90_000);

  it('is killed and started anew when it hangs', async ({ place: { start, open, note } }) => {
    const store = open(await start());
    const { engine: first } = note();
    process.kill(first.pid, 'SIGSTOP');
    await eventually(ended(first), 25_000);
    await eventually(() => store.ping(), 20_000);
  }, 90_000);

  it('is killed and started anew when it crashes', async ({ place: { start, open, note } }) => {
    const store = open(await start());
    const { engine: first } = note();
    process.kill(first.pid, 'SIGSEGV');
    await eventually(ended(first), 25_000);
    await eventually(() => store.ping(), 20_000);
  }, 90_000);
});

describe('stop', () => {
  it('leaves no process, no note and no scratch file, also while a query runs', async ({
    place: { start, open, note, dataDir },
  }) => {
    const engine = await start();
    const { engine: child, scratchDir } = note();
    const query = open(engine)
      .query('SELECT sum(sleepEachRow(1)) FROM numbers(20) SETTINGS max_block_size = 1')
      .catch((error: unknown) => error);
    await sleep(300);
    const begun = Date.now();
    await engine.stop();
    expect(Date.now() - begun).toBeLessThan(6_000);
    expect(await query).toMatchObject({ outcome: 'unknown' });
    expect(isRunning(child)).toBe(false);
    expect([existsSync(join(dataDir, 'engine.json')), existsSync(scratchDir), engine.state]).toEqual([
      false,
      false,
      'stopped',
    ]);
  });
});

describe('a start', () => {
  it('goes on in the background, and can be asked at once', async ({ place: { begin, open } }) => {
    const engine = await begin();
    expect(engine.state).toBe('starting');
    const store = open(engine);
    await expect(store.ping()).rejects.toMatchObject({ outcome: 'unknown' });
    await engine.ready;
    expect(engine.state).toBe('up');
    await store.ping();
  });

  it('that fails for a while is tried again', async ({ place: { begin, open } }) => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    const failures: unknown[] = [];
    const log = { ...SILENT, error: (_message: string, facts: unknown) => failures.push(facts) };
    const engine = await begin({ listen: { host: '127.0.0.1', port }, log });
    await eventually(() => expect(failures).toContainEqual(expect.objectContaining({ reason: 'failed' })), 20_000);
    expect(engine.state).toBe('starting');
    other.close();
    await engine.ready;
    await open(engine).ping();
  });

  it('with a file in the way of its data says so once, and gives up', async ({ place: { dataDir, begin } }) => {
    const file = join(dataDir, 'engine');
    writeFileSync(file, '');
    const told: unknown[] = [];
    const log = { ...SILENT, error: (_message: string, facts: unknown) => told.push(facts) };
    const engine = await begin({ log });
    const why = `The embedded engine does not start: mkdir ${file} failed (EEXIST): something else is in its place: move it away.`;
    await expect(engine.ready).rejects.toMatchObject({ name: 'EngineError', message: why });
    expect(engine.state).toBe('stopped');
    expect(told).toEqual([{ reason: 'failed', why }]);
  });

  it.for(['data', 'metadata', 'store'])(
    'with a file in the way of its folder %s gives up',
    async (name, { place: { dataDir, begin } }) => {
      const file = join(dataDir, 'engine', name);
      mkdirSync(dirname(file));
      writeFileSync(file, '');
      const engine = await begin();
      await expect(engine.ready).rejects.toMatchObject({
        message: `The embedded engine does not start: scandir ${file} failed (ENOTDIR): something else than a folder is in its place: move it away.`,
      });
    },
  );

  it('with a file in the way succeeds when it is moved away in time, or late where it is worth to go on', async ({
    place: { dataDir, begin, open },
  }) => {
    const file = join(dataDir, 'engine');
    writeFileSync(file, '');
    const asked: number[] = [];
    const engine = await begin({ keepsTrying: () => asked.push(performance.now()) > 0 });
    await eventually(() => expect(asked.length).toBeGreaterThan(0), 20_000);
    expect(engine.state).toBe('starting');
    rmSync(file);
    await engine.ready;
    await open(engine).ping();
  });

  it('that fails after it was up is tried for as long as it takes', { timeout: 60_000 }, async ({ place }) => {
    const { dataDir, begin, note } = place;
    const told: string[] = [];
    const log = { ...SILENT, error: (message: string) => told.push(message) };
    const engine = await begin({ log });
    await engine.ready;
    const [folder, aside] = [join(dataDir, 'engine'), join(dataDir, 'aside')];
    renameSync(folder, aside);
    writeFileSync(folder, '');
    process.kill(note().engine.pid, 'SIGKILL');
    await eventually(() => expect(told).toHaveLength(1), 5_000);
    // Longer than a first start would be tried.
    await sleep(4_000);
    expect([engine.state, told.length]).toEqual(['down', 1]);
    rmSync(folder);
    renameSync(aside, folder);
    await eventually(() => expect(engine.state).toBe('up'), 20_000);
  });

  it('can be stopped before it is up', async ({ place: { begin, note } }) => {
    const engine = await begin();
    const { engine: child, scratchDir } = note();
    await engine.stop();
    await expect(engine.ready).rejects.toMatchObject({ name: 'EngineError' });
    expect([engine.state, isRunning(child), existsSync(scratchDir)]).toEqual(['stopped', false, false]);
  });

  it('on a platform without a build names it', async ({ place: { begin } }) => {
    const elsewhere = `data:text/javascript,Object.defineProperty(process, 'platform', { value: 'sunos' })`;
    const engine = await begin({ execArgv: [...(PROGRAM.execArgv ?? []), '--import', elsewhere] });
    await expect(engine.ready).rejects.toMatchObject({
      reason: 'unsupported',
      message: expect.stringContaining('CLICKHOUSE_URL'),
    });
    expect(engine.state).toBe('stopped');
  });

  it('on data that another process has open names them', async ({ place: { start, begin, dataDir } }) => {
    await start();
    rmSync(join(dataDir, 'engine.json'));
    rmSync(join(dataDir, 'collector.sock'));
    const engine = await begin();
    await expect(engine.ready).rejects.toMatchObject({ reason: 'in-use', message: expect.stringContaining(dataDir) });
  });

  it('on a table whose file is cut off names the file', async ({ place: { start, begin, open, dataDir } }) => {
    const first = await start();
    await migrate(open(first));
    await first.stop();
    const tables = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
    const file = join(dataDir, tables.find((name) => name.endsWith('/hits.sql') && name.includes('/store/')) ?? '');
    truncateSync(file, 20);
    const engine = await begin();
    await expect(engine.ready).rejects.toMatchObject({ reason: 'damaged', message: expect.stringContaining(file) });
    expect(engine.state).toBe('stopped');
  });
});

it('a question that wants more memory than there is is refused, and the engine goes on', async ({
  place: { start, open, note },
}) => {
  const store = open(await start());
  const { engine } = note();
  await expect(store.query('SELECT groupArray(toString(number)) FROM numbers(100000000)')).rejects.toMatchObject({
    outcome: 'unknown',
    code: 241,
  });
  await store.ping();
  expect(note().engine).toEqual(engine);
});

describe('a collector that is killed', () => {
  /** A collector of its own, so that it can be killed. */
  const startCollector = async ({ dataDir, undo }: Place): Promise<ChildProcess> => {
    const code = `const { startEngineOn } = await import(${JSON.stringify(new URL('./testing.ts', import.meta.url).href)});
      await startEngineOn(${JSON.stringify(dataDir)});
      process.stdout.write('up');`;
    const collector = spawn(process.execPath, [...LOADER, '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    undo.push(() => collector.kill('SIGKILL'));
    if (collector.stdout) await once(collector.stdout, 'data');
    return collector;
  };

  it('takes its engine with it', async ({ place }) => {
    const { start, open, note } = place;
    const collector = await startCollector(place);
    const { engine, scratchDir } = note();
    collector.kill('SIGKILL');
    await eventually(ended(engine), 10_000);
    expect(existsSync(scratchDir)).toBe(false);
    await open(await start()).ping();
  });

  it('and whose engine hangs leaves it to the next, which ends it', async ({ place }) => {
    const { start, open, note } = place;
    const collector = await startCollector(place);
    const { engine, scratchDir } = note();
    process.kill(engine.pid, 'SIGSTOP');
    collector.kill('SIGKILL');
    await once(collector, 'exit');
    await open(await start()).ping();
    expect([isRunning(engine), existsSync(scratchDir)]).toEqual([false, false]);
  });
});

it('nothing of what passes through and is not stored stays in a file', async ({
  place: { start, open, note, dataDir },
}) => {
  const engine = await start();
  const store = open(engine);
  await migrate(store);
  const { scratchDir } = note();
  const time = '2026-03-01T12:00:00+00:00';
  await store.insert(
    batchOf([row(time, { kind: 'view', page: '/', title: 'marked-title', hit_until: '2026-03-01' })], 'marked-token'),
  );
  await store.insert(batchOf([{ ...row(time, { kind: 'view' }), day: 'marked-day' }], 'wrong')).catch(() => {});
  await store.query('SELECT {x:String} AS x', { x: 'marked-value' });
  await store.query("SELECT 'marked-text' AS x");
  expect(await store.query("SELECT name FROM system.tables WHERE database = 'system' AND name LIKE '%\\_log'")).toEqual(
    [],
  );
  await engine.stop();
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(20);
  const marked = files.filter((file) =>
    /marked-(?!token)/.test(readFileSync(join(file.parentPath, file.name), 'latin1')),
  );
  expect(marked.map(({ name }) => name)).toEqual([]);
  expect(existsSync(scratchDir)).toBe(false);
});
