import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import type { Store } from '../../store/store.ts';
import { type Site, site as siteShape } from '../site.ts';
import { createPurge, EVERYTHING, type Extent, type Held, type Part } from './purge.ts';

const siteOf = (id: string) =>
  siteShape.parse({ id, domain: `${id}.example`, name: id, timezone: 'UTC', created: '2026-03-01T00:00:00Z' });
/** New for each test, which finds nothing in them but what {@link fill} says. */
let mine: Site;
let other: Site;
/** Where the rows of the first are. */
let ofMine: string;
let tests = 0;

/** A visit a day: the start page, then a secret one, then the start page again, and a log line on the secret one. */
const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03'];

/** Nobody stores anything meanwhile. */
const atOnce: Held = (job) => job();

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

beforeEach(async () => {
  tests += 1;
  [mine, other] = [siteOf(`mine${tests}`), siteOf(`other${tests}`)];
  ofMine = `site = '${mine.id}'`;
  await engine.store.command(fill(mine, other));
});

/** Views of three pages by each of the days' visits, and a log line. Equal rows in one insert are no repetition. */
const fill = (
  ...sites: Site[]
): string => `INSERT INTO intake (site, ts, day, hour, visit, step, kind, page, title, prev_page, entry_page, severity,
  message, views, visits, hit_until, log_until)
SELECT site, toDateTime(day, 'UTC') + step AS ts, day, toDateTime(day, 'UTC'), toUInt64(ts), step, if(step = 4, 5, 1),
  ['/', '/secret', '/', '/secret'][step] AS page, concat('Title of ', page), ['', '/', '/secret', ''][step], '/',
  if(step = 4, 'info', ''), if(step = 4, 'a line', ''), step != 4, step = 1, '2099-01-01', '2099-01-01'
FROM (SELECT arrayJoin(['${sites.map(({ id }) => id).join("', '")}']) AS site, arrayJoin(['${DAYS.join("', '")}'])::Date AS day, arrayJoin([1, 2, 3, 4]) AS step)
SETTINGS insert_deduplicate = 0, deduplicate_blocks_in_dependent_materialized_views = 0`;

const purge = (part: Partial<Part>): Promise<Extent> =>
  createPurge(engine.store, engine.topology).purge(mine, { ...EVERYTHING, ...part }, atOnce);
/** Where the statements went that a purge changes something by. */
const poolsOf = async (part: Partial<Part>): Promise<readonly (string | undefined)[]> => {
  const pools: (string | undefined)[] = [];
  const command: Store['command'] = (sql, params, options) => {
    pools.push(options?.pool);
    return engine.store.command(sql, params, options);
  };
  await createPurge({ ...engine.store, command }, engine.topology).purge(mine, { ...EVERYTHING, ...part }, atOnce);
  return pools;
};
/** What a purge waits for while nothing may be stored. */
const awaitedWhileHeld = async (part: Partial<Part>): Promise<readonly string[]> => {
  const awaited: string[] = [];
  let isHeld = false;
  const command: Store['command'] = (sql, params, options) => {
    if (isHeld && sql.includes('mutations_sync = 1')) awaited.push(sql);
    return engine.store.command(sql, params, options);
  };
  await createPurge({ ...engine.store, command }, engine.topology).purge(
    mine,
    { ...EVERYTHING, ...part },
    async (job) => {
      isHeld = true;
      return job().finally(() => {
        isHeld = false;
      });
    },
  );
  return awaited;
};
const extent = (part: Partial<Part>): Promise<Extent> =>
  createPurge(engine.store, engine.topology).extent(mine, { ...EVERYTHING, ...part });

const one = async (sql: string): Promise<number> =>
  (await engine.store.query<{ n: number }>(`SELECT toFloat64((SELECT ${sql})) AS n`))[0]?.n ?? Number.NaN;
const hits = (where: string) => one(`count() FROM hits WHERE ${where}`);
const views = (where: string) => one(`sum(views) FROM sums WHERE dimension = 0 AND ${where}`);

