import { readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../../packages/collector/src/engine/free-port.ts';
import type { Question } from '../../packages/collector/src/query/stats/query.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { beginCollectorProcess, type CollectorProcess, startCollectorProcess } from '../support/collector-process.ts';
import { passerby } from '../support/command.ts';
import { reopened } from '../support/reopen.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

type Dimensions = NonNullable<Question['dimensions']>;

const ITEMS = 100;
const BEACONS = 30;
const PATIENCE_MS = 20_000;

const send = async ({ url }: CollectorProcess): Promise<string | null> => {
  const item = { k: 'event', n: 'x' };
  const body = JSON.stringify({ s: 'example.com', u: 'https://example.com/', i: Array(ITEMS).fill(item) });
  return (await fetch(`${url}/in`, { method: 'POST', headers: { 'user-agent': REAL_AGENT }, body })).headers.get(
    'passerby',
  );
};

const question = (dimensions: Dimensions): Question => ({
  site_id: 'example.com',
  metrics: ['events'],
  date_range: '7d',
  dimensions,
});

const ask = async ({ api }: CollectorProcess, dimensions: Dimensions) => {
  const answer = await api('POST', '/api/query', question(dimensions));
  return { status: answer.status, body: (await answer.json()) as { error?: { field: string; message: string } } };
};

/** Turns bits of the largest part of a table. */
const damage = async (dataDir: string, table: string): Promise<void> => {
  const [part] = await reopened(dataDir, (store) =>
    store.query<{ path: string }>(
      'SELECT path FROM system.parts WHERE active AND table = {table:String} ORDER BY bytes_on_disk DESC LIMIT 1',
      { table },
    ),
  );
  const file = join(part?.path ?? '', 'data.bin');
  const bytes = readFileSync(file);
  for (let at = 0; at < bytes.length; at += 20) bytes[at] = 255 - (bytes[at] ?? 0);
  writeFileSync(file, bytes);
};

const metric = async ({ api }: CollectorProcess, name: string): Promise<number> =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await api('GET', '/metrics')).text())?.[1]);

const unreadable = async ({ api }: CollectorProcess): Promise<number> =>
  ((await (await api('GET', '/api/status')).json()) as { keeping: { unreadable: number } }).keeping.unreadable;

const linesOf = ({ output }: CollectorProcess, words: string): string[] =>
  output()
    .stderr.split('\n')
    .filter((line) => line.includes(words));

describe('a collector whose data are damaged', () => {
  const folders: TemporaryFolder[] = [];
  let dataDir: string;
  let collector: CollectorProcess;
  beforeEach(async () => {
    const folder = temporaryFolder();
    folders.push(folder);
    dataDir = folder.path;
    collector = await startCollectorProcess(dataDir, { CLIENT_LIMIT: '0' });
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
    await Promise.all(Array.from({ length: BEACONS }, () => send(collector)));
    await until('all hits', PATIENCE_MS, async () => {
      const { results } = await collector.query(question([]));
      return results[0]?.metrics[0] === ITEMS * BEACONS;
    });
    await collector.end();
  });
  afterEach(async () => {
    await collector.end();
    for (const folder of folders.splice(0)) folder.remove();
  });

  test.each<[table: string, dimensions: Dimensions]>([
    ['sums', ['event:name']],
    ['hits', ['event:name', 'visit:browser']],
  ])('in %s says so, once, and counts on', async (table, dimensions) => {
    await damage(dataDir, table);
    collector = await startCollectorProcess(dataDir, { CLIENT_LIMIT: '0' });
    await until('the damage', PATIENCE_MS, async () => (await unreadable(collector)) > 0);
    expect(await metric(collector, 'passerby_store_unreadable_parts')).toBe(1);
    for (let times = 0; times < 5; times++) {
      const { status, body } = await ask(collector, dimensions);
      expect([status, body.error?.field]).toEqual([500, 'store']);
      expect(body.error?.message).toMatch(/damaged.*docs\/backup\.md/);
    }
    expect((await passerby(dataDir, 'query', 'example.com', '--by', dimensions.join(','))).code).toBe(1);
    const said = linesOf(collector, 'is damaged and cannot be read');
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(new RegExp(` error .* table="${table}" part="\\w+_\\d+_\\d+_\\d+" code=\\d+$`));
    expect(linesOf(collector, 'a request failed')).toEqual([]);
    expect(await send(collector)).toBe(`counted=${ITEMS}`);

    const backup = await passerby(dataDir, 'backup', join(dataDir, 'made.backup'));
    expect(backup).toMatchObject({ code: 1, stderr: expect.stringMatching(/^The collector broke the backup off/) });
    expect(linesOf(collector, 'a backup was broken off')).toHaveLength(1);
    // Of the parts themselves, which can be taken out, and not of the copies that were read.
    expect(linesOf(collector, 'snapshot_')).toEqual([]);
    expect(linesOf(collector, '    at ')).toEqual([]);
    expect(await unreadable(collector)).toBe(1);
  });

  test('in what owners set up keeps hits, and says what to do', async () => {
    await damage(dataDir, 'config');
    const begun = await beginCollectorProcess(dataDir, await freePort());
    collector = begun.collector;
    await until('a sentence', PATIENCE_MS, () => linesOf(collector, 'Hits are kept until').length > 0);
    expect(linesOf(collector, 'The table config is damaged')).toEqual([expect.stringMatching(/docs\/backup\.md\.$/)]);
    expect(await send(collector)).toBe(`counted=${ITEMS}`);
    expect(await unreadable(collector)).toBe(1);
    const accounts = await collector.api('GET', '/api/accounts');
    expect([accounts.status, await accounts.text()]).toEqual([500, expect.stringContaining('damaged')]);
  });

  test.each([
    ['a table', 'hits', unlinkSync],
    ['what fills a table', 'logs_from_intake', unlinkSync],
    ['the shape of a table', 'sums', (file: string) => truncateSync(file, 30)],
  ])('in %s keeps hits, and never says that it passes', async (_what, table, harm) => {
    harm(join(dataDir, 'engine', 'metadata', 'default', `${table}.sql`));
    const begun = await beginCollectorProcess(dataDir, await freePort());
    collector = begun.collector;
    await until('a sentence', PATIENCE_MS, () => linesOf(collector, 'Hits are kept until').length > 0);
    expect(linesOf(collector, table)).toEqual([expect.stringMatching(/backup\S*$/)]);
    expect(await send(collector)).toBe(`counted=${ITEMS}`);
    expect(await metric(collector, 'passerby_store_unreadable_parts')).toBe(1);
    expect(await unreadable(collector)).toBe(1);
    const { status, body } = await ask(collector, table === 'hits' ? ['event:props:none'] : ['event:name']);
    const isThere = table === 'logs_from_intake';
    expect([status, body.error?.message]).toEqual(
      isThere ? [200, undefined] : [500, expect.stringMatching(/damaged.*docs\/backup\.md/)],
    );
  });
});
