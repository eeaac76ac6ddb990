import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import { StoreError } from '../../packages/collector/src/store/store-error.ts';
import type { Beacon } from '../../packages/sdk/src/wire.ts';
import { LARGEST, letters } from '../support/large.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { until } from '../support/until.ts';
import { random, SEED } from './undergo.ts';

const AT_ONCE = 50;
const PATIENCE_MS = 60_000;
/** A batch of more bytes than this does not pass while memory is said to be short. */
const ORDINARY = 32 * 1024;

let engine: TestEngine;
let collector: TestCollector;
let isShort = false;
let browsers = 0;

beforeAll(async () => {
  engine = await startTestEngine();
  const store = {
    ...engine.store,
    insert: async (batch: Parameters<typeof engine.store.insert>[0]) => {
      if (isShort && batch.lines.length > ORDINARY) throw new StoreError('memory', 'unknown', 241, '');
      await engine.store.insert(batch);
    },
  };
  collector = await startTestCollector({ engine: { ...engine, store } });
  await collector.api('POST', '/api/sites', { domain: 'example.com' });
});
afterAll(() => {
  isShort = false;
  return collector?.stop();
});

/** Sends it as another browser each time; resolves to how many items were counted. */
const send = async (beacon: Beacon): Promise<number> => {
  const address = `86.150.${(browsers >> 8) % 256}.${browsers++ % 256}`;
  const answer = await collector.send(beacon, { address });
  expect(answer.status, `seed ${SEED}`).toBeLessThan(504);
  if (answer.status >= 500)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.anything()]);
  return Number(/counted=(\d+)/.exec(answer.headers.get('passerby') ?? '')?.[1] ?? 0);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Items that are stored: an error has a row in both tables. */
const stored = async (): Promise<number> => {
  const [row] = await engine.store.query<{ items: number }>(
    'SELECT toUInt32((SELECT count() FROM hits) + (SELECT countIf(kind = 5) FROM logs)) AS items',
  );
  return row?.items ?? Number.NaN;
};

/** What is sent is stored, all of it and once, and nothing was set aside. */
const expectStored = async (sending: () => Promise<number>): Promise<void> => {
  const before = await stored();
  const counted = await sending();
  await collector.flush();
  expect((await stored()) - before, `seed ${SEED}`).toBe(counted);
  const { keeping } = (await (await collector.api('GET', '/api/status')).json()) as { keeping: unknown };
  expect(keeping).toMatchObject({ waiting: 0, rejected: 0, damaged: 0 });
};

const ordinary = (title: string): Beacon => ({
  s: 'example.com',
  u: 'https://example.com/',
  t: title,
  i: [{ k: 'view' }],
});

const isVisible = (title: string) => async (): Promise<boolean> => {
  const found = await engine.store.query('SELECT 1 AS found FROM hits WHERE title = {title:String}', { title });
  return found.length > 0;
};

describe('the largest beacons', { timeout: 120_000 }, () => {
  test('three of a hundred views with long properties, and a hit after them', async () => {
    await expectStored(async () => {
      const three = await Promise.all(
        Array.from({ length: 3 }, () =>
          send({
            s: 'example.com',
            u: 'https://example.com/',
            i: Array(100).fill({ k: 'view' }),
            p: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`k${i}`, `${letters(479, random)} `])),
          }),
        ),
      );
      const hit = await send(ordinary('after three'));
      await until('the hit is visible', PATIENCE_MS, isVisible('after three'));
      return sum(three) + hit;
    });
  });

  test.each(Object.entries(LARGEST))('of %s: a few at once', async (_kind, make) => {
    await expectStored(async () => sum(await Promise.all(Array.from({ length: 4 }, () => send(make(random))))));
  });

  test('of any kind, fifty at once from as many clients, and ordinary hits between them', async () => {
    const kinds = Object.values(LARGEST);
    await expectStored(async () => {
      const beacons = Array.from({ length: AT_ONCE }, () => kinds[Math.floor(random() * kinds.length)]?.(random));
      const hits = Array.from({ length: AT_ONCE }, (_, i) => ordinary(`between ${i}`));
      const all = beacons.flatMap((beacon, i) => [beacon ?? ordinary('none'), hits[i] ?? ordinary('none')]);
      return sum(await Promise.all(all.map(send)));
    });
  });

  test('wait where they ask too much, and an ordinary hit passes them', async () => {
    const kinds = Object.values(LARGEST);
    await expectStored(async () => {
      isShort = true;
      const large = sum(await Promise.all(kinds.map((make) => send(make(random)))));
      await until('the large ones wait', PATIENCE_MS, async () => /was cut|not stored yet/.test(collector.logged()));
      const hit = await send(ordinary('passes'));
      await until('the hit is visible', PATIENCE_MS, isVisible('passes'));
      isShort = false;
      return large + hit;
    });
  });
});
