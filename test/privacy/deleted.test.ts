import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Item } from '../../packages/sdk/src/wire.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const HOUR = 60 * 60_000;
const TABLES = ['hits', 'sums', 'logs', 'config'];
/** Files of before go as soon as they can: how long they stay is a setting of the engine (`OLD_FILES` in `engine/limits.ts`). */
const SOON = 'old_parts_lifetime = 0, cleanup_delay_period = 1, max_cleanup_delay_period = 1';

let collector: TestCollector;
let now = Date.now();
beforeAll(async () => {
  collector = await startTestCollector({ now: () => now });
  for (const table of TABLES) await collector.store.command(`ALTER TABLE ${table} MODIFY SETTING ${SOON}`);
});
afterAll(() => collector.stop());

const domainOf = (mark: string): string => `${mark}.example`;

/** Counts what has a mark: page, title, event, error and log line. */
const leaveMarks = async (mark: string): Promise<void> => {
  const domain = domainOf(mark);
  expect((await collector.api('POST', '/api/sites', { domain })).status).toBe(201);
  const items: Item[] = [
    { k: 'view' },
    { k: 'event', n: `${mark}-event`, p: { plan: `${mark}-plan` } },
    { k: 'log', l: 'info', m: `${mark}-line` },
  ];
  const beacon = { s: domain, u: `https://${domain}/${mark}-page`, t: `${mark}-title`, i: items };
  expect((await collector.send(beacon)).headers.get('passerby')).toBe('counted=3');
  await collector.flush();
  expect((await collector.send({ s: domain, u: `https://${domain}/other`, i: [{ k: 'view' }] })).status).toBe(202);
  await collector.flush();
};

/** Files below the data folder whose bytes have a text. */
const filesWith = (text: string): string[] =>
  readdirSync(collector.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => contentOf(path).includes(text))
    .map((path) => relative(collector.dataDir, path));

const contentOf = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    // It was deleted meanwhile.
    return Buffer.alloc(0);
  }
};

/** Folders of the parts that tables have now, and have had before. */
const partsOf = async (tables: readonly string[], where = 'true'): Promise<string[]> =>
  (
    await collector.store.query<{ path: string }>(
      `SELECT path FROM system.parts WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND ${where}`,
      { tables: [...tables] },
    )
  ).map(({ path }) => path);

/** What is done, the tables of which it takes something, and the texts that are gone then. */
interface Way {
  readonly name: string;
  readonly tables: readonly string[];
  readonly texts: (mark: string) => string[];
  readonly act: (mark: string) => Promise<Response>;
  /** Days since it came. Missing: it comes now. */
  readonly ago?: number;
}

const all = (mark: string): string[] => ['page', 'title', 'event', 'plan', 'line'].map((what) => `${mark}-${what}`);
const purge = (mark: string, part: object): Promise<Response> =>
  collector.api('POST', `/api/sites/${domainOf(mark)}/purge`, { ...part, confirm: domainOf(mark) });
const WAYS: readonly Way[] = [
  {
    name: 'a page that is purged',
    tables: ['hits', 'sums', 'logs'],
    texts: (mark) => [`${mark}-page`, `${mark}-title`, `${mark}-line`],
    act: (mark) => purge(mark, { page: `/${mark}-page` }),
  },
  {
    name: 'an event that is purged',
    tables: ['hits', 'sums'],
    texts: (mark) => [`${mark}-event`, `${mark}-plan`],
    act: (mark) => purge(mark, { event: `${mark}-event` }),
  },
  { name: 'all that is purged', tables: ['hits', 'sums', 'logs'], texts: all, act: (mark) => purge(mark, {}) },
  {
    name: 'a site that is deleted',
    tables: ['hits', 'sums', 'logs', 'config'],
    texts: (mark) => [mark],
    act: (mark) => collector.api('DELETE', `/api/sites/${domainOf(mark)}`, { confirm: domainOf(mark) }),
  },
  {
    name: 'what is to be kept for a shorter time',
    tables: ['hits', 'logs'],
    texts: (mark) => ['title', 'plan', 'line'].map((what) => `${mark}-${what}`),
    act: (mark) => collector.api('PATCH', `/api/sites/${domainOf(mark)}`, { hitsDays: 0, logsDays: 0 }),
  },
  {
    name: 'what is as old as its site keeps it',
    tables: ['hits', 'logs'],
    texts: (mark) => ['title', 'plan', 'line'].map((what) => `${mark}-${what}`),
    // Nothing: the engine does it by itself.
    act: () => collector.api('GET', '/api/status'),
    ago: 401,
  },
];

/** Long enough for the engine to look. */
const PATIENCE = { timeout: 30_000, interval: 500 };

it.each(WAYS)('$name leaves the disk', async ({ name, tables, texts, act, ago = 0 }) => {
  const index = WAYS.findIndex((way) => way.name === name);
  const mark = `marked-${index}`;
  now = Date.now() - ago * 24 * HOUR;
  const before = await partsOf(tables);
  await leaveMarks(mark);
  expect(filesWith(mark)).not.toEqual([]);
  const parts = (await partsOf(tables, 'active')).filter((path) => !before.includes(path));
  // What came of age may have gone already.
  if (ago === 0) expect(parts.length).toBeGreaterThanOrEqual(tables.length);
  expect(parts.filter(existsSync)).toEqual(parts);
  expect((await act(mark)).ok).toBe(true);
  // Later than what was done each hour for the way before this one.
  now += 2 * (index + 1) * HOUR;
  await collector.collector.tick();
  // Compressed texts are not found: so the parts that had them are looked for, too.
  await expect.poll(() => parts.filter(existsSync), PATIENCE).toEqual([]);
  await expect.poll(() => texts(mark).flatMap(filesWith), PATIENCE).toEqual([]);
  await expect.poll(() => partsOf(tables, 'NOT active'), PATIENCE).toEqual([]);
});
