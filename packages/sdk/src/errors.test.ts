import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fullTag, openStage, paper, SHOP, STATS, type Stage, soon } from './testing/stage.ts';
import type { ErrorItem } from './wire.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ page: paper('', fullTag()) });
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
    ['fail(new Error("x".repeat(5000)))', [`Error: ${'x'.repeat(4089)}`]],
    ['try { throw new Error("caught") } catch {}', []],
    ['Promise.reject(new Error("caught")).catch(() => {})', []],
    // Texts, numbers and what is none.
    ['fail()', ['Uncaught undefined']],
    ['fail(null)', ['Uncaught null']],
    ['fail(0)', ['0']],
    ['fail("")', ['']],
    ['fail(false)', ['false']],
    ['fail(Symbol("lost"))', ['Symbol(lost)']],
    ['fail(10n)', ['10']],
    ['Promise.reject()', ['undefined']],
    ['Promise.reject(null)', ['null']],
    ['fail("constructor")', ['constructor']],
    ['fail("[object Object]")', ['[object Object]']],
    // Objects.
    ['Promise.reject({ code: 42, message: "db down" })', ['Object {code,message} message: db down code: 42']],
    ['fail({ status: 500, message: "x", card: "4111" })', ['Object {status,message,card} message: x status: 500']],
    ['fail({ name: "Refused", type: "limit", retry: true })', ['Object {name,type,retry} name: Refused type: limit']],
    ['fail({})', ['Object {}']],
    ['fail(Object.assign(Object.create(null), { code: 7 }))', ['Object {code} code: 7']],
    ['fail(new (class Denied { message = "no" })())', ['Object {message} message: no']],
    ['fail(new (class Denied { toString() { return "Denied: no" } })())', ['Denied: no']],
    ['fail(Object.freeze({ code: "E_FROZEN" }))', ['Object {code} code: E_FROZEN']],
    ['fail({ message: ["a", "b"], error: "Bad Request" })', ['Object {message,error} message: a,b']],
    ['const o = { code: 1 }; o.message = o; fail(o)', ['Object {code,message} message: [object Object] code: 1']],
    ['fail(["a", 1])', ['a,1']],
    ['fail([{ code: 1 }])', ['Object {0}']],
    ['fail([1, {}])', ['1,[object Object]']],
    ['fail([])', ['']],
    ['fail(new Error({ code: 1 }))', ['Error: [object Object]']],
    ['fail(function pay() {})', ['function pay() {}']],
    ['fail(new Map([["ann", 1]]))', ['Map {}']],
    [
      'fail(new Response("", { status: 404, statusText: "Gone" }))',
      ['Response {} status: 404 statusText: Gone type: default'],
    ],
    ['fail(new Event("stalled"))', ['Event {isTrusted} type: stalled']],
    ['fail(new DOMException("full", "QuotaExceededError"))', ['QuotaExceededError: full']],
    ['fail(AbortSignal.abort().reason)', ['AbortError: signal is aborted without reason']],
    ['fail(new URL("https://shop.example/a"))', ['https://shop.example/a']],
    // Errors of other windows, and what is like one.
    [
      'const i = document.createElement("iframe"); document.body.append(i); fail(new i.contentWindow.TypeError("there"))',
      ['TypeError: there'],
    ],
    [
      'fail({ name: "Odd", message: "one", stack: "Odd: one\\n at x" })',
      ['Object {name,message,stack} name: Odd message: one'],
    ],
    ['fail(new AggregateError([new Error("a")], "all"))', ['AggregateError: all']],
    // What does not want to be told.
    ['fail({ toString() { throw new Error("hostile") } })', ['Object {toString}']],
    ['fail({ code: 3, toString: null, valueOf: null })', ['Object {code,toString,valueOf} code: 3']],
    ['fail({ get message() { throw new Error("hostile") } })', ['[object Object]']],
    ['fail(new Proxy({}, { get() { throw 1 }, has() { throw 1 }, ownKeys() { throw 1 } }))', ['[object Object]']],
    ['const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); fail(proxy)', ['[object Object]']],
    ['Promise.reject(Object.create(null))', ['Object {}']],
    ['fail(Object.assign(new Error("x"), { stack: 5 }))', ['Error: x']],
    ['fail(Object.defineProperty(new Error("x"), "stack", { get() { throw 1 } }))', ['Error: x']],
  ];
  test.each(cases)('%s', async (script, expected) => {
    const page = await open();
    await page.evaluate(`{ ${script} }; 0`);
    await stage.settle(page);
    expect(messages()).toEqual(expected);
  });
});

test('objects that differ in what they say are no repeats', async () => {
  const page = await open();
  await page.evaluate('for (const code of [1, 2, 1]) Promise.reject({ code }); Promise.reject({ other: 1 }); 0');
  await stage.settle(page);
  expect(messages()).toEqual(['Object {code} code: 1', 'Object {code} code: 2', 'Object {other}']);
});

describe('the stack ends with what an error came of', () => {
  const cases: [script: string, expected: string[]][] = [
    [
      'new Error("a", { cause: new TypeError("b", { cause: "c" }) })',
      ['Error: a', 'Caused by: TypeError: b', 'Caused by: c'],
    ],
    [
      'new AggregateError([new Error("a"), { code: 1 }], "all")',
      ['AggregateError: all', 'Caused by: Error: a', 'Caused by: Object {code} code: 1'],
    ],
    ['Object.assign(new Error("a"), { errors: { mail: ["ann"] } })', ['Error: a', 'Caused by: Object {mail}']],
    ['Object.assign(new Error("a"), { cause: 0, errors: null })', ['Error: a']],
    ['{ code: 1, cause: new Error("b") }', ['Object {code,cause} code: 1', 'Caused by: Error: b']],
    ['"text"', ['text']],
  ];
  const causes = (stack = '') => stack.split('\n').filter((line) => !/^\s+at /.test(line));
  test.each(cases)('%s', async (script, expected) => {
    const page = await open();
    await page.evaluate(`Promise.reject(${script}); 0`);
    await stage.settle(page);
    expect(causes(errors()[0]?.st)).toEqual(expected);
  });

  test('but not for ever', async () => {
    const page = await open();
    await page.evaluate(`
      const loop = new AggregateError([], "loop");
      loop.cause = loop;
      for (let n = 0; n < 9; n++) loop.errors.push(loop);
      Promise.reject(loop); 0`);
    await stage.settle(page);
    expect(causes(errors()[0]?.st)?.length).toBeLessThan(70);
  });
});

test('an error of a worker is told by its message', async () => {
  const page = await open();
  const code = 'setTimeout(() => { throw new TypeError("in a worker") })';
  await page.evaluate(`new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code)}]))); 0`);
  await soon(() => stage.failures.length).toBeGreaterThan(0);
  await stage.settle(page);
  expect(messages()).toEqual(['Uncaught TypeError: in a worker']);
});

test('what a stub heard before the script came is reported', async () => {
  const stub = `<script>
    window.passerby = { q: [['track', 'Early']] };
    for (const type of ['error', 'unhandledrejection']) addEventListener(type, (e) => window.passerby.q?.push(['error', e]));
    Promise.reject(new RangeError('at once'));
    null.price;
  </script>`;
  stage.papers.set(`${SHOP}/`, { html: paper('', stub + fullTag()) });
  const page = await stage.page();
  await page.goto(SHOP);
  await soon(() => messages().length).toBe(2);
  await page.evaluate('Promise.reject("later"); 0');
  await stage.settle(page);
  expect(messages().sort()).toEqual([
    'RangeError: at once',
    "TypeError: Cannot read properties of null (reading 'price')",
    'later',
  ]);
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
