import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestCluster, startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { browserHost } from '../../lib/browser-host.ts';
import { storedAddress, storedProperty } from '../../lib/stored-text.ts';
import { FIRST, row, visit } from '../../query/testing.ts';
import { batchOf } from '../lines.ts';
import { spelling } from '../migrations/0004-spelling.ts';
import type { Row } from '../row.ts';
import { rowsHere } from '../schema.ts';
import { type Store, variantOf } from '../store.ts';
import { StoreError } from '../store-error.ts';

/** Pages of before: what browsers and programs escape, what stays, what was never escaped, and several that are one. */
const PAGES = [
  '/%C3%BCber-uns/gr%C3%B6%C3%9Fe',
  '/%c3%bcber-uns/gr%c3%b6%c3%9fe',
  '/über-uns/größe',
  '/caf%C3%A9',
  '/cafe%CC%81',
  '/cafe\u0301',
  '/%D0%BE-%D0%BD%D0%B0%D1%81',
  '/a%2fb%3f%5c%23%25',
  '/a%E2%80%8Bb',
  '/a\u200bb',
  '/%e9t%e9',
  '/100%',
  '/%%41',
  "/it's%20%5C'",
  '/tab%09%0A',
  '/suche?q=gr%C3%B6%C3%9Fe+x%26y%20z',
  '/app#/%C3%BC',
  '/%F0%9F%8E%89',
  '/plain',
  '/',
];
const PROPS: readonly Record<string, string>[] = [
  { url: 'https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe', plan: 'a%20b' },
  { url: 'https://bücher.example/größe', to: '/%C3%BC', '/%C3%BC': 'x' },
  { url: 'HTTPS://example.com/%7Ejane', note: 'cafe\u0301' },
  { url: '/look for caf%C3%A9' },
  {},
];
const SOURCES = ['', 'Google', 'bücher.example', 'Hacker News', 'Frühling'];

/** On days of two months and two years. */
const DAYS = ['2025-12-30', '2025-12-31', '2026-01-01'];
const rowsOf = (pages: readonly string[], days: readonly string[]): Row[] =>
  pages.flatMap((page, index) => {
    const begin = `${days[index % days.length]}T10:15:00+01:00`;
    const next = pages[(index + 1) % pages.length] ?? '';
    const frozen = {
      site: `site${index % 2}`,
      entry_page: page,
      source: SOURCES[index % SOURCES.length] ?? '',
      referrer: `xn--bcher-kva.example${page}`,
    };
    const props = PROPS[index % PROPS.length] ?? {};
    return [
      ...visit(String(index + 1), begin, frozen, [
        { page, props, ...FIRST },
        { page: next, prev_page: page, seconds: 60, bounces: -1, page_visits: 1, page_visitors: 1 },
        { page: next, name: 'Sale', props, revenue: -1500, currency: 'EUR', seconds: 5, event_visits: 1 },
      ]),
      row(begin, { kind: 'log', severity: 'info', message: `line ${index}`, ...frozen, page, props }),
      row(begin, { kind: 'engagement', visit: String(index + 1), engaged_ms: 1000, scroll: 40, ...frozen, page }),
    ];
  });
const ROWS = rowsOf(PAGES, DAYS);

type Cells = Readonly<Record<string, unknown>>;
interface Found {
  readonly hits: readonly Cells[];
  readonly logs: readonly Cells[];
  readonly sums: Readonly<Record<string, readonly number[]>>;
}

const NUMBERS =
  'views events visits visitors bounces seconds engaged_ms scroll seen_visits seen_visitors moves later_visitors revenue'.split(
    ' ',
  );
const KEY = ['site', 'dimension', 'value', 'day'] as const;

const found = async (store: Store): Promise<Found> => {
  const sums = await store.query<Cells>(
    `SELECT ${KEY.join(', ')}, ${NUMBERS.map((name) => `toFloat64(sum(s.${name})) AS n_${name}`).join(', ')}
    FROM sums AS s GROUP BY ${KEY.join(', ')} HAVING ${NUMBERS.map((name) => `n_${name} != 0`).join(' OR ')}`,
  );
  return {
    hits: await store.query<Cells>('SELECT * FROM hits ORDER BY site, visit, step, kind, ts'),
    logs: await store.query<Cells>('SELECT * FROM logs ORDER BY message'),
    sums: added(sums.map((cells) => [cells, NUMBERS.map((name) => Number(cells[`n_${name}`]))])),
  };
};

/** Numbers by their key, those of the same one added. */
const added = (rows: readonly (readonly [Cells, readonly number[]])[]): Record<string, number[]> => {
  const all: Record<string, number[]> = {};
  for (const [cells, numbers] of rows) {
    const key = JSON.stringify(KEY.map((name) => cells[name]));
    all[key] = numbers.map((number, at) => number + (all[key]?.[at] ?? 0));
  }
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
};

const address = (value: unknown): string => storedAddress(String(value));
const mapped = (props: unknown): Cells =>
  Object.fromEntries(Object.entries(props as Record<string, string>).map(([name, v]) => [name, storedProperty(v)]));
