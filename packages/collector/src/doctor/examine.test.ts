import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import type { Engine } from '../engine/supervisor.ts';
import { startEngineOn } from '../engine/testing.ts';
import { FIRST, row, SITE, visit } from '../query/testing.ts';
import { connect } from '../store/clickhouse.ts';
import { batchOf } from '../store/lines.ts';
import { migrate } from '../store/migrate.ts';
import type { Store } from '../store/store.ts';
import { TABLES } from '../store/tables.ts';
import { CHECK_NAMES, examineFolder, examineStore } from './examine.ts';
import type { Finding } from './finding.ts';
import { patientOf } from './testing.ts';

const folder = temporaryFolder();
const sound = join(folder.path, 'sound');
const TODAY = Date.parse('2090-06-20T12:00:00Z');

const opened = async <T>(
  dataDir: string,
  job: (store: Store | null, closed: string | null) => Promise<T>,
): Promise<T> => {
  let engine: Engine;
  try {
    engine = await startEngineOn(dataDir);
  } catch (error) {
    return job(null, (error as Error).message);
  }
  const store = connect(engine);
  try {
    return await job(store, null);
  } finally {
    await store.close();
    await engine.stop();
  }
};

/** A small store with something in every table, and the copy of its sites. */
beforeAll(async () => {
  mkdirSync(sound, { mode: 0o700 });
  await opened(sound, async (store) => {
    if (store === null) throw new Error('the engine does not start');
    await migrate(store);
    const days = ['17', '18', '19'].flatMap((day) =>
      visit(day, `2090-06-${day}T10:00:00+00:00`, { visitor: day, source: 'Google' }, [{ page: '/a', ...FIRST }]),
    );
    const logs = ['one', 'two'].map((message) =>
      row('2090-06-19T10:00:00+00:00', { kind: 'log', severity: 'info', message }),
    );
    await store.insert(batchOf([...days, ...logs], 'a batch'));
    await store.command('INSERT INTO config SELECT {k:String}, {i:String}, 1, {b:String}, 0', {
      k: 'site',
      i: SITE.id,
      b: JSON.stringify(SITE),
    });
  });
  writeFileSync(join(sound, 'sites.json'), JSON.stringify({ sites: [SITE] }), { mode: 0o600 });
});
afterAll(() => folder.remove());

/** What is found on a copy to which something was done; only what is not well. */
const foundAfter = async (damage: (dataDir: string) => void): Promise<{ all: Finding[]; troubles: string[] }> => {
  const dataDir = join(folder.path, 'damaged');
  rmSync(dataDir, { recursive: true, force: true });
  cpSync(sound, dataDir, { recursive: true, verbatimSymlinks: true });
  damage(dataDir);
  const all: Finding[] = [];
  const take = (step: { finding: Finding } | { doing: string }): void =>
    void ('finding' in step && all.push(step.finding));
  const patient = patientOf({ dataDir, now: () => TODAY });
  await examineFolder(patient, take);
  await opened(dataDir, (store, closed) => examineStore({ ...patient, store, closed }, take));
  const isWell = ({ name, state }: Finding): boolean =>
    state === 'ok' || ['proxies', 'backups', 'space'].includes(name);
  return {
    all,
    troubles: all.filter((finding) => !isWell(finding)).map(({ name, state, says }) => `${state} ${name}: ${says}`),
  };
};

const metadata = (dataDir: string, table: string): string =>
  join(dataDir, 'engine', 'metadata', 'default', `${table}.sql`);
const storeOf = (dataDir: string, table: string): string => {
  const [, uuid = ''] = /UUID '([^']+)'/.exec(readFileSync(metadata(dataDir, table), 'utf8')) ?? [];
  return join(dataDir, 'engine', 'store', uuid.slice(0, 3), uuid);
};
const partOf = (dataDir: string, table: string): string => {
  const [part = ''] = readdirSync(storeOf(dataDir, table))
    .filter((name) => /_\d+_\d+_\d+$/.test(name))
    .sort();
  return join(storeOf(dataDir, table), part);
};
const flip = (file: string): void => {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(file, bytes);
};

it('a sound store has nothing, and every check is told', async () => {
  const { all, troubles } = await foundAfter(() => {});
  expect(troubles).toEqual([]);
  expect([...new Set(all.map(({ name }) => name))].sort()).toEqual([...CHECK_NAMES].sort());
});

it('a folder that was moved has all its files, although links of the engine lead nowhere', async () => {
  const { troubles } = await foundAfter((dataDir) => {
    const link = join(dataDir, 'engine', 'metadata', 'default');
    const id = basename(readlinkSync(link));
    rmSync(link);
    symlinkSync(join('/nowhere', id), link);
  });
  expect(troubles).toEqual([]);
});

