import type { Page } from 'playwright-core';
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
  const cases: [name: string, start: string, hashes: string[], expected: string[]][] = [
    [
      'what follows #/ or #!/ is part of the path',
      '?x=1#/start',
      ['#!/settings', '#/a'],
      ['?x=1#/start', '?x=1#!/settings', '?x=1#/a'],
    ],
    ['an anchor leaves the route as it was', '#/b', ['#c', '#!foo', '#', '#c'], ['#/b']],
    ['and the same route after it is no other', '#/b', ['#c', '#/b'], ['#/b']],
    ['another one is', '#/b', ['#c', '#/d'], ['#/b', '#/d']],
    ['a route with a query', '#/b?page=1', ['#/b?page=2'], ['#/b?page=1', '#/b?page=2']],
    ['an anchor where no route was', '', ['#c', '#d'], ['']],
  ];
  test.each(cases)('%s', async (_, start, hashes, expected) => {
    stage.papers.set(`${SHOP}/`, { html: paper('', tag('data-hash')) });
    const page = await stage.tab();
    await page.goto(`${SHOP}/${start}`);
    for (const hash of hashes) {
      await page.waitForTimeout(20);
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
    }
    await stage.settle(page);
    expect(views().map(([u]) => u)).toEqual(expected.map((end) => `${SHOP}/${end}`));
  });

  test('another page has no route of the one before', async () => {
    stage.papers.set(`${SHOP}/`, { html: paper('', tag('data-hash')) });
    const page = await stage.tab();
    await page.goto(`${SHOP}/#/b`);
    await page.evaluate(`history.pushState({}, '', '/other#c')`);
    await stage.settle(page);
    expect(views().map(([u]) => u)).toEqual([`${SHOP}/#/b`, `${SHOP}/other`]);
  });

  test('a link is followed', async () => {
    stage.papers.set(`${SHOP}/`, { html: paper('<a href="#/link">go</a>', tag('data-hash')) });
    const page = await stage.tab();
    await page.goto(SHOP);
    await page.click('a');
    await stage.settle(page);
    expect(views().map(([u]) => u)).toEqual([`${SHOP}/`, `${SHOP}/#/link`]);
  });
});

/** Changes a page step by step, each so many milliseconds after the one before. */
const steps = async (page: Page, ...given: (string | number)[]): Promise<void> => {
  for (const step of given) await (typeof step === 'number' ? stage.pass(page, step) : page.evaluate(step));
};
const pushTo = (path: string) => `history.pushState({}, '', '${path}')`;
const replaceBy = (path: string) => `history.replaceState({}, '', '${path}')`;
const titled = (title: string) => `document.title = '${title}'`;

/** The ways by which the script hears of another address; a router may have taken the calls before it came, too. */
const WAYS = {
  'the Navigation API': '',
  'the calls of the history': `Object.defineProperty(window, 'navigation', { value: undefined })`,
};
describe.each(Object.entries(WAYS))('a view has the title of its page, by %s', (_, before) => {
  const cases: [name: string, given: (string | number)[], expected: [path: string, title: string][]][] = [
    [
      'set at once',
      [pushTo('/a'), titled('A'), 2000],
      [
        ['/', 'Shop'],
        ['/a', 'A'],
      ],
    ],
    [
      'set later',
      [2000, pushTo('/a'), 300, titled('A'), 2000],
      [
        ['/', 'Shop'],
        ['/a', 'A'],
      ],
    ],
    [
      'set before',
      [2000, titled('A'), pushTo('/a'), 2000],
      [
        ['/', 'Shop'],
        ['/a', 'A'],
      ],
    ],
    [
      'set before, of a page that is left soon',
      [2000, `${titled('A')}; ${pushTo('/a')}`, 600, `${titled('B')}; ${pushTo('/b')}`, 2000],
      [
        ['/', 'Shop'],
        ['/a', 'A'],
        ['/b', 'B'],
      ],
    ],
    [
      'in a row',
      [2000, pushTo('/a'), 200, titled('A'), 2000, pushTo('/b'), 200, titled('B'), 2000],
      [
        ['/', 'Shop'],
        ['/a', 'A'],
        ['/b', 'B'],
      ],
    ],
    [
      'left at once',
      [2000, pushTo('/a'), 50, titled('A'), 50, `${pushTo('/b')}; ${titled('B')}`, 2000],
      [
        ['/', 'Shop'],
        ['/a', 'A'],
        ['/b', 'B'],
      ],
    ],
    [
      'left while another item waits',
      [2000, `passerby.track('x')`, 900, pushTo('/a'), 200, titled('A'), 2000],
      [
        ['/', 'Shop'],
        ['/a', 'A'],
      ],
    ],
    ['of the load', [200, titled('Loaded'), 2000], [['/', 'Loaded']]],
    [
      'not the one that a page gets later',
      [2000, titled('(1) Shop'), pushTo('/a'), titled('A'), 2000],
      [
        ['/', 'Shop'],
        ['/a', 'A'],
      ],
    ],
    [
      'there and back',
      [2000, pushTo('/a'), titled('A'), 2000, 'history.back()', 50, titled('Shop'), 2000],
      [
        ['/', 'Shop'],
        ['/a', 'A'],
        ['/', 'Shop'],
      ],
    ],
  ];
  test.each(cases)('%s', async (_, given, expected) => {
    const page = await stage.tab();
    await page.addInitScript(before);
    await page.clock.install();
    await page.goto(SHOP);
    await steps(page, ...given);
    expect(views()).toEqual(expected.map(([path, title]) => [SHOP + path, title]));
    // Nor has what follows another one.
    await stage.settle(page);
    const titles = new Map(expected.map(([path, title]) => [SHOP + path, title]));
    for (const { beacon } of stage.arrivals) expect(beacon.t).toBe(titles.get(beacon.u));
  });
});