/** Every text of every table in which a page could stand. */
const mentions = (page: string): Promise<number> =>
  one(`(SELECT count() FROM hits WHERE ${ofMine} AND position(concat(page, '|', title, '|', entry_page, '|', prev_page), '${page}') > 0)
    + (SELECT count() FROM logs WHERE ${ofMine} AND page = '${page}')
    + (SELECT count() FROM sums WHERE ${ofMine} AND value = '${page}')`);

it('tells what would go, and takes nothing', async () => {
  expect(await extent({})).toEqual({ hits: 9, logs: 3, days: 3 });
  expect(await extent({ from: '2026-03-02' })).toEqual({ hits: 6, logs: 2, days: 2 });
  expect(await extent({ page: '/secret', to: '2026-03-02' })).toMatchObject({ logs: 2, days: 2 });
  expect(await hits(ofMine)).toBe(9);
});

it.each<[part: Partial<Part>, left: readonly string[]]>([
  [{ from: '2026-03-02', to: '2026-03-02' }, ['2026-03-01', '2026-03-03']],
  [{ to: '2026-03-02' }, ['2026-03-03']],
  [{ from: '2026-03-02' }, ['2026-03-01']],
  [{}, []],
])('takes the days of %j, with all that was counted on them', async (part, left) => {
  await purge(part);
  for (const day of DAYS) {
    expect(await hits(`${ofMine} AND day = '${day}'`)).toBe(left.includes(day) ? 3 : 0);
    expect(await views(`${ofMine} AND day = '${day}'`)).toBe(left.includes(day) ? 3 : 0);
  }
  expect(await one(`count() FROM logs WHERE ${ofMine}`)).toBe(left.length);
});

it('forgets a page, while its visits stay counted', async () => {
  expect(await mentions('/secret')).toBeGreaterThan(0);
  await purge({ page: '/secret' });
  expect(await mentions('/secret')).toBe(0);
  expect(await views(ofMine)).toBe(9);
  expect(await one(`sum(views) FROM hits WHERE ${ofMine}`)).toBe(9);
  expect(await hits(`${ofMine} AND page = '/' AND title = 'Title of /'`)).toBe(6);
});

it('forgets a page of some days only', async () => {
  await purge({ page: '/secret', from: '2026-03-02', to: '2026-03-02' });
  expect(await hits(`${ofMine} AND page = '/secret'`)).toBe(2);
});

it('leaves other sites alone, and takes no pattern', async () => {
  await purge({ page: '%' });
  await purge({ page: "' OR '' = '" });
  expect(await hits(`${ofMine} AND page = '/secret'`)).toBe(3);
  await purge({});
  expect(await hits(`site = '${other.id}'`)).toBe(9);
  expect(await views(`site = '${other.id}'`)).toBe(9);
});

it('takes single hits out of the numbers of each of two sites whose visits have the same numbers', async () => {
  const said = [{ dimension: 'event:page', value: '/secret' }];
  for (const site of [mine, other]) {
    await createPurge(engine.store, engine.topology).purge(site, { ...EVERYTHING, said }, atOnce);
    expect(await views(`site = '${site.id}'`)).toBe(6);
  }
});

it.each<Partial<Part>>([
  { to: '2026-03-02' },
  { said: [{ dimension: 'event:hostname', value: '' }], to: '2026-03-02' },
])('nobody who signs in or changes a site waits for it: %j', async (part) => {
  const pools = await poolsOf(part);
  expect(pools.length).toBeGreaterThan(0);
  expect(new Set(pools)).toEqual(new Set(['upkeep']));
});

it('storing does not wait until all is deleted', async () => {
  expect(await awaitedWhileHeld({ said: [{ dimension: 'event:page', value: '/secret' }] })).toEqual([]);
  expect(await hits(`${ofMine} AND page = '/secret'`)).toBe(0);
});