const BY_DIMENSION: Readonly<Record<number, (value: string) => string>> = {
  10: storedAddress,
  12: storedAddress,
  20: browserHost,
  22: storedAddress,
};

/** What has to be there afterwards. */
const respelled = ({ hits, logs, sums }: Found): Found => ({
  hits: hits.map((cells) => ({
    ...cells,
    ...Object.fromEntries(['page', 'prev_page', 'entry_page', 'referrer'].map((name) => [name, address(cells[name])])),
    source: browserHost(String(cells.source)),
    props: mapped(cells.props),
  })),
  logs: logs.map((cells) => ({ ...cells, page: address(cells.page), attributes: mapped(cells.attributes) })),
  sums: added(
    Object.entries(sums).map(([key, numbers]) => {
      const [site, dimension, value, day] = JSON.parse(key) as [string, number, string, string];
      return [{ site, dimension, value: BY_DIMENSION[dimension]?.(value) ?? value, day }, numbers];
    }),
  ),
});

const run = async ({ topology }: TestEngine, store: Store): Promise<void> => {
  for (const step of spelling(topology)) if (typeof step !== 'string') await step(store, () => {});
};

/** Whoever keeps the tables finds no value of before in them. */
const expectNoneKept = async (store: Store): Promise<void> => {
  expect(await store.query("SELECT old FROM spellings WHERE old != ''")).toEqual([]);
  const values = await store.query<{ value: string }>('SELECT value FROM sums WHERE dimension IN (10, 12, 22)');
  expect(values.filter(({ value }) => value !== storedAddress(value))).toEqual([]);
};

class Killed extends Error {}

/** A store that is gone after so many statements that change something; the last one is done, and its answer lost. */
const killedAfter = (store: Store, statements: number): { store: Store; left: () => number } => {
  let left = statements;
  const command: Store['command'] = async (...args) => {
    await store.command(...args);
    left -= 1;
    if (left === 0) throw new Killed();
  };
  return { store: variantOf(store, { command }), left: () => left };
};

describe.each([
  { where: 'one server', start: startTestEngine },
  { where: 'a cluster', start: startTestCluster },
])('rows of before on $where', ({ where, start }) => {
  const alone = where === 'one server';
  let engine: TestEngine;
  let expected: Found;
  let batches = 0;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    for (const table of ['hits', 'logs', 'sums']) await engine.store.command(`TRUNCATE TABLE ${table}`);
    await engine.store.insert(batchOf(ROWS, `batch ${++batches}`));
    expected = respelled(await found(engine.store));
  });

  it('are written as those of today, nothing is lost or counted twice, and so are those that come later', async () => {
    const { store } = engine;
    expect(await found(store)).not.toEqual(expected);
    await run(engine, store);
    const after = await found(store);
    expect(after).toEqual(expected);
    expect(after.hits).toHaveLength(PAGES.length * 4);
    expect(new Set(after.hits.map(({ page }) => page))).toEqual(new Set(PAGES.map(storedAddress)));
    await expectNoneKept(store);

    // Once they are, they are left alone.
    const told: string[] = [];
    const command: Store['command'] = (sql, ...rest) => {
      told.push(sql);
      return store.command(sql, ...rest);
    };
    await run(engine, variantOf(store, { command }));
    expect(told.filter((sql) => /^INSERT|UPDATE/.test(sql))).toEqual([]);
    expect(await found(store)).toEqual(expected);

    // A collector of before goes on beside this one.
    await store.insert(batchOf(ROWS, `later ${++batches}`));
    expected = respelled(await found(store));
    await run(engine, store);
    expect(await found(store)).toEqual(expected);
    await expectNoneKept(store);
  });

  it.runIf(alone)('of several collectors that start at the same time are written once', async () => {
    await Promise.all([run(engine, engine.store), run(engine, engine.store), run(engine, engine.store)]);
    // One of them may have taken away what another was looking up.
    await run(engine, engine.store);
    expect(await found(engine.store)).toEqual(expected);
  });
});

/** Of the statements that change something, each so-manieth is the last one in turn. `DEATHS_EVERY=1`: each. */
const DEATHS_EVERY = Number(process.env.DEATHS_EVERY ?? 4);

