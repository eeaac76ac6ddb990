import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { createPurge, EVERYTHING, type Part } from '../../sites/purge/purge.ts';
import type { Site } from '../../sites/site.ts';
import { batchOf } from '../../store/lines.ts';
import { spelling } from '../../store/migrations/0004-spelling.ts';
import type { Row } from '../../store/row.ts';
import { createLiveQuestion } from '../live/run.ts';
import { parseLogsQuestion } from '../logs/parse.ts';
import { createLogs } from '../logs/run.ts';
import { FIRST, row, SITE, visit } from '../testing.ts';
import { parseQuestion } from './parse.ts';
import type { Answer, Question } from './query.ts';
import { createQuery } from './run.ts';

const NOW = '2026-06-10T15:30:00+02:00';

/** A path as it is kept today, and how older rows have it. */
const PAGES: readonly [today: string, ...before: string[]][] = [
  ['/über-uns/größe', '/%C3%BCber-uns/gr%C3%B6%C3%9Fe', '/%c3%bcber-uns/gr%c3%b6%c3%9fe'],
  ['/café', '/caf%C3%A9', '/cafe%CC%81'],
  ['/سلام-دنیا', '/%D8%B3%D9%84%D8%A7%D9%85-%D8%AF%D9%86%DB%8C%D8%A7'],
  ['/日本語/製品', '/%E6%97%A5%E6%9C%AC%E8%AA%9E/%E8%A3%BD%E5%93%81'],
  ['/о-нас', '/%D0%BE-%D0%BD%D0%B0%D1%81'],
  ['/เกี่ยวกับ', '/%E0%B9%80%E0%B8%81%E0%B8%B5%E0%B9%88%E0%B8%A2%E0%B8%A7%E0%B8%81%E0%B8%B1%E0%B8%9A'],
  ['/🎉-2', '/%F0%9F%8E%89-2'],
  ['/שלום/abc', '/%D7%A9%D7%9C%D7%95%D7%9D/abc'],
  ['/می\u200cروم', '/%D9%85%DB%8C%E2%80%8C%D8%B1%D9%88%D9%85'],
  ['/a b/~jane', '/a%20b/~jane', '/a%20b/%7Ejane'],
  ['/wiki/AT&T_(x)', '/wiki/AT%26T_(x)', '/wiki/AT%26T_%28x%29'],
  ['/a%2Fb', '/a%2Fb'],
  ['/a%E2%80%8Bb', '/a%E2%80%8Bb'],
  ['/%E9t%E9', '/%E9t%E9'],
  ['/100%', '/100%'],
  ['/suche?q=größe+x%26y', '/suche?q=gr%C3%B6%C3%9Fe+x%26y'],
  ['/app#/größe', '/app#/gr%C3%B6%C3%9Fe'],
  ['/back/slash', '/back/slash'],
  ['/plain', '/plain'],
];

/** A host as it is shown, and as it lies in the store. */
const HOST = ['bücher.example', 'xn--bcher-kva.example'] as const;
const LOOKALIKE = 'xn--80ak6aa92e.com';
const LINK = ['https://bücher.example/größe', 'https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe'] as const;

const at = (page: number, spelling: number, more = {}): Row[] =>
  visit(
    String(1000 + page * 10 + spelling),
    '2026-06-10T15:27:00+02:00',
    { entry_page: PAGES[page]?.[spelling] ?? '', ...more },
    [{ page: PAGES[page]?.[spelling] ?? '', ...FIRST }],
  );

const ROWS: readonly Row[] = [
  ...PAGES.flatMap((spellings, page) => spellings.flatMap((_, spelling) => at(page, spelling))),
  ...visit('1', '2026-06-09T12:00:00+02:00', { source: HOST[1], referrer: `${HOST[1]}/gr%C3%B6%C3%9Fe` }, [
    { hostname: HOST[1], page: '/x', ...FIRST },
    { hostname: HOST[1], page: '/x', name: 'Outbound link', props: { url: LINK[1], plan: 'a%20b' } },
  ]),
  ...visit('2', '2026-06-09T12:00:00+02:00', { source: LOOKALIKE, referrer: `${HOST[1]}/größe` }, [
    { hostname: LOOKALIKE, page: '/x', ...FIRST },
    { hostname: LOOKALIKE, page: '/x', name: 'Outbound link', props: { url: 'https://xn--bcher-kva.example/größe' } },
  ]),
  ...['Caf\u00e9', 'Cafe\u0301'].flatMap((text, index) =>
    visit(String(3 + index), '2026-05-20T12:00:00+02:00', {}, [
      { name: text, title: text, props: { said: text }, ...FIRST },
    ]),
  ),
  row('2026-06-10T15:28:00+02:00', { kind: 'log', severity: 'info', message: 'old', page: '/caf%C3%A9' }),
  row('2026-06-10T15:29:00+02:00', { kind: 'log', severity: 'info', message: 'new', page: '/café' }),
  row('2026-06-10T15:29:00+02:00', {
    kind: 'error',
    fingerprint: '00000000000000aa',
    message: 'e',
    page: '/caf%C3%A9',
  }),
];

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  await engine.store.insert(batchOf(ROWS, 'rows'));
  await respell();
});
afterAll(() => engine.stop());

