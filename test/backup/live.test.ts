import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../packages/collector/src/backup/archive-frame.ts';
import { inspectBackup } from '../../packages/collector/src/backup/restore.ts';
import { contentsOf } from '../../packages/collector/src/backup/tables.ts';
import { freePort } from '../../packages/collector/src/engine/free-port.ts';
import { startEngineOn } from '../../packages/collector/src/engine/testing.ts';
import { connect } from '../../packages/collector/src/store/clickhouse.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { startEngineServer } from '../cluster/engine-server.ts';
import { startCollectorProcess } from '../support/collector-process.ts';
import { passerby, passerbyIn } from '../support/command.ts';
import { type Load, startLoad } from '../support/load.ts';
import { SITE, type Stand, startStand } from '../support/stand.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { shell } from '../support/unheard.ts';
import { until } from '../support/until.ts';
import { countAstray, storedByName } from '../support/verdict.ts';

const BEFORE = 1_000;
const AFTER = 300;

const files = temporaryFolder();
const file = join(files.path, 'passerby.backup');
let stand: Stand;
let load: Load;
let manifest: Manifest;
/** Beacons that had been answered when the backup was asked for, and when it was there. */
let [asked, made] = [0, 0];

beforeAll(async () => {
  stand = await startStand();
  load = startLoad({ site: SITE, target: stand.url, random: Math.random, pauseMs: 8 });
  await until('hits have come', 30_000, () => load.tries.counted > BEFORE);
  asked = load.tries.counted;
  const { code, stdout, stderr } = await passerby(stand.dataDir, 'backup', file);
  made = load.tries.counted;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^TABLE +ROWS\nhits +[\d,]+\n/);
  manifest = await inspectBackup(file);
  await until('more hits have come', 30_000, () => load.tries.counted > made + AFTER);
  await load.stop();
  await stand.drained();
});
afterAll(async () => {
  await stand?.clear();
  files.remove();
});

/** An engine on a folder in which no collector runs. */
const withStore = async <T>(dataDir: string, job: (store: Store) => Promise<T>): Promise<T> => {
  const engine = await startEngineOn(dataDir);
  const store = connect(engine);
  try {
    return await job(store);
  } finally {
    await store.close();
    await engine.stop();
  }
};

/** What a folder has in it, but for what whoever looked left. */
const inFolder = (path: string): string[] => readdirSync(path).filter((name) => name !== 'engine.json');

test('nobody outside noticed', () => {
  expect(made).toBeGreaterThan(asked);
  expect(load.tries).toMatchObject({ refused: 0, none: 0, duplicate: 0 });
  expect(load.strange).toEqual([]);
  expect(stand.log()).toBe('');
});

test('the file is for its owner alone, and alone, as is the way to the collector', () => {
  expect(statSync(join(stand.dataDir, 'operator.json')).mode & 0o777).toBe(0o600);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(files.path)).toEqual(['passerby.backup']);
  const state = JSON.parse(readFileSync(join(stand.dataDir, 'backup.json'), 'utf8')) as { last: unknown };
  expect(state.last).toMatchObject({ ok: true, file: null, bytes: statSync(file).size });
});

test('restored elsewhere, each table is as it was, the tables agree, and the collector goes on', async () => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await passerby(folder.path, 'restore', file);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  for (const { name, rows } of manifest.tables)
    expect(stdout).toMatch(new RegExp(`^${name} +${rows.toLocaleString('en')}$`, 'm'));

  const items = await withStore(folder.path, async (store) => {
    for (const { name, rows, checksum } of manifest.tables)
      expect(await contentsOf(store, name), name).toEqual({ rows, checksum });
    expect(await countAstray(store)).toBe(0);
    return storedByName(store);
  });
  // A beacon is in it with all its items, or not at all; those that were stored when it was asked for are in it.
  const sent = new Map(load.sent.map(({ name, items }) => [name, items]));
  for (const [name, rows] of items) expect(rows, name).toBe(sent.get(name));
  expect(items.size).toBeGreaterThan(BEFORE / 2);
  expect(items.size).toBeLessThan(load.sent.length);

  const collector = await startCollectorProcess(folder.path);
  const answer = await collector.query({ site_id: SITE, metrics: ['events'], date_range: 'all' });
  expect(answer.results[0]?.metrics).toEqual([items.size]);
  await collector.end();
  folder.remove();
});