describe('a store on one server', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine();
  });
  afterAll(() => engine.stop());

  let batches = 0;
  const only = async (rows: readonly Row[]): Promise<void> => {
    for (const table of ['hits', 'logs', 'sums']) await engine.store.command(`TRUNCATE TABLE ${table}`);
    await engine.store.command('DROP TABLE IF EXISTS spellings');
    await engine.store.insert(batchOf(rows, `batch ${++batches}`));
  };

  it('is made good by the next start, whatever statement is the last before a death', {
    timeout: 300_000,
  }, async () => {
    const { store } = engine;
    let deaths = 0;
    for (let statements = 1; ; statements += DEATHS_EVERY) {
      await only(rowsOf(PAGES.slice(0, 6), ['2026-01-01']));
      const expected = respelled(await found(store));
      const mortal = killedAfter(store, statements);
      try {
        await run(engine, mortal.store);
      } catch (error) {
        expect(error).toBeInstanceOf(Killed);
      }
      if (mortal.left() > 0) break;
      deaths += 1;
      await run(engine, store);
      expect(await found(store)).toEqual(expected);
    }
    expect(deaths * DEATHS_EVERY).toBeGreaterThan(15);
  });

  /** As many rows as several statements move, and more values than are read at a time. */
  const DAYS_OF_MANY = 2;
  const VALUES = 15_000;

  it('with many values in sums has them moved in blocks that are stored whole, and each once', async () => {
    const { store, topology } = engine;
    await only([]);
    await store.command(`INSERT INTO sums (site, dimension, value, day, views, bounces, moves)
      SELECT 'one', 10, concat('/%C3%BC/', toString(number % ${VALUES})), toDate('2026-03-01') + intDiv(number, ${VALUES}), number, -1, 3
      FROM numbers(${VALUES * DAYS_OF_MANY})`);
    const before = await found(store);
    const parts = async (): Promise<number> => {
      const [row] = await store.query<{ n: number }>(
        "SELECT toUInt32(count()) AS n FROM system.parts WHERE database = currentDatabase() AND table LIKE 'sums%' AND active",
      );
      return row?.n ?? 0;
    };
    await store.command(`SYSTEM STOP MERGES ${rowsHere('sums', topology)}`);
    const there = await parts();
    let moves = 0;
    const command: Store['command'] = async (sql, ...rest) => {
      await store.command(sql, ...rest);
      if (!sql.startsWith('INSERT INTO sums')) return;
      moves += 1;
      // Somebody has not heard of it.
      await store.command(sql, ...rest);
    };
    await run(engine, variantOf(store, { command }));
    expect(moves).toBe(DAYS_OF_MANY);
    expect((await parts()) - there).toBe(moves);
    expect(await found(store)).toEqual(respelled(before));
    await store.command(`SYSTEM START MERGES ${rowsHere('sums', topology)}`);
    await run(engine, store);
    expect(await store.query("SELECT value FROM sums WHERE position(value, '%') > 0 LIMIT 1")).toEqual([]);
    expect(await found(store)).toEqual(respelled(before));
  });

  it('with many values in hits has them changed in several rounds', async () => {
    const { store } = engine;
    await only([]);
    const long = 'x'.repeat(150);
    await store.command(`INSERT INTO hits (site, day, visit, page, keep_until)
      SELECT 'one', '2026-03-01', number, concat('/%C3%BC/${long}', toString(number)), '2099-01-01' FROM numbers(30000)`);
    let rounds = 0;
    const command: Store['command'] = (sql, ...rest) => {
      if (sql.includes('UPDATE')) rounds += 1;
      return store.command(sql, ...rest);
    };
    await run(engine, variantOf(store, { command }));
    expect(rounds).toBeGreaterThan(1);
    const [row] = await store.query<Cells>(
      `SELECT toUInt32(count()) AS hits, toUInt32(uniqExact(page)) AS pages, toUInt32(countIf(startsWith(page, '/ü/x'))) AS changed FROM hits`,
    );
    expect(row).toEqual({ hits: 30_000, pages: 30_000, changed: 30_000 });
  });

  it('of which a part cannot be read is written but for that', async () => {
    const { store } = engine;
    await only([]);
    const page = '/%C3%BC';
    for (const day of ['2025-11-30', '2025-12-01', '2026-01-01'])
      await store.insert(
        batchOf(visit('1', `${day}T10:00:00+01:00`, { entry_page: page }, [{ page, ...FIRST }]), `of ${day}`),
      );
    const query: Store['query'] = async (sql, ...rest) => {
      if (/toString\(page\).* = 202512 /.test(sql)) {
        const part = { table: 'hits', part: '202512_1_1_0' };
        throw new StoreError('damaged', 'unknown', 40, '', part);
      }
      return store.query(sql, ...rest);
    };
    const told: string[] = [];
    for (const step of spelling(engine.topology))
      if (typeof step !== 'string') await step(variantOf(store, { query }), (what) => told.push(what));
    expect(told).toContain('addresses that cannot be read keep their old spelling');
    expect(await store.query('SELECT page FROM hits ORDER BY day')).toEqual([
      { page: '/ü' },
      { page: '/%C3%BC' },
      { page: '/ü' },
    ]);
  });

  it.each([
    ['without rows', []],
    [
      'of plain addresses',
      [...visit('1', '2026-03-01T10:00:00+01:00', { entry_page: '/a' }, [{ page: '/a', ...FIRST }])],
    ],
    [
      'that is written as today',
      [...visit('1', '2026-03-01T10:00:00+01:00', { entry_page: '/ü%2F' }, [{ page: '/ü%2F', ...FIRST }])],
    ],
  ] as const)('%s is not changed', async (_, rows) => {
    await only(rows);
    const told: string[] = [];
    await run(engine, variantOf(engine.store, { command: async (sql) => void told.push(sql) }));
    expect(told).toEqual([]);
  });
});
