import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { lockDataDir, warnIfUnguarded } from './data-dir-lock.ts';
import { lockSocket } from './lock-socket.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';
import { makeScratchDir } from './scratch-dir.ts';
import { LOADER } from './source-program.ts';
import { SILENT } from './testing.ts';

let dataDir: string;
let undo: (() => unknown)[];
beforeEach(() => {
  const folder = temporaryFolder();
  dataDir = folder.path;
  undo = [folder.remove];
});
afterEach(() => {
  for (const step of undo.reverse()) step();
});

/** Runs in a process of its own, which says when it is done and stays. */
const elsewhere = async (code: string): Promise<ChildProcess> => {
  const child = spawn(
    process.execPath,
    [...LOADER, '--input-type=module', '-e', `${code}; process.stdout.write('done'); setInterval(() => {}, 1000);`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  undo.push(() => child.kill('SIGKILL'));
  if (child.stdout) await once(child.stdout, 'data');
  return child;
};

const moduleOf = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
const otherCollector = (): Promise<ChildProcess> =>
  elsewhere(`await (await import(${moduleOf('./data-dir-lock.ts')})).lockDataDir(${JSON.stringify(dataDir)})`);

const kill = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL');
  await once(child, 'exit');
};

/** Nobody runs under it: a process that ended, or one of another container. */
const NOBODY: ProcessIdentity = { pid: 1, started: 'another time' };
const writeControlFile = (note: { engine: ProcessIdentity | null; scratchDir: string }): void =>
  writeFileSync(join(dataDir, 'engine.json'), JSON.stringify({ collector: NOBODY, ...note }));

describe('a data directory', () => {
  it('is taken, and free again when it is given back', async () => {
    for (let i = 0; i < 2; i++) (await lockDataDir(dataDir)).release();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('stays taken when the system has no room for callers, again and again', async () => {
    const listen = vi.spyOn(Server.prototype, 'listen');
    undo.push(() => listen.mockRestore());
    const lock = await lockDataDir(dataDir);
    const server = listen.mock.contexts[0] as Server;
    for (let i = 0; i < 2; i++) server.emit('error', new Error('accept EMFILE'));
    expect(await lockSocket(join(dataDir, 'collector.sock'))).toBeNull();
    lock.release();
  });

  it('of a collector that runs is refused in one sentence', async () => {
    const other = await otherCollector();
    await expect(lockDataDir(dataDir)).rejects.toMatchObject({
      name: 'EngineError',
      reason: 'in-use',
      message: `The data directory ${dataDir} is in use by another collector (process ${other.pid}): stop it, or give this one another DATA_DIR.`,
    });
  });

  it('of a collector in another container, whose processes are not seen from here, is refused', async () => {
    const other = await otherCollector();
    writeControlFile({ engine: null, scratchDir: '' });
    for (let i = 0; i < 2; i++)
      await expect(lockDataDir(dataDir)).rejects.toThrow(`${dataDir} is in use by another collector: stop it`);
    await kill(other);
    await lockDataDir(dataDir);
  });

  it('of a collector that hangs is refused', async () => {
    const other = await otherCollector();
    other.kill('SIGSTOP');
    writeControlFile({ engine: null, scratchDir: '' });
    await expect(lockDataDir(dataDir)).rejects.toMatchObject({ reason: 'in-use' });
  });

  it('of a collector that was killed is free, and what it left is cleared away', async () => {
    const engine = await elsewhere('');
    const scratchDir = makeScratchDir(dataDir);
    await kill(await otherCollector());
    writeControlFile({ engine: identify(engine.pid ?? 0), scratchDir });
    await lockDataDir(dataDir);
    expect([engine.signalCode ?? (await once(engine, 'exit'))[1], existsSync(scratchDir)]).toEqual(['SIGKILL', false]);
  });

  it('with a note about processes whose numbers others have now is free, and they are left alone', async () => {
    const { pid = 0 } = await elsewhere('');
    const stranger = identify(pid);
    writeControlFile({ engine: { pid, started: 'another time' }, scratchDir: dataDir });
    (await lockDataDir(dataDir)).release();
    expect([stranger !== null && isRunning(stranger), existsSync(dataDir)]).toEqual([true, true]);
  });
});

describe('a data directory with a long path', () => {
  const long = (): string => {
    const dir = join(dataDir, 'x'.repeat(60), 'y'.repeat(60));
    mkdirSync(dir, { recursive: true });
    return dir;
  };

  it.runIf(process.platform === 'linux')('is guarded like any other, and given back', async () => {
    const dir = long();
    const other = await elsewhere(
      `await (await import(${moduleOf('./data-dir-lock.ts')})).lockDataDir(${JSON.stringify(dir)})`,
    );
    writeFileSync(join(dir, 'engine.json'), JSON.stringify({ collector: NOBODY, engine: null, scratchDir: '' }));
    await expect(lockDataDir(dir)).rejects.toThrow('is in use by another collector: stop it');
    await kill(other);
    const lock = await lockDataDir(dir);
    expect(lock.isGuarded).toBe(true);
    lock.release();
    expect(readdirSync(dir)).toEqual([]);
  });
});

it.each([
  { isGuarded: true, told: 0 },
  { isGuarded: false, told: 1 },
])('that the guard is off is told: $told', async ({ isGuarded, told }) => {
  const warn = vi.fn();
  const lock = await lockDataDir(dataDir);
  warnIfUnguarded({ ...lock, isGuarded }, { ...SILENT, warn });
  expect([lock.isGuarded, warn.mock.calls.length]).toEqual([true, told]);
  lock.release();
});

describe('a path that a process died on', () => {
  it('is taken by one of those who want it at the same time', async () => {
    const path = join(dataDir, 'lock');
    const holder = await elsewhere(
      `await (await import(${moduleOf('./lock-socket.ts')})).lockSocket(${JSON.stringify(path)})`,
    );
    expect(await lockSocket(path)).toBeNull();
    await kill(holder);
    expect(existsSync(path)).toBe(true);
    const locks = await Promise.all(Array.from({ length: 8 }, () => lockSocket(path)));
    expect(locks.filter((lock) => lock !== null)).toHaveLength(1);
    expect(readdirSync(dataDir)).toEqual(['lock']);
    for (const lock of locks) lock?.release();
    expect(readdirSync(dataDir)).toEqual([]);
  });
});

it('where no socket can be, nobody is kept out by it', async () => {
  const path = join(dataDir, 'x'.repeat(100));
  const locks = [await lockSocket(path), await lockSocket(path)];
  expect(locks.map((lock) => lock?.holds)).toEqual([false, false]);
});
