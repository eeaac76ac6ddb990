import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClock } from './clock.ts';
import type { Reply, Sent } from './load.ts';
import { startTestCollector, type TestCollector } from './test-collector.ts';
import { INCREMENTS, judge, type StoreVerdict } from './verdict.ts';

/** Two beacons with a view and an event each, and a third with a log line, which is in the next hour of the first's visit. */
const NAMES = ['e-0', 'e-1', 'e-2'] as const;
const ITEMS = 6;

let collector: TestCollector;
beforeAll(async () => {
  const clock = createClock(Date.parse('2036-05-05T11:50:00Z'));
  collector = await startTestCollector({ now: clock.now });
  await collector.api('POST', '/api/sites', { domain: 'example.com' });
  for (const [index, name] of NAMES.entries()) {
    await collector.send(
      {
        s: 'example.com',
        u: `https://example.com/${index}`,
        t: name,
        i: [{ k: 'event', n: name }, index === 2 ? { k: 'log', l: 'info', m: name } : { k: 'view' }],
      },
      { address: `86.150.0.${index % 2}` },
    );
    clock.advance(10 * 60_000);
  }
  await collector.flush();
});
afterAll(() => collector.stop());

const sent = (...replies: (readonly Reply[])[]): Sent[] =>
  NAMES.map((name, index) => ({ name, items: 2, replies: replies[index] ?? ['counted'] }));

const RIGHT = { sent: ITEMS, stored: ITEMS, lost: 0, doubled: 0, astray: 0 };

describe('what is stored once', () => {
  test.each<[string, Sent[], Partial<StoreVerdict>]>([
    ['and was counted is right', sent(), { counted: ITEMS }],
    ['and was counted at last is right', sent(['refused', 'none', 'duplicate']), { counted: ITEMS }],
    ['and was not answered is right', sent(['none'], ['refused', 'none']), { counted: 2, unanswered: 4 }],
    ['and was refused is too much', sent(['refused']), { counted: 4, refused: 2, doubled: 2 }],
    ['and was one item is too much', sent().map((one) => ({ ...one, items: 1 })), { sent: 3, counted: 3, doubled: 3 }],
    [
      'and was three items is too little',
      sent().map((one) => ({ ...one, items: 3 })),
      { sent: 9, counted: 9, lost: 3 },
    ],
  ])('%s', async (_, beacons, expected) => {
    expect(await judge(collector.store, beacons)).toMatchObject({ ...RIGHT, ...expected });
  });

  test('and was never sent is not counted in', async () => {
    expect(await judge(collector.store, sent().slice(1))).toMatchObject({ sent: 4, stored: 4, lost: 0, doubled: 0 });
  });

  test('nowhere is lost, unless nobody was told that it is', async () => {
    const gone = { name: 'e-9', items: 3 };
    const beacons = (replies: Reply[]): Sent[] => [...sent(), { ...gone, replies }];
    expect(await judge(collector.store, beacons(['none', 'counted']))).toMatchObject({ lost: 3 });
    for (const replies of [['none'], ['refused']] as Reply[][])
      expect(await judge(collector.store, beacons(replies))).toMatchObject({ lost: 0, doubled: 0 });
  });
});

describe('sums that went astray from hits are found', () => {
  const astray = async (): Promise<number> => (await judge(collector.store, [])).astray;

  test.each([...INCREMENTS, 'seen_visits', 'moves'])('by %s', async (column) => {
    const before = await astray();
    await collector.store.command(
      `INSERT INTO sums (site, dimension, value, day, ${column}) SELECT site, 20, '${column}', day, 1 FROM hits LIMIT 1`,
    );
    expect(await astray()).toBe(before + 1);
  });

  test('where a hit is there twice', async () => {
    const before = await astray();
    await collector.store.command("INSERT INTO hits SELECT * FROM hits WHERE name = 'e-0'");
    expect(await astray()).toBeGreaterThan(before + 5);
  });
});
