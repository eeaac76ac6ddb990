import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { Dice } from '../../../../../test/counting/dice.ts';
import { createRandom } from '../../../../../test/support/clock.ts';
import { temporaryFolder } from '../../../../../test/support/temporary-folder.ts';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { encodeSegment, segmentFile } from '../../ingest/spool/segment.ts';
import { FIRST, row, SITE, visit } from '../../query/testing.ts';
import { createPurge } from '../../sites/purge/purge.ts';
import { partOf, rowsOfPeople } from '../../sites/purge/testing.ts';
import { batchOf, COLUMNS, lineOf } from '../../store/lines.ts';
import type { Row } from '../../store/row.ts';
import type { Patient } from '../patient.ts';
import { inShort, patientOf } from '../testing.ts';
import { checkSums } from './check-sums.ts';

let engine: TestEngine;
const folder = temporaryFolder();
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(async () => {
  await engine?.stop();
  folder.remove();
});

const TODAY = Date.parse('2090-06-20T12:00:00Z');
const found = async (own: Partial<Patient> = {}): Promise<string[]> => {
  const { store, topology } = engine;
  const patient = patientOf({ store, topology, dataDir: folder.path, now: () => TODAY, ...own });
  return (await checkSums(patient, () => {})).map(inShort);
};
const command = (sql: string): Promise<void> => engine.store.command(sql);
const empty = async (): Promise<void> => {
  for (const table of ['hits', 'logs', 'sums']) await command(`TRUNCATE TABLE ${table}`);
  await command("ALTER TABLE config DELETE WHERE kind = 'site' SETTINGS mutations_sync = 1");
};
let batches = 0;
const store = (...rows: readonly Row[]): Promise<void> => engine.store.insert(batchOf(rows, `batch ${batches++}`));

/** A visit of two views and an event, by a browser of its own, at ten of a day. */
const visitOn = (day: string, number: string, page = '/a', until = '2099-12-31'): Row[] =>
  visit(number, `${day}T10:00:00+00:00`, { visitor: number, source: 'Google', entry_page: page, hit_until: until }, [
    { page, ...FIRST },
    { page: '/b', prev_page: page, seconds: 60, bounces: -1, page_visits: 1, page_visitors: 1 },
    { page: '/b', name: 'Sale', seconds: 5, event_visits: 1, event_visitors: 1, revenue: 500, currency: 'EUR' },
  ]);
const siteWith = (days: { hitsDays?: number; sumsDays?: number }): Promise<void> =>
  engine.store.command('INSERT INTO config SELECT {k:String}, {i:String}, 1, {b:String}, 0', {
    k: 'site',
    i: SITE.id,
    b: JSON.stringify({ ...SITE, ...days }),
  });

describe('nothing is wrong with', () => {
  it('a store without hits', async () => {
    await empty();
    expect(await found()).toEqual(['ok There is no day of which all hits are kept.']);
  });

  it('what browsers do on a day, before and after purges of all kinds', async () => {
    await empty();
    const purge = createPurge(engine.store, engine.topology);
    for (let round = 0; round < 2; round++) {
      const dice = new Dice(createRandom(round + 1));
      const site = `people${round}`;
      const rows = rowsOfPeople(dice, site);
      await store(...rows);
      expect(await found()).toEqual([expect.stringMatching(/^ok [\d,]+ hits of \d sites? give what sums says/)]);
      const part = partOf(dice, rows);
      await purge.purge({ ...SITE, id: site }, part, (job) => job());
      expect(await found(), JSON.stringify(part)).toEqual([expect.stringMatching(/^ok /)]);
    }
    await purge.purge({ ...SITE, id: 'people0' }, { page: '/a', from: null, to: null }, (job) => job());
    expect(await found()).toEqual([expect.stringMatching(/^ok /)]);
  });

  it.each<[string, () => Promise<void>]>([
    [
      'days of which hits are deleted, as they are older than they are kept',
      async () => {
        await siteWith({ hitsDays: 5 });
        for (const day of ['01', '10', '14', '15'])
          await store(...visitOn(`2090-06-${day}`, day, '/a', `2090-06-${Number(day) + 5}`));
        await store(...visitOn('2090-06-19', '19'));
        await command("ALTER TABLE hits DELETE WHERE day <= '2090-06-14' SETTINGS mutations_sync = 1");
      },
    ],
    [
      'the first day that has hits, of which a part is deleted',
      async () => {
        await store(
          ...visitOn('2090-06-01', '1'),
          ...visitOn('2090-06-02', '2'),
          ...visitOn('2090-06-02', '3'),
          ...visitOn('2090-06-03', '4'),
        );
        await command('ALTER TABLE hits DELETE WHERE visit IN (1, 2) SETTINGS mutations_sync = 1');
      },
    ],
    [
      'hits that were kept for fewer days, and go one after the other',
      async () => {
        await store(
          ...visitOn('2090-06-08', '8', '/a', '2090-06-18'),
          ...visitOn('2090-06-09', '9', '/a', '2090-06-19'),
          ...visitOn('2090-06-10', '10', '/a', '2090-06-20'),
          ...visitOn('2090-06-19', '19'),
        );
        await command('ALTER TABLE hits DELETE WHERE visit = 9 SETTINGS mutations_sync = 1');
      },
    ],
    [
      'sums that are kept for fewer days than hits',
      async () => {
        await siteWith({ sumsDays: 5 });
        await store(...visitOn('2090-06-01', '1'), ...visitOn('2090-06-19', '2'));
        await command("ALTER TABLE sums DELETE WHERE day < '2090-06-15' SETTINGS mutations_sync = 1");
      },
    ],
    [
      'a site that keeps no hits any more',
      async () => {
        await store(...visitOn('2090-06-01', '1'));
        await siteWith({ hitsDays: 0 });
        await store(...visitOn('2090-06-19', '2', '/a', '2090-06-19'));
      },
    ],
    [
      'what was left out, opened e-mails, errors and log lines',
      async () => {
        await store(
          ...visitOn('2090-06-19', '1'),
          row('2090-06-19T10:00:00+00:00', { kind: 'drop', name: 'bot', events: 3 }),
          row('2090-06-19T10:00:00+00:00', { kind: 'open', name: 'May', events: 2 }),
          row('2090-06-19T10:00:00+00:00', { kind: 'error', message: 'no', page: '/a', visit: '1', visitor: '1' }),
          row('2090-06-19T10:00:00+00:00', { kind: 'log', severity: 'info', message: 'long ago' }),
        );
      },
    ],
  ])('%s', async (_what, make) => {
    await empty();
    await make();
    expect(await found()).toEqual([expect.stringMatching(/^ok /)]);
  });
});