/** Rows of before are brought up to date. */
const respell = async (): Promise<void> => {
  for (const step of spelling(engine.topology)) if (typeof step !== 'string') await step(engine.store, () => {});
};

const now = (): number => Date.parse(NOW);

const ask = (given: Partial<Question>, only?: { source: 'hits' }): Promise<Answer> =>
  createQuery({ store: engine.store, now }).ask(
    parseQuestion({ site_id: 'example.com', metrics: ['visits'], date_range: '7d', ...given }),
    SITE,
    '2026-06-09',
    only,
  );
const rowsOf = async (given: Partial<Question>, only?: { source: 'hits' }) =>
  Object.fromEntries((await ask(given, only)).results.map(({ dimensions, metrics }) => [dimensions[0], metrics[0]]));
const total = async (given: Partial<Question>, only?: { source: 'hits' }) =>
  (await ask(given, only)).results[0]?.metrics[0];

const HITS = { source: 'hits' } as const;
const SOURCES = [undefined, HITS];

describe.each(SOURCES)('from %j', (only) => {
  it('a page has one name and one row, whatever its older rows say', async () => {
    for (const dimension of ['event:page', 'visit:entry_page'] as const) {
      const found = await rowsOf({ dimensions: [dimension], date_range: 'day' }, only);
      expect(found).toEqual(Object.fromEntries(PAGES.map((spellings) => [spellings[0], spellings.length])));
    }
    const exits = await rowsOf({ dimensions: ['visit:exit_page'], date_range: 'day' }, only);
    expect(exits).toEqual(Object.fromEntries(PAGES.map((spellings) => [spellings[0], spellings.length])));
  });

  it('so has a page of a day', async () => {
    for (const dimension of ['event:page', 'visit:entry_page', 'visit:exit_page'] as const) {
      const asked = { dimensions: ['time:day', dimension], include: { total_rows: true }, date_range: 'day' } as const;
      const { results, meta } = await ask(asked, only);
      const found = results.map(({ dimensions: [day, page], metrics }) => [day, page, ...metrics]);
      const expected = PAGES.map(([page, ...before]) => ['2026-06-10', page, before.length + 1]);
      expect(found.toSorted()).toEqual(expected.toSorted());
      expect(meta).toMatchObject({ source: only?.source ?? 'sums', total_rows: PAGES.length });
    }
  });

  it.each(PAGES)('%s is found in each spelling', async (...spellings) => {
    for (const asked of spellings)
      for (const dimension of ['event:page', 'visit:entry_page', 'visit:exit_page'] as const) {
        expect(await total({ filters: [['is', dimension, [asked]]] }, only)).toBe(spellings.length);
        const others = await total({ filters: [['is_not', dimension, [asked]]], date_range: 'day' }, only);
        expect(others).toBe(PAGES.flat().length - spellings.length);
      }
  });
});

it('counts all groups, and pages through them, as they are shown', async () => {
  const { results, meta } = await ask({
    dimensions: ['event:page'],
    date_range: 'day',
    include: { total_rows: true },
    pagination: { limit: 1, offset: 1 },
  });
  expect(meta.total_rows).toBe(PAGES.length);
  expect(results).toEqual([{ dimensions: ['/café'], metrics: [3] }]);
});

it.each([
  ['größe', 7],
  ['GRÖSSE', 0],
  ['GRÖẞE', 7],
  ['gr%C3%B6%C3%9Fe', 7],
  ['gr%c3%b6', 7],
  ['f\u00e9', 3],
  ['fe\u0301', 3],
  ['FÉ', 3],
  ['سلام', 2],
  ['本語/製', 2],
  ['-нАс', 2],
  ['ที่', 0],
  ['กี่', 2],
  ['🎉', 2],
  ['a b', 3],
  ['a%20b', 3],
  [' ', 3],
  ['AT&T', 3],
  ['AT%26T', 3],
  ['%2f', 2],
  ['100%', 2],
  ['Über', 3],
])('a part, %s, is found in %i visits', async (part, visits) => {
  const filter = (operator: 'contains' | 'contains_not') => [[operator, 'event:page', [part]]] as const;
  const all = PAGES.flat().length;
  expect(await total({ filters: filter('contains'), date_range: 'day' })).toBe(visits);
  expect(await total({ filters: filter('contains_not'), date_range: 'day' })).toBe(all - visits);
});