describe.each(Object.entries(WAYS))('a correction of the address is no second view, by %s', (_, before) => {
  const cases: [name: string, given: (string | number)[], expected: string[]][] = [
    ['right after the load', [replaceBy('/en'), 2000], ['/en']],
    ['soon after the load', [500, replaceBy('/en'), 2000], ['/en']],
    ['two of them', [200, replaceBy('/en'), 200, replaceBy('/en/home'), 2000], ['/en/home']],
    ['of the next page', [2000, pushTo('/a'), 100, replaceBy('/a/1'), 2000], ['/', '/a/1']],
    ['later it is another page', [1500, replaceBy('/en'), 2000], ['/', '/en']],
    ['another page that comes soon', [500, pushTo('/a'), 2000], ['/', '/a']],
    ['another page that is corrected at once', [500, `${pushTo('/a')}; ${replaceBy('/b')}`, 2000], ['/', '/b']],
    ['a correction, then another page', [200, `${replaceBy('/en')}; ${pushTo('/a')}`, 2000], ['/en', '/a']],
    ['a storm of the same', [200, `for (let n = 0; n < 100; n++) ${replaceBy('/')}`, 2000], ['/']],
    ['two pages in a second', [2000, pushTo('/a'), 300, pushTo('/b'), 2000], ['/', '/a', '/b']],
    ['back to the same path', [2000, pushTo('?x=1'), 100, 'history.back()', 2000], ['/']],
  ];
  test.each(cases)('%s', async (_, given, expected) => {
    const page = await stage.tab();
    await page.addInitScript(before);
    await page.clock.install();
    await page.goto(SHOP);
    await steps(page, ...given);
    expect(views().map(([u]) => u)).toEqual(expected.map((path) => SHOP + path));
  });

  test('of a page whose own script comes late, which gives it its title, too', async () => {
    const page = await stage.tab();
    await page.addInitScript(before);
    await page.route('**/late.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1600));
      await route.fulfill({ contentType: 'text/javascript', body: `${titled('Home')}; ${replaceBy('/en')}` });
    });
    stage.papers.set(`${SHOP}/late`, { html: paper('<script type="module" src="/late.js"></script>') });
    await page.goto(`${SHOP}/late`);
    await expect.poll(views).toEqual([[`${SHOP}/en`, 'Home']]);
  });

  test('what happens before it belongs to the page as it is called then, with the referrer of the load', async () => {
    const page = await stage.tab();
    await page.addInitScript(before);
    await page.clock.install();
    await page.goto(SHOP, { referer: 'https://news.example/' });
    await steps(page, `passerby.track('early')`, 100, replaceBy('/en'), 2000);
    expect(stage.arrivals.map(({ beacon: { u, r, i } }) => [u, r, i.map(({ k }) => k)])).toEqual([
      [`${SHOP}/en`, 'https://news.example/', ['view', 'event']],
    ]);
  });
});