it('a flipped bit in a part of each table is found, and what can still be looked at is', async () => {
  const { all, troubles } = await foundAfter((dataDir) => {
    for (const table of TABLES) flip(join(partOf(dataDir, table), 'data.bin'));
  });
  for (const table of TABLES)
    expect(troubles).toContainEqual(
      expect.stringMatching(new RegExp(`^wrong parts: Part \\w+ of ${table} is damaged and cannot be read\\.$`)),
    );
  expect(
    troubles.filter((trouble) => trouble.startsWith('wrong')).every((trouble) => trouble.startsWith('wrong parts')),
  ).toBe(true);
  expect(
    all
      .filter(({ name }) => ['store', 'detached', 'files', 'leftovers', 'changes'].includes(name))
      .every(({ state }) => state === 'ok'),
  ).toBe(true);
});

it('a damaged table takes no other check with it', async () => {
  const { troubles } = await foundAfter((dataDir) => flip(join(partOf(dataDir, 'config'), 'data.bin')));
  expect(troubles).toEqual([
    expect.stringMatching(/^skipped documents: This could not be looked at: part \w+ of config is damaged\.$/),
    expect.stringMatching(
      /^skipped retention: The oldest rows of sums cannot be read: part \w+ of config is damaged\.$/,
    ),
    expect.stringMatching(/^wrong parts: Part \w+ of config /),
  ]);
});

it('parts whose files are missing or cut off are found, and which days lack them', async () => {
  const { troubles } = await foundAfter((dataDir) => {
    rmSync(join(partOf(dataDir, 'logs'), 'data.bin'));
    truncateSync(join(partOf(dataDir, 'sums'), 'data.bin'), 10);
  });
  expect(troubles).toEqual([
    expect.stringMatching(/^wrong detached: 1 part of logs could not be read/),
    expect.stringMatching(/^wrong detached: 1 part of sums could not be read/),
    ...['17', '18', '19'].map(
      (day) => `wrong sums: example.com on 2090-06-${day}: hits has it, and sums has nothing of it.`,
    ),
  ]);
});

it('whole parts that are gone are found by what is left', async () => {
  const { troubles } = await foundAfter((dataDir) => {
    for (const table of ['hits', 'config']) rmSync(partOf(dataDir, table), { recursive: true });
    for (const name of readdirSync(storeOf(dataDir, 'migrations')))
      if (name.startsWith('all_')) rmSync(join(storeOf(dataDir, 'migrations'), name), { recursive: true });
  });
  expect(troubles).toContainEqual(expect.stringMatching(/^wrong schema: The table migrations says no version/));
  expect(troubles).toContainEqual(
    expect.stringMatching(
      /^wrong documents: 1 site of DATA_DIR\/sites\.json, as example\.com, is not in the table config/,
    ),
  );
  expect(troubles).toContainEqual(
    expect.stringMatching(/^wrong sums: There are sums of the last days of 1 site, as site, and no hit/),
  );
});

it('what describes a table is found to be cut off or missing, also where the engine does not start for it', async () => {
  const cut = await foundAfter((dataDir) => truncateSync(metadata(dataDir, 'sums'), 400));
  expect(cut.troubles).toContainEqual(
    'wrong files: The file engine/metadata/default/sums.sql does not say what the table sums is: it is cut off, or garbled.',
  );
  expect(cut.troubles).toContainEqual(
    expect.stringMatching(/^wrong store: The store cannot be opened: The embedded engine cannot open the table/),
  );
  expect(
    cut.troubles.filter((trouble) => trouble.endsWith(': It needs the store, which cannot be opened.')),
  ).toHaveLength(8);

  const missing = await foundAfter((dataDir) => {
    rmSync(metadata(dataDir, 'logs'));
    rmSync(metadata(dataDir, 'sums_from_intake'));
    rmSync(storeOf(dataDir, 'sums'), { recursive: true });
    rmSync(join(partOf(dataDir, 'hits'), 'columns.txt'));
  });
  expect(missing.troubles).toEqual(
    expect.arrayContaining([
      'wrong files: The file engine/metadata/default/logs.sql is missing: the engine knows no table logs.',
      'wrong files: The file engine/metadata/default/sums_from_intake.sql is missing: the engine knows no table sums_from_intake.',
      'wrong files: The folder of the table sums is missing, or what it begins with.',
      expect.stringMatching(/^wrong files: Of part \w+ of hits columns\.txt is missing or empty\.$/),
      'wrong schema: The table logs is missing.',
      'wrong schema: The view sums_from_intake is missing: what is stored does not reach its table.',
    ]),
  );
});

it('tables that are not as the migrations make them are found', async () => {
  const { troubles } = await foundAfter((dataDir) => {
    const change = (table: string, from: string | RegExp, to: string): void =>
      writeFileSync(metadata(dataDir, table), readFileSync(metadata(dataDir, table), 'utf8').replace(from, to));
    change('hits', 'non_replicated_deduplication_window = 10000', 'non_replicated_deduplication_window = 0');
    change('sums_from_intake', 'sum(h.events * hit)', 'sum(h.views * hit)');
    change('config', '`body` String', '`body` LowCardinality(String)');
  });
  expect(troubles.filter((trouble) => trouble.includes('schema'))).toEqual([
    'wrong schema: The table config has body as LowCardinality(String), not as String.',
    'wrong schema: The table hits remembers 0 batches, not 10000, so that one that comes again may count twice.',
    'wrong schema: The view sums_from_intake selects something else than it should.',
  ]);
});