it.each(['/back\\slash', '/back/slash'])('the page %s is asked for as browsers take it', async (page) => {
  for (const dimension of ['event:page', 'visit:entry_page', 'visit:exit_page'] as const)
    expect(await total({ filters: [['is', dimension, [page]]] })).toBe(2);
});

it.each(['caf\u00e9', 'cafe\u0301', 'CAF\u00c9'])(
  'a part of a title or property, %s, is found with its marks composed or not',
  async (part) => {
    for (const dimension of ['event:title', 'event:props:said', 'event:name'] as const) {
      const filters = (operator: 'contains' | 'contains_not') => [[operator, dimension, [part]]] as const;
      expect(
        await total({ metrics: ['events'], date_range: ['2026-05-20', '2026-05-20'], filters: filters('contains') }),
      ).toBe(2);
      expect(
        await total({
          metrics: ['events'],
          date_range: ['2026-05-20', '2026-05-20'],
          filters: filters('contains_not'),
        }),
      ).toBe(0);
    }
  },
);

/** One in each of two visits, which say it all. */
const EVENTS = { metrics: ['events'] } as const;

describe('a host in its own letters', () => {
  it.each([
    ['event:hostname', HOST[0], 1],
    ['event:hostname', HOST[1], 1],
    ['event:hostname', 'BÜCHER.example', 1],
    ['event:hostname', 'XN--BCHER-kva.Example', 1],
    ['visit:referrer', `XN--bcher-kva.EXAMPLE/größe`, 2],
    ['visit:referrer', `BÜCHER.example/gr%C3%B6%C3%9Fe`, 2],
    ['visit:referrer', `${HOST[0]}/GRÖẞE`, 0],
    ['event:props:url', 'https://Bücher.Example/größe', 2],
    ['event:props:plan', 'A%20b', 0],
    ['visit:source', 'Bücher.example', 1],
    ['event:hostname', LOOKALIKE, 1],
    ['visit:source', HOST[0], 1],
    ['visit:source', HOST[1], 1],
    ['visit:referrer', `${HOST[0]}/größe`, 2],
    ['visit:referrer', `${HOST[1]}/größe`, 2],
    ['visit:referrer', `${HOST[1]}/gr%C3%B6%C3%9Fe`, 2],
    ['event:props:url', LINK[0], 2],
    ['event:props:url', LINK[1], 2],
    ['event:props:plan', 'a b', 0],
    ['event:props:plan', 'a%20b', 1],
  ] as const)('%s: %s', async (dimension, value, visits) => {
    const asked = (operator: 'is' | 'is_not') => ({ ...EVENTS, filters: [[operator, dimension, [value]] as const] });
    expect(await total(asked('is'))).toBe(visits);
    expect(await total(asked('is'), HITS)).toBe(visits);
    expect(await total(asked('is_not'))).toBe(2 - visits);
  });

  it.each([
    ['event:hostname', 'büch', 1],
    ['event:hostname', 'CHER.EX', 1],
    ['event:hostname', 'bcher-kva', 1],
    ['visit:source', 'ÜCHER', 1],
    ['visit:referrer', 'bücher.example/gr', 2],
    ['visit:referrer', 'größe', 2],
    ['event:props:url', '//bücher', 2],
    ['event:props:url', 'größe', 2],
    ['visit:source', 'apple', 0],
  ] as const)('%s: a part, %s', async (dimension, part, visits) => {
    const asked = (operator: 'contains' | 'contains_not') => [operator, dimension, [part]] as const;
    expect(await total({ ...EVENTS, filters: [asked('contains')] })).toBe(visits);
    expect(await total({ ...EVENTS, filters: [asked('contains_not')] })).toBe(2 - visits);
    expect(await total({ ...EVENTS, filters: [['not', ['and', [asked('contains')]]]] })).toBe(2 - visits);
  });

  it.each([
    ['event:hostname', { [HOST[0]]: 1, [LOOKALIKE]: 1 }],
    ['visit:source', { [HOST[0]]: 1, [LOOKALIKE]: 1 }],
    ['visit:referrer', { [`${HOST[0]}/größe`]: 2 }],
    ['event:props:url', { [LINK[0]]: 2 }],
    ['event:props:plan', { 'a%20b': 1 }],
  ] as const)('%s has it in its rows', async (dimension, rows) => {
    expect(await rowsOf({ dimensions: [dimension] })).toEqual(rows);
    expect(await rowsOf({ dimensions: [dimension] }, HITS)).toEqual(rows);
  });
});