const SUMS = `INSERT INTO sums (site, dimension, value, day, `;

describe('it is told that', () => {
  const CASES: readonly [string, string, RegExp][] = [
    [
      'a number is too large',
      `${SUMS}views) SELECT 'SITE', 0, '*', '2090-06-18', 3`,
      /sums in all has \+3 views in 1 value\.$/,
    ],
    [
      'a number is too small',
      `${SUMS}bounces) SELECT 'SITE', 20, 'Google', '2090-06-18', -1`,
      /by source has −1 bounces in 1 value/,
    ],
    [
      'a value is another one',
      `${SUMS}views) SELECT 'SITE', 10, arrayJoin(['/a', '/bogus']) AS v, '2090-06-18', if(v = '/a', -1, 1)::UInt64`,
      /by page has as much too little as too much in 2 values/,
    ],
    [
      'a value was never met',
      `${SUMS}visits) SELECT 'SITE', 40, 'XX', '2090-06-18', 1`,
      /by country has \+1 visits in 1 value/,
    ],
    [
      'revenue is not what was earned',
      `${SUMS}revenue) SELECT 'SITE', 13, 'EUR', '2090-06-18', 7`,
      /by currency has \+7 revenue/,
    ],
    ['a move is missing', `${SUMS}moves) SELECT 'SITE', 10, '/a', '2090-06-18', toUInt64(-1)`, /by page has −1 moves/],
    [
      'an hour has too much',
      `${SUMS}views) SELECT 'SITE', 1, '1', '2090-06-18', 1`,
      /by hour has \+1 views in 1 value/,
    ],
    [
      'a visitor of all is too much',
      `${SUMS}visitors) SELECT 'SITE', 0, '*', '2090-06-18', 1`,
      /in all has \+1 visitors/,
    ],
    [
      'a page was seen by too many',
      `${SUMS}seen_visitors) SELECT 'SITE', 10, '/b', '2090-06-18', 1`,
      /by page has \+1 visitors by value in 1 value/,
    ],
    [
      'an event is in too many visits',
      `${SUMS}seen_visits) SELECT 'SITE', 11, 'Sale', '2090-06-18', 1`,
      /by name has \+1 visits by value in 1 value/,
    ],
    [
      'a source has a later visitor',
      `${SUMS}later_visitors) SELECT 'SITE', 20, 'Google', '2090-06-18', 1`,
      /by source has \+1 visitors by value/,
    ],
    [
      'an hour has a later visitor',
      `${SUMS}seen_visitors) SELECT 'SITE', 1, '1', '2090-06-18', 1`,
      /by hour has \+1 visitors by value/,
    ],
    [
      'a dimension of a day is gone',
      "ALTER TABLE sums DELETE WHERE site = 'SITE' AND day = '2090-06-18' AND dimension = 20 SETTINGS mutations_sync = 1",
      /by source has −2 views, −1 events, −1 visits/,
    ],
    [
      'a day of sums is gone',
      "ALTER TABLE sums DELETE WHERE site = 'SITE' AND day = '2090-06-18' SETTINGS mutations_sync = 1",
      /hits has it, and sums has nothing of it\.$/,
    ],
    [
      'a day of hits is gone',
      "ALTER TABLE hits DELETE WHERE site = 'SITE' AND day = '2090-06-18' SETTINGS mutations_sync = 1",
      /sums has it, and hits has nothing of it\.$/,
    ],
    [
      'the last day of hits is gone',
      "ALTER TABLE hits DELETE WHERE site = 'SITE' AND day = '2090-06-19' SETTINGS mutations_sync = 1",
      /sums has it/,
    ],
    [
      'a single hit is gone',
      "ALTER TABLE hits DELETE WHERE site = 'SITE' AND day = '2090-06-18' AND step = 2 SETTINGS mutations_sync = 1",
      /in all has \+1 views, −1 bounces, \+60 seconds in 1 value; differs by hour/,
    ],
    [
      'a hit is there twice',
      "INSERT INTO hits SELECT * FROM hits WHERE site = 'SITE' AND day = '2090-06-18' AND step = 1",
      /in all has −1 views, −1 visits, −1 bounces in 1 value/,
    ],
  ];

  const told = new Map<string, string>();
  beforeAll(async () => {
    // As many sites as are told at a time, each with a change of its own.
    for (const half of [CASES.slice(0, CASES.length >> 1), CASES.slice(CASES.length >> 1)]) {
      await empty();
      const sites = half.map((_, at) => `site${at}`);
      const rows = sites.flatMap((site) =>
        ['17', '18', '19'].flatMap((day) => visitOn(`2090-06-${day}`, day).map((hit) => ({ ...hit, site }))),
      );
      await store(...rows);
      expect(await found()).toEqual([expect.stringMatching(/^ok \d+ hits/)]);
      for (const [at, [, change]] of half.entries()) await command(change.replaceAll('SITE', `site${at}`));
      const lines = await found();
      expect(lines).toHaveLength(half.length);
      for (const [at, [what]] of half.entries())
        told.set(what, lines.filter((line) => line.includes(` site${at} `)).join());
    }
  });
  test.each(CASES)('%s', (what, _change, expected) => {
    expect(told.get(what)).toMatch(/^wrong site\d on 2090-06-1\d: /);
    expect(told.get(what)).toMatch(expected);
    expect(told.get(what)).not.toMatch(/Google|Sale|bogus|EUR/);
  });
});

