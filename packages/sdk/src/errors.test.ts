import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fullTag, openStage, paper, SHOP, STATS, type Stage, soon } from './testing/stage.ts';
import type { ErrorItem } from './wire.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(undefined, paper('', fullTag()));
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const errors = () => stage.items().filter((item): item is ErrorItem => item.k === 'error');
const messages = () => errors().map(({ m }) => m);

/** A tab on a page with a function that throws from a place of its own. */
const open = async () => {
  stage.papers.set(`${SHOP}/`, {
    html: paper('<script>function fail(what) { setTimeout(() => { throw what }) }</script>', fullTag()),
  });
  const page = await stage.page();
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  return page;
};

describe('what is thrown and not caught is reported', () => {
  const cases: [script: string, expected: string[]][] = [
    ['fail(new TypeError("no price"))', ['TypeError: no price']],
    ['fail("just a text")', ['just a text']],
    ['Promise.reject(new RangeError("too far"))', ['RangeError: too far']],
    ['Promise.reject("no reason")', ['no reason']],
    ['Promise.reject()', ['undefined']],
    ['fail(new Error("x".repeat(5000)))', [`Error: ${'x'.repeat(4089)}`]],
    ['try { throw new Error("caught") } catch {}', []],
    ['Promise.reject(new Error("caught")).catch(() => {})', []],
    ['fail({ toString() { throw new Error("hostile") } })', []],
    ['Promise.reject(Object.create(null))', []],
  ];
  test.each(cases)('%s', async (script, expected) => {
    const page = await open();
    await page.evaluate(`${script}; 0`);
    await stage.settle(page);
    expect(messages()).toEqual(expected);
  });
});

test('the stack says where it was', async () => {
  const page = await open();
  await page.evaluate('setTimeout(function placeOrder() { null.price })');
  await stage.settle(page);
  expect(errors()).toHaveLength(1);
  expect(errors()[0]?.st).toMatch(/^TypeError: .*\n\s+at placeOrder /);
});

test('the same error within five seconds is reported once, another one too', async () => {
  const page = await stage.tab();
  await stage.openTimed(page);
  const again = 'for (const text of ["a", "b", "a", "a"]) Promise.reject(text); 0';
  for (const pause of [3000, 3000, 100]) {
    await page.evaluate(again);
    await page.clock.runFor(pause);
    await page.clock.runFor(1000);
  }
  await stage.sent(page);
  expect(messages()).toEqual(['a', 'b', 'a', 'b']);
});

test('a load reports 20 errors at most', async () => {
  const page = await open();
  await page.evaluate('for (let n = 0; n < 50; n++) Promise.reject(n); 0');
  await stage.settle(page);
  expect(messages()).toHaveLength(20);
  await page.evaluate('Promise.reject("one more"); 0');
  await stage.settle(page);
  expect(messages()).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
});

test('errors of which the browser says nothing are left out', async () => {
  stage.papers.set(`${STATS}/other.js`, {
    html: 'setTimeout(() => { throw new Error("of another origin") })',
    headers: { 'content-type': 'text/javascript' },
  });
  const page = await stage.page();
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  await page.addScriptTag({ url: `${STATS}/other.js` });
  await soon(() => stage.failures).toHaveLength(1);
  await stage.settle(page);
  expect(errors()).toEqual([]);
});

describe('it cannot loop', () => {
  test('a failed send reports nothing', async () => {
    stage.reply = () => ({ status: 400 });
    const page = await stage.tab();
    await stage.openTimed(page);
    await page.evaluate('Promise.reject("one"); 0');
    for (let n = 0; n < 5; n++) await stage.pass(page, 1000);
    expect(messages()).toEqual(['one']);
    expect(stage.arrivals).toHaveLength(2);
  });

  test('nor does a page that makes errors and log lines of requests', async () => {
    const page = await stage.tab();
    await page.addInitScript(`
      let count = 0;
      window.fetch = () => {
        passerby.log('debug', 'request');
        Promise.reject(new Error('request ' + ++count));
        return Promise.reject(new Error('never sent'));
      };
    `);
    await page.clock.install();
    await page.goto(SHOP);
    // Two hours, of which every second could bring a new error.
    for (let n = 0; n < 120; n++) await page.clock.runFor(60_000);
    const after = stage.failures.length;
    await page.clock.runFor(3_600_000);
    expect(after).toBeGreaterThan(20);
    expect(after).toBeLessThan(1000);
    expect(stage.failures).toHaveLength(after);
    expect(stage.arrivals).toEqual([]);
  });
});