it('two dimensions and time are put together, too', async () => {
  const { results } = await ask({
    metrics: ['visits', 'pageviews', 'bounce_rate'],
    dimensions: ['time:day', 'event:page', 'visit:entry_page'],
    filters: [['is', 'event:page', ['/caf%C3%A9']]],
  });
  expect(results).toEqual([{ dimensions: ['2026-06-10', '/café', '/café'], metrics: [3, 3, 100] }]);
});

it('very long filters are still asked, and find what they say', async () => {
  const many = Array.from({ length: 99 }, (_, index) => `/${'ü'.repeat(480)}${index}`);
  expect(await total({ filters: [['is', 'event:page', [...many, '/caf%C3%A9']]], metrics: ['pageviews'] })).toBe(3);
});

it('logs and who is there have pages as they are shown', async () => {
  const logs = (params: Record<string, string>) =>
    createLogs({ store: engine.store, now }).ask(parseLogsQuestion({ site_id: 'example.com', ...params }), SITE);
  for (const page of ['/café', '/caf%C3%A9', '/cafe\u0301'])
    expect(await logs({ view: 'records', page })).toMatchObject({
      total: 3,
      records: [{ page: '/café' }, { page: '/café' }, { page: '/café' }],
    });
  expect(await logs({ view: 'problems' })).toMatchObject({ problems: [{ page: '/café' }] });
  const { pages } = await createLiveQuestion({ store: engine.store, now })(SITE);
  for (const { value, visitors } of pages) expect(PAGES.find(([today]) => today === value)).toHaveLength(visitors);
});

describe('a purge', () => {
  let sites = 0;
  const purged = async (part: Partial<Part>): Promise<Record<string, unknown>> => {
    sites += 1;
    const mine: Site = { ...SITE, id: `purge${sites}` };
    // By the numbers of its visits is told whether a purge was done before.
    const ofMine = (one: Row): Row => ({ ...one, site: mine.id, visit: String(Number(one.visit) + sites * 10_000) });
    await engine.store.insert(batchOf(ROWS.map(ofMine), mine.id));
    await respell();
    await createPurge(engine.store, engine.topology).purge(mine, { ...EVERYTHING, ...part }, (job) => job());
    const { results } = await createQuery({ store: engine.store, now }).ask(
      parseQuestion({ site_id: 'x', metrics: ['pageviews', 'events'], date_range: 'all', dimensions: ['event:page'] }),
      mine,
      '2026-06-09',
    );
    const texts = await engine.store.query<{ text: string }>(
      `SELECT DISTINCT text FROM (SELECT arrayJoin([toString(page), toString(entry_page), toString(prev_page)]) AS text FROM hits WHERE site = {site:String}
UNION ALL SELECT toString(page) FROM logs WHERE site = {site:String} UNION ALL SELECT value FROM sums WHERE site = {site:String} AND views + events > 0)`,
      { site: mine.id },
    );
    return {
      ...Object.fromEntries(results.map(({ dimensions, metrics }) => [dimensions[0], metrics])),
      texts: texts.map(({ text }) => text),
    };
  };

  it.each(['/café', '/caf%c3%a9', '/cafe\u0301'])('of the page %s takes all its spellings', async (page) => {
    const left = await purged({ page });
    expect(left).not.toHaveProperty('/café');
    expect(left).toHaveProperty('/plain', [2, 0]);
    expect(JSON.stringify(left.texts)).not.toMatch(/caf/);
  });

  it.each([
    ['event:page', '/caf%C3%A9'],
    ['visit:entry_page', '/café'],
  ])('of what says %s %s likewise', async (dimension, value) => {
    const left = await purged({ said: [{ dimension, value }] });
    expect(left).not.toHaveProperty('/café');
    expect(left).toHaveProperty('/plain', [2, 0]);
  });

  it.each([
    ['event:hostname', 'bücher.example', [1, 1]],
    ['visit:source', 'bücher.example', [1, 1]],
    ['visit:referrer', 'bücher.example/größe', []],
    ['event:props:url', 'https://bücher.example/größe', [2, 0]],
    ['event:props:plan', 'a b', [2, 2]],
  ])('of what says %s %s', async (dimension, value, left) => {
    const rows = await purged({ said: [{ dimension, value }] });
    expect(rows['/x'] ?? []).toEqual(left);
    expect(rows).toHaveProperty('/plain', [2, 0]);
  });
});