test.each([
  ['bound', 'window.push = history.pushState.bind(history)'],
  ['called by its prototype', 'window.push = (...given) => History.prototype.pushState.apply(history, given)'],
])('a router that has its own pushState, %s, makes views', async (_, before) => {
  stage.papers.set(`${SHOP}/`, { html: paper('', `<script>${before}</script>${tag()}`) });
  const page = await stage.tab();
  await page.goto(SHOP);
  for (const path of ['/second', '/third']) await page.evaluate(`push({}, '', '${path}')`);
  await page.waitForTimeout(50);
  await page.evaluate(`push({}, '', '/fourth')`);
  await stage.settle(page);
  expect(views().map(([u]) => u)).toEqual(['/', '/second', '/third', '/fourth'].map((path) => SHOP + path));
});

test.each(['<nav id="navigation"></nav>', '<script>var navigation = { addEventListener() {} }</script>'])(
  'a page may have %s of its own',
  async (body) => {
    stage.papers.set(`${SHOP}/`, { html: paper(body) });
    const page = await stage.tab();
    await page.goto(SHOP);
    await page.evaluate(pushTo('/a'));
    await stage.settle(page);
    expect(views().map(([u]) => u)).toEqual([`${SHOP}/`, `${SHOP}/a`]);
  },
);

describe('parameters that are part of the page', () => {
  const cases: [attributes: string, given: string[], expected: string[]][] = [
    [
      'data-query="v, page"',
      ['/watch?v=2', '/watch?v=2&x=1', '/watch?x=2&v=2', '/watch?v=2&page=3'],
      ['/watch?v=2', '/watch?v=2&page=3'],
    ],
    ['data-query="v"', ['/watch?x=1', '/watch?v=', '/watch', '/watch?V=1'], ['/watch?x=1']],
    ['', ['/watch?v=2'], []],
  ];
  test.each(cases)('%s', async (attributes, given, expected) => {
    stage.papers.set(`${SHOP}/watch`, { html: paper('', tag(attributes)) });
    const page = await stage.tab();
    await page.goto(`${SHOP}/watch?v=1`);
    for (const path of given) {
      await page.evaluate(pushTo(path));
      await page.waitForTimeout(20);
    }
    await stage.settle(page);
    expect(views().map(([u]) => u)).toEqual(['/watch?v=1', ...expected].map((path) => SHOP + path));
  });
});

describe('a page in a tab behind', () => {
  const HIDDEN = `
    window.behind = true;
    Object.defineProperty(document, 'hidden', { get: () => behind, configurable: true });
    Object.defineProperty(document, 'visibilityState', { get: () => behind ? 'hidden' : 'visible', configurable: true });
  `;
  const turn = (page: Page, behind: boolean) =>
    page.evaluate((now) => {
      Object.assign(window, { behind: now });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, behind);
  const open = async (attributes = ''): Promise<Page> => {
    stage.papers.set(`${SHOP}/`, { html: paper('', tag(attributes)) });
    const page = await stage.tab();
    await page.addInitScript(HIDDEN);
    await page.clock.install();
    await page.goto(SHOP, { referer: 'https://news.example/' });
    await stage.pass(page, 5000);
    return page;
  };

  test('is a view when it is first seen, with what it is called then', async () => {
    const page = await open();
    await page.evaluate(`passerby.track('early'); document.title = 'Ready'`);
    await stage.pass(page, 60_000);
    expect(stage.arrivals).toEqual([]);
    await turn(page, false);
    await stage.pass(page, 2000);
    await turn(page, true);
    await turn(page, false);
    await stage.pass(page, 2000);
    expect(
      stage
        .kinds()
        .filter((kind) => kind !== 'engage')
        .sort(),
    ).toEqual(['event', 'view']);
    expect(views()).toEqual([[`${SHOP}/`, 'Ready']]);
    const engaged = stage.items().flatMap((item) => (item.k === 'engage' ? [item.ms] : []));
    expect(engaged.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(3000);
  });

  test('is none when it never is', async () => {
    const page = await open();
    await page.evaluate(`${pushTo('/a')}; passerby.track('a')`);
    await stage.settle(page);
    expect(stage.arrivals).toEqual([]);
  });

  test('that goes elsewhere before is a view of where it is then', async () => {
    const page = await open();
    await steps(page, pushTo('/a'), 2000);
    await turn(page, false);
    await stage.pass(page, 2000);
    expect(views().map(([u]) => u)).toEqual([`${SHOP}/a`]);
  });

  test('sends nothing of its own views either', async () => {
    const page = await open('data-manual');
    await page.evaluate(`passerby.view()`);
    await stage.pass(page, 5000);
    expect(stage.arrivals).toEqual([]);
    await turn(page, false);
    await stage.pass(page, 2000);
    expect(stage.kinds().filter((kind) => kind !== 'engage')).toEqual(['view']);
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
