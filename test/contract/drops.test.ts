import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DROP_REASONS, type DropReason } from '../../packages/collector/src/ingest/drop.ts';
import { createClock } from '../support/clock.ts';
import { type Client, startTestHouse, type TestHouse } from '../support/house.ts';

const LIMIT = 3;
const VIEW = { k: 'view' as const };

/** Sends what is dropped to a site; resolves to how the last of it was answered. */
type Make = (send: (beacon: object | string, client?: Client) => Promise<Response>) => Promise<Response>;

const withHeaders =
  (headers: Record<string, string>): Make =>
  (send) =>
    send({ i: [VIEW, { k: 'event', n: 'x' }] }, { headers });

/** A way to be dropped for each reason, what is answered then, and how much the owner sees left out. */
const CASES: Record<DropReason, readonly [make: Make, answer: string, dropped: number]> = {
  bot: [
    (send) =>
      send({ i: [VIEW, VIEW] }, { agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }),
    '202 bot=2',
    2,
  ],
  prefetch: [withHeaders({ 'sec-purpose': 'prefetch;prerender' }), '202 prefetch=2', 2],
  gpc: [withHeaders({ 'sec-gpc': '1' }), '202 gpc=2', 2],
  dnt: [withHeaders({ dnt: '1' }), '202 dnt=2', 2],
  duplicate: [
    async (send) => {
      await send({ b: 'batch-of-the-test', i: [VIEW] });
      return send({ b: 'batch-of-the-test', i: [VIEW] });
    },
    '202 duplicate=1',
    1,
  ],
  late: [(send) => send({ i: [VIEW, { ...VIEW, a: 600_001 }] }), '202 counted=1, late=1', 1],
  invalid: [(send) => send({ i: [VIEW, { k: 'nothing' }] }), '400', 1],
  flood: [
    async (send) => {
      for (let i = 0; i < LIMIT; i++) await send({ i: [VIEW] }, { address: '203.0.113.99' });
      return send({ i: [VIEW] }, { address: '203.0.113.99' });
    },
    '429',
    1,
  ],
  overload: [
    async (send) => {
      for (let i = 0; i < 1000; i++)
        await send({ i: Array(100).fill({ k: 'event', n: 'x' }) }, { address: `198.51.${i >> 8}.${i & 255}` });
      return send({ i: [VIEW, VIEW] }, { address: '203.0.113.98' });
    },
    '503',
    2,
  ],
};

describe('whatever is left out is counted, and the owner sees why', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await startTestHouse({
      now: createClock(Date.parse('2040-03-02T10:00:00Z')).now,
      settings: { clientLimit: LIMIT },
    });
  });
  afterAll(() => house.stop());

  const leftOut = async (domain: string): Promise<unknown> => {
    // What was dropped while the spool was full is stored after the rest.
    await house.flush();
    await house.flush();
    const question = { site_id: domain, metrics: ['events'], date_range: 'day', dimensions: ['drop:reason'] } as const;
    return (await house.query(question)).results;
  };

  test.each(DROP_REASONS)('%s', async (reason) => {
    const [make, answer, dropped] = CASES[reason];
    const domain = `${reason}.example`;
    await house.api('POST', '/api/sites', { domain });
    const { insert } = house.store;
    let release = (): void => {};
    const away = new Promise<void>((resolve) => {
      release = resolve;
    });
    // The store answers only later: what is accepted meanwhile is held.
    house.store.insert = (rows, token) => away.then(() => insert(rows, token));
    const address = `203.0.113.${Object.keys(CASES).indexOf(reason)}`;
    const response = await make((beacon, client) =>
      house.send(JSON.stringify({ s: domain, u: `https://${domain}/`, ...(beacon as object) }), { address, ...client }),
    );
    release();
    house.store.insert = insert;

    expect([response.status, response.headers.get('passerby')].filter(Boolean).join(' ')).toBe(answer);
    expect(await leftOut(domain)).toEqual([{ dimensions: [reason], metrics: [dropped] }]);
  });

  test('and what had been accepted before the collector was full is stored', async () => {
    const question = { site_id: 'overload.example', metrics: ['events', 'visits'], date_range: 'day' } as const;
    expect((await house.query(question)).results).toEqual([{ dimensions: [], metrics: [100_000, 1000] }]);
  });
});
