import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { row } from '../query/testing.ts';
import { connect } from '../store/clickhouse.ts';
import { migrate } from '../store/migrate.ts';
import type { Store } from '../store/store.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';
import { type Engine, startEngine } from './supervisor.ts';
import { PROGRAM, SILENT } from './testing.ts';

let dataDir: string;
let undo: (() => Promise<unknown> | unknown)[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'passerby-test-'));
  undo = [() => rmSync(dataDir, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const step of undo.reverse()) await step();
});

const start = async (): Promise<Engine> => {
  const engine = await startEngine({ ...PROGRAM, dataDir, log: SILENT });
  undo.push(() => engine.stop());
  return engine;
};

const open = (engine: Engine): Store => {
  const store = connect(engine);
  undo.push(() => store.close());
  return store;
};

interface Note {
  readonly engine: ProcessIdentity;
  readonly scratchDir: string;
}
const note = (): Note => JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as Note;

/** Waits until it holds; fails with the message of its last failure. */
const eventually = async (check: () => Promise<unknown> | unknown, patienceMs: number): Promise<void> => {
  for (const until = Date.now() + patienceMs; ; await sleep(50)) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
};

const ended = (process: ProcessIdentity) => () => expect(isRunning(process)).toBe(false);

describe('an engine that dies', () => {
  it('is back in seconds under the same address, with all that was stored', async () => {
    const engine = await start();
    const store = open(engine);
    await migrate(store);
    await store.insert([row('2026-03-01T12:00:00+00:00', { kind: 'view', page: '/', views: 1 })], 'before');
    const { engine: first } = note();
    process.kill(first.pid, 'SIGKILL');
    await eventually(ended(first), 2_000);
    await eventually(() => store.ping(), 20_000);
    expect(engine.state).toBe('up');
    expect(note().engine).not.toEqual(first);
    expect(await store.query('SELECT page FROM hits')).toEqual([{ page: '/' }]);
  });

  it('in the middle of inserts stores each batch once', async () => {
    const store = open(await start());
    await migrate(store);
    const batches = 5;
    const rows = Array.from({ length: 2_000 }, (_, i) =>
      row('2026-03-01T12:00:00+00:00', { kind: 'error', page: `/${i % 7}`, message: 'no', fingerprint: 'f' }),
    );
    const views = rows.map((error) => ({ ...error, kind: 'view' as const, views: 1 }));
    for (let batch = 0; batch < batches; batch++) {
      const attempt = () => store.insert([...rows, ...views], `batch ${batch}`);
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

  it('is killed and started anew when it hangs', async () => {
    const store = open(await start());
    const { engine: first } = note();
    process.kill(first.pid, 'SIGSTOP');
    await eventually(ended(first), 25_000);
    await eventually(() => store.ping(), 20_000);
  }, 90_000);

  it('is killed and started anew when it crashes', async () => {
    const store = open(await start());
    const { engine: first } = note();
    process.kill(first.pid, 'SIGSEGV');
    await eventually(ended(first), 25_000);
    await eventually(() => store.ping(), 20_000);
  }, 90_000);
});

describe('stop', () => {
  it('leaves no process, no note and no scratch file, also while a query runs', async () => {
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

describe('a data directory', () => {
  it('in use is refused', async () => {
    const store = open(await start());
    await expect(start()).rejects.toMatchObject({ name: 'EngineError', reason: 'in-use' });
    await store.ping();
  });

  it('in use is refused also without the note about it', async () => {
    const store = open(await start());
    const { scratchDir } = note();
    rmSync(join(dataDir, 'engine.json'));
    await expect(start()).rejects.toMatchObject({ reason: 'in-use', message: expect.stringContaining(dataDir) });
    await store.ping();
    expect(existsSync(scratchDir)).toBe(true);
  });

  it('with a note about processes whose numbers others have now is free, and they are left alone', async () => {
    const other = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    undo.push(() => other.kill('SIGKILL'));
    const stranger = identify(other.pid ?? 0);
    const past = { pid: stranger?.pid ?? 0, started: 'another time' };
    writeFileSync(join(dataDir, 'engine.json'), JSON.stringify({ collector: past, engine: past, scratchDir: '/' }));
    await open(await start()).ping();
    expect(stranger !== null && isRunning(stranger)).toBe(true);
  });
});

describe('a collector that is killed', () => {
  /** A collector of its own, so that it can be killed. */
  const startCollector = async (): Promise<ChildProcess> => {
    const code = `const { startEngine } = await import(${JSON.stringify(new URL('./supervisor.ts', import.meta.url).href)});
      const log = { info() {}, warn() {}, error() {} };
      await startEngine({ ...${JSON.stringify(PROGRAM)}, dataDir: ${JSON.stringify(dataDir)}, log });
      process.stdout.write('up');`;
    const collector = spawn(process.execPath, [...(PROGRAM.execArgv ?? []), '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    undo.push(() => collector.kill('SIGKILL'));
    if (collector.stdout) await once(collector.stdout, 'data');
    return collector;
  };

  it('takes its engine with it', async () => {
    const collector = await startCollector();
    const { engine, scratchDir } = note();
    collector.kill('SIGKILL');
    await eventually(ended(engine), 10_000);
    expect(existsSync(scratchDir)).toBe(false);
    await open(await start()).ping();
  });

  it('and whose engine hangs leaves it to the next, which ends it', async () => {
    const collector = await startCollector();
    const { engine, scratchDir } = note();
    process.kill(engine.pid, 'SIGSTOP');
    collector.kill('SIGKILL');
    await once(collector, 'exit');
    await open(await start()).ping();
    expect([isRunning(engine), existsSync(scratchDir)]).toEqual([false, false]);
  });

  it('is not taken for dead while it lives', async () => {
    await startCollector();
    await expect(start()).rejects.toThrow(/in use by another collector \(process \d+\)/);
  });
});

it('a platform without a build is named', async () => {
  const elsewhere = `data:text/javascript,Object.defineProperty(process, 'platform', { value: 'sunos' })`;
  const program = { ...PROGRAM, execArgv: [...(PROGRAM.execArgv ?? []), '--import', elsewhere] };
  const started = startEngine({ ...program, dataDir, log: SILENT });
  await expect(started).rejects.toMatchObject({
    reason: 'unsupported',
    message: expect.stringContaining('CLICKHOUSE_URL'),
  });
  expect(existsSync(join(dataDir, 'engine.json'))).toBe(false);
});

it('nothing of what passes through and is not stored stays in a file', async () => {
  const engine = await start();
  const store = open(engine);
  await migrate(store);
  const { scratchDir } = note();
  const time = '2026-03-01T12:00:00+00:00';
  await store.insert(
    [row(time, { kind: 'view', page: '/', title: 'marked-title', hit_until: '2026-03-01' })],
    'marked-token',
  );
  await store.insert([{ ...row(time, { kind: 'view' }), day: 'marked-day' }], 'wrong').catch(() => {});
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