describe('a difference', () => {
  const lose = async (): Promise<void> => {
    await empty();
    for (const day of ['17', '18', '19']) await store(...visitOn(`2090-06-${day}`, day));
    await command("ALTER TABLE sums DELETE WHERE day = '2090-06-18' SETTINGS mutations_sync = 1");
  };

  it('that is gone when nothing is being stored is none', async () => {
    await lose();
    const held: Patient['held'] = async (job) => {
      await command("ALTER TABLE hits DELETE WHERE day = '2090-06-18' SETTINGS mutations_sync = 1");
      return job();
    };
    expect(await found({ held })).toEqual([expect.stringMatching(/^ok /)]);
  });

  it('of a batch that waits and may be half stored is no more than a warning', async () => {
    await lose();
    const spool = join(folder.path, 'spool');
    mkdirSync(spool, { recursive: true });
    const segment = (day: string): Buffer =>
      encodeSegment({ columns: COLUMNS, begun: TODAY }, visitOn(day, '1').map(lineOf), []);
    const file = join(spool, segmentFile({ number: 1, token: 'a-token' }));
    writeFileSync(file, segment('2090-06-18'));
    expect(await found()).toEqual([expect.stringMatching(/^warn .* may be stored in part: hits has it/)]);
    writeFileSync(file, segment('2090-06-17'));
    expect(await found()).toEqual([expect.stringMatching(/^wrong /)]);
  });

  it('that cannot be looked at again is told as such', async () => {
    await lose();
    const held = (): Promise<never> => Promise.reject(new Error('busy'));
    expect(await found({ held })).toEqual([expect.stringMatching(/^skipped site on 2090-06-18 differed once/)]);
  });

  it('of many days is told of the first, and the others are counted', async () => {
    await empty();
    await siteWith({});
    const days = Array.from({ length: 12 }, (_, day) => `2090-05-${String(day + 1).padStart(2, '0')}`);
    await store(...days.flatMap((day, at) => visitOn(day, `${at + 1}`)));
    await command(`${SUMS}views) SELECT 'site', 0, '*', toDate('2090-05-01') + number, 1 FROM numbers(12)`);
    const told = await found();
    expect(told).toHaveLength(11);
    expect(told[0]).toMatch(/^wrong example\.com on 2090-05-01: /);
    expect(told.at(-1)).toBe('wrong 2 more days of sites differ.');
  });

  it('on the days under way says nothing where others store too', async () => {
    await lose();
    expect(await found({ engine: 'server', now: () => Date.parse('2090-06-19T12:00:00Z') })).toEqual([
      expect.stringMatching(/^ok /),
    ]);
    expect(await found({ engine: 'server' })).toEqual([expect.stringMatching(/^wrong /)]);
  });
});
