import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createClock, createRandom } from '../support/clock.ts';
import { emptyTables } from '../support/rows.ts';
import { type Client, startTestCollector, type TestCollector } from '../support/test-collector.ts';

const DAY = 86_400_000;
const ANN: Client = { address: '203.0.113.5' };
const BOB: Client = { address: '2a02:8108::1' };

describe('the number of a browser', () => {
  const clock = createClock(Date.parse('2040-03-02T10:00:00Z'));
  /** What went through the spool on its way to the store. */
  let spooled: Record<string, unknown>[] = [];
  let collector: TestCollector;

  const send = async (client: Client, site = 'example.com'): Promise<void> => {
    const items = [
      { k: 'view' },
      { k: 'event', n: 'signup' },
      { k: 'engage', ms: 1000, sc: 10 },
      { k: 'error', m: 'x is null' },
      { k: 'log', l: 'info', m: 'ready' },
    ];
    const response = await collector.send(JSON.stringify({ s: site, u: `https://${site}/`, i: items }), client);
    expect(response.headers.get('passerby')).toBe('counted=5');
    await collector.flush();
    clock.advance(1000);
  };
  const hits = (): Promise<{ site: string; day: string; visit: string; visitor: string }[]> =>
    collector.store.query('SELECT site, day, visit, visitor FROM hits ORDER BY ts, visit, step');

  beforeAll(async () => {
    collector = await startTestCollector({ now: clock.now, random: createRandom(7) });
    for (const domain of ['example.com', 'example.org', 'few.example'])
      await collector.api('POST', '/api/sites', { domain });
    await collector.api('PATCH', '/api/sites/few.example', { hitsDays: 0 });
    const { insert } = collector.store;
    collector.store.insert = (batch) => {
      for (const line of batch.lines.toString().trimEnd().split('\n')) {
        const values = JSON.parse(line) as unknown[];
        spooled.push(Object.fromEntries(batch.columns.map((name, at) => [name, values[at]])));
      }
      return insert(batch);
    };
  });
  beforeEach(async () => {
    await emptyTables(collector.store);
    spooled = [];
    clock.advance(2 * DAY);
  });
  afterAll(() => collector.stop());

  test('is another one on another day, as that of the visit is', async () => {
    await send(ANN);
    clock.advance(DAY);
    await send(ANN);
    const rows = await hits();
    const numbers = [...new Set(rows.map(({ day }) => day))].map((of) =>
      rows.filter(({ day }) => day === of).flatMap(({ visit, visitor }) => [visit, visitor]),
    );
    expect(numbers.map((list) => new Set(list).size)).toEqual([2, 2]);
    expect(new Set(numbers.flat()).size).toBe(4);
  });

  test('is another one on another site, as that of the visit is', async () => {
    await send(ANN);
    await send(ANN, 'example.org');
    const rows = await hits();
    expect(new Set(rows.map(({ site }) => site)).size).toBe(2);
    expect(new Set(rows.flatMap(({ visit, visitor }) => [visit, visitor])).size).toBe(4);
  });

  test.each([
    ['first', [ANN, BOB]],
    ['last', [BOB, ANN]],
  ])('says who came first that day, and nothing of who it was: %s', async (_, people) => {
    for (const person of people) await send(person);
    clock.advance(60 * 60_000);
    for (const person of people.toReversed()) await send(person);
    const order = [...new Set((await hits()).map(({ visitor }) => BigInt(visitor)))];
    expect(order.map((number) => number & 0xffff_ffffn)).toEqual([1n, 2n]);
    expect(new Set(order.map((number) => number >> 32n)).size).toBe(1);
  });

  test('is on hits alone: neither on log lines nor where single hits are not kept', async () => {
    await send(ANN);
    await send(ANN, 'few.example');
    const isOf = (kind: number) => (row: Record<string, unknown>) => row.kind === kind;
    expect(spooled).toHaveLength(10);
    expect(spooled.filter(isOf(5)).map(({ visitor }) => visitor)).toEqual(['0', '0']);
    const [site] = await hits();
    const few = spooled.filter((row) => row.site !== site?.site);
    expect(few.map(({ visit, visitor }) => [visit, visitor])).toEqual(few.map(() => ['0', '0']));
    expect(few).toHaveLength(5);
    expect(spooled.filter(({ visitor }) => visitor !== '0')).toHaveLength(4);
    const logs = await collector.store.query<{ name: string }>(
      "SELECT name FROM system.columns WHERE database = currentDatabase() AND table LIKE 'logs%' AND name LIKE 'visit%'",
    );
    expect(logs).toEqual([]);
  });
});
