import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fullTag, openStage, paper, SHOP, type Stage, soon } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ page: paper('', fullTag()) });
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const open = async () => {
  const page = await stage.page();
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  return page;
};
/** What was reported between the view and the end of it. */
const reported = () =>
  stage
    .items()
    .slice(1)
    .filter(({ k }) => k !== 'engage');
const a = expect.any(Number);

const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`p${n}`, n]));

test.each([
  [
    `track('signup', { plan: 'pro', seats: 3, trial: false, coupon: null })`,
    { k: 'event', n: 'signup', p: { plan: 'pro', seats: 3, trial: 'false', coupon: null }, a },
  ],
  [`track('none', null)`, { k: 'event', n: 'none', p: null, a }],
  [`track('plain')`, { k: 'event', n: 'plain', a }],
  [`track('x'.repeat(200))`, { k: 'event', n: 'x'.repeat(200), a }],
  [`track('many', ${JSON.stringify(many)})`, { k: 'event', n: 'many', p: many, a }],
  [`track('long', { value: 'v'.repeat(5000) })`, { k: 'event', n: 'long', p: { value: 'v'.repeat(4096) }, a }],
  [
    `track('nested', { cart: { items: 3 }, list: [1, 2], slice: 'a', none: undefined })`,
    { k: 'event', n: 'nested', p: { cart: '[object Object]', list: '1,2', slice: 'a' }, a },
  ],
  [
    `track('no JSON', { self: window, big: 10n, sign: Symbol('x'), not: NaN })`,
    { k: 'event', n: 'no JSON', p: { self: '[object Window]', big: '10', sign: 'Symbol(x)', not: null }, a },
  ],
  [`track(404, 'text', 12)`, { k: 'event', n: '404', p: 'text', $: '12', a }],
  [
    `log('info', 'circular', (() => { const it = {}; return Object.assign(it, { it }) })())`,
    { k: 'log', l: 'info', m: 'circular', p: { it: '[object Object]' }, a },
  ],
  [
    `log('warn', 'cart not restored', { items: 3 })`,
    { k: 'log', l: 'warn', m: 'cart not restored', p: { items: 3 }, a },
  ],
  [`log('error', new Error('as it is'))`, { k: 'log', l: 'error', m: expect.stringMatching(/^Error: as it is\n/), a }],
  [`log('info', Object.create(null))`, { k: 'log', l: 'info', m: 'Object {}', a }],
  [`log('info', 'm'.repeat(5000))`, { k: 'log', l: 'info', m: 'm'.repeat(4096), a }],
])('%s', async (call, item) => {
  const page = await open();
  await page.evaluate(`passerby.${call}`);
  await stage.settle(page);
  expect(reported()).toEqual([item]);
});

test.each([
  `track('hostile', { get plan() { throw new Error('no') } })`,
  `track({ toString() { throw new Error('no') } })`,
])('%s neither throws nor is sent', async (call) => {
  const page = await open();
  expect(await page.evaluate(`passerby.${call}`)).toBeUndefined();
  await stage.settle(page);
  expect(reported()).toEqual([]);
});

test('an event is interactive unless it is said to be not', async () => {
  const page = await open();
  const said = ['{ interactive: false }', '{ interactive: "false" }', '{ interactive: true }', '{}'];
  const strange = ['{ interactive: undefined }', '{ interactive: null }', 'null', 'undefined', '7', '"false"', 'false'];
  for (const options of [...said, ...strange])
    await page.evaluate(`passerby.track(${JSON.stringify(options)}, { a: 1 }, [1, 'EUR'], ${options})`);
  await page.evaluate(`passerby.track('alone')`);
  await stage.settle(page);
  const event = (n: string) => ({ k: 'event', n, p: { a: 1 }, $: '1,EUR', a });
  const [first, second, ...others] = said;
  expect(reported()).toEqual([
    ...[first, second].map((n) => ({ ...event(`${n}`), ni: 1 })),
    ...[...others, ...strange].map(event),
    { k: 'event', n: 'alone', a },
  ]);
});

test('what is reported is what was true at the call', async () => {
  const page = await open();
  await page.evaluate(
    `const cart = { items: 1 }; passerby.track('cart', cart); cart.items = 2; passerby.track('cart', cart);`,
  );
  await stage.settle(page);
  expect(reported()).toMatchObject([{ p: { items: 1 } }, { p: { items: 2 } }]);
});

test('a load reports 100 log lines at most, and events all the same', async () => {
  const page = await open();
  await page.evaluate(`for (let n = 0; n < 150; n++) passerby.log('info', n); passerby.track('after')`);
  await stage.settle(page);
  // They go in two beacons, of which either may be first.
  const expected = [...Array.from({ length: 100 }, (_, n) => String(n)), 'event'];
  const got = reported().map((item) => (item.k === 'log' ? item.m : item.k));
  expect(got.sort()).toEqual(expected.sort());
});
