import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fullTag, openStage, paper, type Reply, SHOP, STATS, type Stage, soon } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ page: paper('', fullTag()), isUnhurried: true });
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/** Notes how the page sends. */
const SPY = `
  window.sent = [];
  const { fetch } = window;
  window.fetch = (to, { body, ...how }) => { sent.push({ to, ...how, bytes: new Blob([body]).size }); return fetch(to, { body, ...how }); };
`;

test('as plain text, without credentials, without a referrer, and so that it outlives the page', async () => {
  const page = await stage.tab();
  await page.context().addCookies([{ name: 'session', value: '1', url: STATS }]);
  await page.addInitScript(SPY);
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  expect(await page.evaluate('sent')).toEqual([
    {
      to: `${STATS}/in`,
      method: 'POST',
      keepalive: true,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      bytes: stage.arrivals[0]?.bytes,
    },
  ]);
  const { headers } = stage.arrivals[0] ?? {};
  expect(headers).toMatchObject({ origin: SHOP, 'content-type': 'text/plain;charset=UTF-8' });
  expect(headers).not.toHaveProperty('cookie');
  expect(headers).not.toHaveProperty('referer');
});

test('what is reported while the page is left arrives', async () => {
  const page = await stage.tab();
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  await page.evaluate(`passerby.track('out'); location.href = 'about:blank'`);
  await soon(stage.kinds).toEqual(['view', 'event', 'engage']);
});

describe('retries', () => {
  /** A tab whose clock stands still until it is told to run. */
  const open = async (): Promise<Page> => {
    const page = await stage.tab();
    await stage.openTimed(page);
    expect(stage.arrivals).toHaveLength(1);
    return page;
  };
  test.each([
    ['202', () => ({ status: 202 }), 1],
    ['400', () => ({ status: 400 }), 1],
    ['404', () => ({ status: 404 }), 1],
    ['413', () => ({ status: 413 }), 1],
    ['429', () => ({ status: 429 }), 2],
    ['500', () => ({ status: 500 }), 2],
    ['503', () => ({ status: 503 }), 2],
    ['a broken connection', () => null, 2],
  ])('%s', async (_, reply, tries) => {
    stage.reply = (arrival) => (stage.arrivals[0] === arrival ? reply() : { status: 202 });
    const page = await open();
    await stage.pass(page, 4000);
    await stage.pass(page, 600_000);
    expect(stage.kinds()).toEqual(Array(tries).fill('view'));
    expect(new Set(stage.arrivals.map(({ beacon }) => beacon.b)).size).toBe(1);
  });

  test('the age grows, the batch id stays', async () => {
    stage.reply = () => (stage.arrivals.length > 1 ? { status: 202 } : { status: 503 });
    const page = await open();
    await stage.pass(page, 4000);
    const [first, second] = stage.arrivals.map(({ beacon }) => beacon);
    expect(second).toEqual({ ...first, i: [{ k: 'view', a: expect.any(Number) }] });
    expect(second?.i[0]?.a).toBeGreaterThanOrEqual(2000);
    expect(second?.i[0]?.a).toBeLessThanOrEqual(4100);
  });

  test('later and later, five times in all, never after ten minutes', async () => {
    stage.reply = () => ({ status: 503 });
    const page = await open();
    for (let minute = 0; minute < 12; minute++) await stage.pass(page, 60_000);
    await stage.pass(page, 3_600_000);
    const ages = stage.arrivals.map(({ beacon }) => beacon.i[0]?.a ?? 0);
    expect(ages).toHaveLength(5);
    const waits = ages.slice(1).map((age, n) => age - (ages[n] ?? 0));
    for (const [n, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(2000 * 4 ** n);
    expect(ages.at(-1)).toBeLessThan(600_000);
  });

  test('a clock that is set back changes no ages', async () => {
    stage.reply = () => (stage.arrivals.length > 1 ? { status: 202 } : { status: 503 });
    const page = await open();
    await page.evaluate('{ const { now } = Date; Date.now = () => now() - 3600000 }');
    await stage.pass(page, 5000);
    expect(stage.arrivals.at(-1)?.beacon.i[0]?.a).toBeGreaterThanOrEqual(2000);
    expect(stage.arrivals).toHaveLength(2);
  });
});

test('more than the browser lets outlive a page arrives all the same, and once', async () => {
  const page = await stage.tab();
  await page.addInitScript(SPY);
  await stage.openTimed(page);
  expect(stage.kinds()).toEqual(['view']);
  // Nothing is answered until all of it has been tried.
  let answer = (_: Reply): void => {};
  const held = new Promise<Reply>((resolve) => {
    answer = resolve;
  });
  stage.reply = () => held;
  await page.evaluate(`for (let n = 0; n < 60; n++) passerby.log('info', n + 'x'.repeat(4000))`);
  await page.clock.runFor(1000);
  answer({ status: 202 });
  await stage.sent(page);
  expect(stage.items().length).toBeLessThan(61);
  await stage.pass(page, 3000);
  expect(stage.items()).toHaveLength(61);
  await stage.pass(page, 600_000);
  expect(stage.items()).toHaveLength(61);
  const sent = (await page.evaluate('sent')) as { keepalive: boolean }[];
  // Those that did not fit went later, without.
  expect(sent.filter(({ keepalive }) => !keepalive).length).toBeGreaterThan(0);
});