describe('to the standard output', () => {
  const [out, err] = [join(files.path, 'out'), join(files.path, 'err')];

  test('it is written whole, and the sum of it to the standard error', async () => {
    const code = await shell(stand.dataDir, `"$@" >${out} 2>${err}; echo $?`, ['backup', '-', '--json']);
    expect(code).toBe('0\n');
    const said = JSON.parse(readFileSync(err, 'utf8')) as { bytes: number; tables: unknown };
    const { tables } = await inspectBackup(out);
    expect(said).toMatchObject({ file: '-', bytes: statSync(out).size });
    expect(said.tables).toEqual(tables.map(({ name, rows }) => ({ name, rows })));
    expect(existsSync('-')).toBe(false);
  });

  test('it is a failure if its reader goes before its end, or the disk is full', async () => {
    const gone = await shell(stand.dataDir, `exec 3>&1; { "$@" 2>${err}; echo $? >&3; } | head -c 99 >/dev/null`, [
      'backup',
      '-',
    ]);
    expect([gone, readFileSync(err, 'utf8')]).toEqual([
      '1\n',
      'The standard output: who read the backup has gone before its end. What was written is not whole.\n',
    ]);
    const full = await shell(stand.dataDir, '"$@" 2>&1 >/dev/full; echo $?', ['backup', '-']);
    expect(full).toBe('The standard output: cannot be written (ENOSPC). What was written is not whole.\n1\n');
  });

  test('it is restored from the standard input, and nothing is left of what came', async () => {
    const folder = temporaryFolder();
    const said = await shell(folder.path, `"$@" <${out} 2>&1; echo $?`, ['restore', '-']);
    expect(said).toMatch(/\nRestored and compared: the store as it was at \S+Z\.\n0\n$/);
    expect(inFolder(folder.path)).toEqual(['engine']);
    folder.remove();
    const other = temporaryFolder();
    const cut = await shell(other.path, `head -c 5000 ${out} | "$@" 2>&1; echo $?`, ['restore', '-']);
    expect(cut).toBe('FILE: The stream is cut off: its end is missing. Nothing was restored.\n1\n');
    expect(inFolder(other.path)).toEqual([]);
    other.remove();
  });
});

test('a stop after a backup says nothing that is no error, and the live one has everything', async () => {
  const folder = stand.dataDir;
  const { code } = await passerby(folder, 'backup', join(files.path, 'last'));
  await stand.end();
  expect(code).toBe(0);
  expect(stand.log()).not.toMatch(/ (?:warn|error) |copies/);
  expect(inFolder(folder)).not.toContain('operator.json');
  const [stored, astray] = await withStore(folder, async (store) => [
    await storedByName(store),
    await countAstray(store),
  ]);
  expect(astray).toBe(0);
  expect(stored.size).toBe(load.sent.length);
  await stand.start();
});

test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
  [
    'cut off',
    (bytes) => bytes.subarray(0, bytes.length - 100),
    /^FILE: \S+ is cut off: its end is missing\. Nothing was restored\.\n$/,
  ],
  [
    'changed in one bit',
    (bytes) => bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 4 : byte)) as Buffer,
    /^FILE: \S+ is not as it was written: its checksum is wrong\. Nothing was restored\.\n$/,
  ],
])('a file that was %s is refused, and nothing is left of it', async (_what, damage, message) => {
  const folder = temporaryFolder();
  const damaged = join(files.path, 'damaged');
  writeFileSync(damaged, damage(readFileSync(file)));
  const { code, stderr } = await passerby(folder.path, 'restore', damaged);
  expect(stderr).toMatch(message);
  expect(code).toBe(1);
  expect(inFolder(folder.path)).toEqual([]);
  folder.remove();
});

test('a folder that is not empty is left alone', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'spool'));
  const { code, stderr } = await passerby(folder.path, 'restore', file);
  expect(stderr).toMatch(/^DATA_DIR: \S+ is not empty \(spool\): a backup is restored into an empty folder\.\n$/);
  expect(code).toBe(2);
  expect(inFolder(folder.path)).toEqual(['spool']);
  folder.remove();
});

test('a folder on which a collector runs is left alone', async () => {
  const { code, stderr } = await passerby(stand.dataDir, 'restore', file);
  expect(stderr).toMatch(/is in use by another collector/);
  expect(code).toBe(3);
});

test('a server takes it, if it has no tables yet', async () => {
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  const server = await startEngineServer(['--port', String(await freePort()), '--data', folders[0].path]);
  const env = { DATA_DIR: folders[1].path, CLICKHOUSE_URL: server.url };
  const first = await passerbyIn(env, 'restore', file);
  expect([first.code, first.stderr]).toEqual([0, '']);
  const second = await passerbyIn(env, 'restore', file);
  expect(second.stderr).toBe(
    'CLICKHOUSE_URL: the database is not empty (config): a backup is restored into an empty one.\n',
  );
  expect(second.code).toBe(2);
  await server.end();
  await withStore(folders[0].path, async (store) => {
    for (const { name, rows, checksum } of manifest.tables)
      expect(await contentsOf(store, name), name).toEqual({ rows, checksum });
  });
  for (const folder of folders) folder.remove();
});

test('a restore that was killed is begun anew', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'restoring', 'engine', 'half'), { recursive: true });
  const { code } = await passerby(folder.path, 'restore', file);
  expect(code).toBe(0);
  expect(existsSync(join(folder.path, 'restoring'))).toBe(false);
  folder.remove();
});

test('a file that is there already is left alone', async () => {
  const { code, stderr } = await passerby(stand.dataDir, 'backup', file);
  expect(stderr).toBe(`FILE: ${file} is there already: name a new one.\n`);
  expect(code).toBe(2);
});

test('without a collector there is no backup', async () => {
  const folder = temporaryFolder();
  const other = join(files.path, 'other');
  const { code, stderr } = await passerby(folder.path, 'backup', other);
  expect(stderr).toMatch(
    /^No collector is running on \S+ \(it is empty\): start it, or name its folder with DATA_DIR\.\n$/,
  );
  expect(code).toBe(3);
  expect(existsSync(other)).toBe(false);
  folder.remove();
});
