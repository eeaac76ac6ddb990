import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStage, paper, SHOP, type Stage, soon, tag } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/** Addresses and titles of the views so far. */
const views = () =>
  stage.arrivals.flatMap(({ beacon }) => (beacon.i.some(({ k }) => k === 'view') ? [[beacon.u, beacon.t]] : []));

test('a load is a view and says what the page is', async () => {
  const page = await stage.tab({ viewport: { width: 1200, height: 700 } });
  await page.goto(`${SHOP}/pricing?utm_source=hn#plans`, { referer: 'https://news.example/' });
  await soon(stage.kinds).toEqual(['view']);
  const [arrival] = stage.arrivals;
  expect(arrival?.beacon).toEqual({
    b: expect.stringMatching(/^[\w-]{8,64}$/),
    s: 'shop.example',
    u: `${SHOP}/pricing?utm_source=hn`,
    t: 'Shop',
    r: 'https://news.example/',
    w: 'l',
    i: [{ k: 'view', a: expect.any(Number) }],
  });
});

test.each([
  [639, 's'],
  [640, 'm'],
  [1023, 'm'],
  [1024, 'l'],
  [1439, 'l'],
  [1440, 'xl'],
])('a window of %i pixels is of class %s', async (width, w) => {
  const page = await stage.page();
  await page.setViewportSize({ width, height: 700 });
  await page.goto(SHOP);
  await soon(() => stage.arrivals.map(({ beacon }) => beacon.w)).toEqual([w]);
});

test.each(['mailto:x@y.z', 'javascript:void 0', 'data:,x', 'blob:x', 'about:blank', 'tel:1', 'app://x/'])(
  'a view of %s is one of the page that is shown, and what follows is not lost',
  async (url) => {
    const page = await stage.page();
    await page.goto(`${SHOP}/one`);
    await soon(views).toHaveLength(1);
    await page.evaluate((url) => {
      window.passerby?.view?.({ url });
      window.passerby?.track?.('After');
    }, url);
    await stage.settle(page);
    expect(stage.arrivals.map(({ beacon }) => beacon.u)).toEqual(stage.arrivals.map(() => `${SHOP}/one`));
    expect(stage.kinds().filter((kind) => kind !== 'engage')).toEqual(['view', 'view', 'event']);
  },
);

describe('history', () => {
  const cases: [name: string, script: string, expected: (string | undefined)[][]][] = [
    ['pushState to another path', `history.pushState({}, '', '/a'); document.title = 'A'`, [[`${SHOP}/a`, 'A']]],
    ['replaceState to another path', `history.replaceState({}, '', '/b?q=1#x')`, [[`${SHOP}/b?q=1`, 'Shop']]],
    ['replaceState to the same path', `history.replaceState({ y: 10 }, '', location.href)`, []],
    ['another query', `history.pushState({}, '', '?page=2')`, []],
    ['another hash', `location.hash = '#/inbox'`, []],
    [
      'a router that corrects itself',
      `history.pushState({}, '', '/a'); history.replaceState({}, '', '/b')`,
      [[`${SHOP}/b`, 'Shop']],
    ],
    ['there and back at once', `history.pushState({}, '', '/a'); history.replaceState({}, '', '/')`, []],
    [
      'a title set a moment after the address',
      `history.pushState({}, '', '/a'); Promise.resolve().then(() => { document.title = 'Late' })`,
      [[`${SHOP}/a`, 'Late']],
    ],
  ];
  test.each(cases)('%s', async (_, script, expected) => {
    const page = await stage.page();
    await page.goto(SHOP);
    await soon(views).toHaveLength(1);
    await page.evaluate(script);
    await stage.settle(page);
    expect(views().slice(1)).toEqual(expected);
  });

  test('back is a view; only the first view of a load has a referrer', async () => {
    const page = await stage.tab();
    await page.goto(`${SHOP}/one`, { referer: 'https://news.example/' });
    await soon(views).toHaveLength(1);
    await page.evaluate(() => history.pushState({}, '', '/two'));
    await soon(views).toHaveLength(2);
    await page.evaluate(() => history.back());
    await soon(views).toHaveLength(3);
    expect(views().map(([u]) => u)).toEqual([`${SHOP}/one`, `${SHOP}/two`, `${SHOP}/one`]);
    expect(stage.arrivals.filter(({ beacon }) => 'r' in beacon)).toHaveLength(1);
  });

  test('what others wrapped around the calls goes on working', async () => {
    const page = await stage.tab();
    await page.addInitScript(`
      window.seen = [];
      const first = history.pushState;
      history.pushState = function (...given) { window.seen.push(this === history, ...given); return first.apply(this, given); };
    `);
    await page.goto(SHOP);
    await soon(views).toHaveLength(1);
    const seen = await page.evaluate(`
      const second = history.pushState;
      history.pushState = (...given) => { window.seen.push('later'); return second.apply(history, given); };
      history.pushState({ state: 1 }, '', '/a');
      [...window.seen, history.state, location.pathname]
    `);
    expect(seen).toEqual(['later', true, { state: 1 }, '', '/a', { state: 1 }, '/a']);
    await soon(() => views().map(([u]) => u)).toEqual([`${SHOP}/`, `${SHOP}/a`]);
  });

  test('a refused call throws to its caller as before', async () => {
    const page = await stage.tab();
    await page.goto(SHOP);
    await soon(views).toHaveLength(1);
    expect(
      await page.evaluate(`try { history.pushState({}, '', 'https://elsewhere.example/') } catch (e) { e.name }`),
    ).toBe('SecurityError');
  });
});

describe('hash routing', () => {
  test('what follows #/ or #!/ is part of the path, an anchor is not', async () => {
    stage.papers.set(`${SHOP}/`, { html: paper('<a href="#/link">go</a>', tag('data-hash')) });
    const page = await stage.tab();
    await page.goto(`${SHOP}/?x=1#/start`);
    await soon(views).toHaveLength(1);
    for (const [hash, count] of [
      ['#!/settings', 2],
      ['#about', 3],
      ['#faq', 3],
    ] as const) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await soon(views).toHaveLength(count);
    }
    await page.click('a');
    await soon(views).toHaveLength(4);
    expect(views().map(([u]) => u)).toEqual(
      ['?x=1#/start', '?x=1#!/settings', '?x=1', '?x=1#/link'].map((end) => `${SHOP}/${end}`),
    );
  });
});

test('what happens right after a change of the path belongs to the new page', async () => {
  const page = await stage.tab();
  await page.goto(SHOP);
  await soon(views).toHaveLength(1);
  await page.evaluate(`
    passerby.track('cart');
    history.pushState({}, '', '/thanks');
    passerby.track('purchase');
  `);
  await stage.settle(page);
  const where = stage.arrivals.flatMap(({ beacon }) =>
    beacon.i.flatMap((item) => (item.k === 'event' ? [[beacon.u, item.n]] : [])),
  );
  expect(where).toEqual([
    [`${SHOP}/`, 'cart'],
    [`${SHOP}/thanks`, 'purchase'],
  ]);
});
