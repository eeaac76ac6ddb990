import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStage, SHOP, type Stage, soon } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const open = async () => {
  const page = await stage.tab();
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
const first30 = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`p${n}`, String(n)]));

test.each([
  [
    `track('signup', { plan: 'pro', seats: 3, trial: false, coupon: null })`,
    { k: 'event', n: 'signup', p: { plan: 'pro', seats: '3', trial: 'false', coupon: 'null' }, a },
  ],
  [`track('none', null)`, { k: 'event', n: 'none', p: {}, a }],
  [`track('plain')`, { k: 'event', n: 'plain', p: {}, a }],
  [`track('x'.repeat(200))`, { k: 'event', n: 'x'.repeat(120), p: {}, a }],
  [`track('many', ${JSON.stringify(many)})`, { k: 'event', n: 'many', p: first30, a }],
  [
    `track('long', { ['n'.repeat(70)]: 'v'.repeat(600) })`,
    { k: 'event', n: 'long', p: { ['n'.repeat(64)]: 'v'.repeat(500) }, a },
  ],
  [
    `track('nested', { cart: { items: 3 }, list: [1, 2], none: undefined })`,
    { k: 'event', n: 'nested', p: { cart: '[object Object]', list: '1,2', none: 'undefined' }, a },
  ],
  [
    `log('warn', 'cart not restored', { items: 3 })`,
    { k: 'log', l: 'warn', m: 'cart not restored', p: { items: '3' }, a },
  ],
  [`log('error', new Error('as it is'))`, { k: 'log', l: 'error', m: 'Error: as it is', p: {}, a }],
  [`log('info', 'm'.repeat(5000))`, { k: 'log', l: 'info', m: 'm'.repeat(4096), p: {}, a }],
])('%s', async (call, item) => {
  const page = await open();
  await page.evaluate(`passerby.${call}`);
  await stage.leave(page);
  expect(reported()).toEqual([item]);
});

test.each([
  `track('hostile', { get plan() { throw new Error('no') } })`,
  `track({ toString() { throw new Error('no') } })`,
  `log('info', Object.create(null))`,
])('%s neither throws nor is sent', async (call) => {
  const page = await open();
  expect(await page.evaluate(`passerby.${call}`)).toBeUndefined();
  await stage.leave(page);
  expect(reported()).toEqual([]);
});

test('what is reported is what was true at the call', async () => {
  const page = await open();
  await page.evaluate(
    `const cart = { items: 1 }; passerby.track('cart', cart); cart.items = 2; passerby.track('cart', cart);`,
  );
  await stage.leave(page);
  expect(reported()).toMatchObject([{ p: { items: '1' } }, { p: { items: '2' } }]);
});

test('a load reports 100 log lines at most, and events all the same', async () => {
  const page = await open();
  await page.evaluate(`for (let n = 0; n < 150; n++) passerby.log('info', n); passerby.track('after')`);
  await stage.leave(page);
  expect(reported().map((item) => (item.k === 'log' ? item.m : item.k))).toEqual([
    ...Array.from({ length: 100 }, (_, n) => String(n)),
    'event',
  ]);
});
