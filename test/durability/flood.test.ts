import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Item } from '../../packages/sdk/src/wire.ts';
import { createClock } from '../support/clock.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const DOMAIN = 'kiosk.example';
const LIMIT = 1000;
const FLOODER = '198.51.100.1';

describe('a client that sends too much', () => {
  const clock = createClock(Date.parse('2036-05-05T12:00:00Z'));
  let collector: TestCollector;
  const send = async (address: string, items: number): Promise<number> => {
    const list = Array.from({ length: items }, (): Item => ({ k: 'view' }));
    const answer = await collector.send({ s: DOMAIN, u: `https://${DOMAIN}/`, i: list }, { address });
    return answer.status;
  };
  const sendMany = async (address: string, items: number, times: number): Promise<number[]> => {
    const answers: number[] = [];
    for (let i = 0; i < times; i++) answers.push(await send(address, items));
    return answers;
  };
  const times = (status: number, count: number): number[] => Array<number>(count).fill(status);

  beforeAll(async () => {
    collector = await startTestCollector({ now: clock.now, settings: { clientLimit: LIMIT } });
    await collector.api('POST', '/api/sites', { domain: DOMAIN });
  });
  afterAll(() => collector.stop());

  test('is turned away when it has sent so many items, be they in many beacons or in few', async () => {
    expect(await sendMany(FLOODER, 100, 12)).toEqual([...times(202, 10), ...times(429, 2)]);
    expect(await send('198.51.100.2', 1)).toBe(202);
    clock.advance(10_000);
    expect(await sendMany(FLOODER, 1, LIMIT + 2)).toEqual([...times(202, LIMIT), ...times(429, 2)]);
  });

  test('has limits for the networks around it, which may be one customer’s: four times as much a /56, eight times a /48', async () => {
    const counted = async (address: (n: number) => string): Promise<number> => {
      let count = 0;
      for (let n = 0; n < 120; n++) if ((await send(address(n), 100)) === 202) count++;
      return count;
    };
    const hex = (n: number): string => n.toString(16);
    expect(await counted((n) => `2001:db8:a:1::${hex(n + 1)}`)).toBe(10);
    expect(await counted((n) => `2001:db8:b:${hex(n)}::1`)).toBe(40);
    // 65,536 networks, each of which sends but once.
    expect(await counted((n) => `2001:db8:c:${hex(n * 546)}::1`)).toBe(80);
    expect(await send('2001:db8:d::1', 1)).toBe(202);
    expect(await counted((n) => `192.0.2.${n}`)).toBe(120);
    clock.advance(10_000);
    expect(await send('2001:db8:c::1', 1)).toBe(202);
  });

  test.each([
    ['back', -3_600_000],
    ['on', 3_600_000],
  ])('is let in again after ten seconds, also when the clock goes an hour %s', async (_way, jump) => {
    await sendMany(FLOODER, 100, 11);
    clock.advance(jump);
    await send(FLOODER, 1);
    clock.advance(10_000);
    expect(await send(FLOODER, 1)).toBe(202);
  });
});
