import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listed } from './lists.ts';
import { openStage, paper, SHOP, STATS, type Stage, soon, tag } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/** The shop with a script before the tag. */
const open = async (attributes: string, before = '', path = '/'): Promise<Page> => {
  stage.papers.set(SHOP + path.split('?')[0], { html: paper('', `<script>${before}</script>${tag(attributes)}`) });
  const page = await stage.page();
  await page.goto(SHOP + path);
  return page;
};
/** Path and properties of the page, and kind, or name and properties, of each item but engagement. */
const reported = () =>
  stage.arrivals.flatMap(({ beacon: { u, p, i } }) =>
    i.flatMap((item) => {
      if (item.k === 'engage') return [];
      return [[new URL(u).pathname, p, item.k === 'event' ? item.n : item.k]];
    }),
  );

describe('sites and collectors', () => {
  test.each([
    [
      'data-site="a.example,b.example"',
      [
        ['a.example', `${STATS}/in`],
        ['b.example', `${STATS}/in`],
      ],
    ],
    [
      'data-to="http://one.example/in,http://two.example/in" data-site="a.example"',
      [
        ['a.example', 'http://one.example/in'],
        ['a.example', 'http://two.example/in'],
      ],
    ],
  ])('%s', async (attributes, expected) => {
    const page = await open(attributes);
    await soon(() => stage.arrivals).toHaveLength(2);
    await page.evaluate(`passerby.track('one')`);
    await stage.settle(page);
    // Engagement goes with the event, or by itself after it.
    const sent = stage.arrivals.flatMap(({ to, beacon: { s, i } }) =>
      i.flatMap(({ k }) => (k === 'engage' ? [] : [[s, to, k]])),
    );
    expect(sent.sort()).toEqual(
      expected
        .flatMap((one) => [
          [...one, 'event'],
          [...one, 'view'],
        ])
        .sort(),
    );
    expect(new Set(stage.arrivals.map(({ beacon }) => beacon.b)).size).toBe(stage.arrivals.length);
  });

  test('one collector that fails does not hold up the other', async () => {
    stage.reply = ({ to }) => ({ status: to.includes('one') ? 503 : 202 });
    stage.papers.set(`${SHOP}/`, { html: paper('', tag('data-to="http://one.example/in,http://two.example/in"')) });
    const page = await stage.tab();
    await stage.openTimed(page);
    // The first is tried again after two seconds.
    await stage.pass(page, 3000);
    const hosts = stage.arrivals.map(({ to }) => new URL(to).hostname);
    expect(hosts.sort()).toEqual(['one.example', 'one.example', 'two.example']);
  });
});

test.each([
  ['data-site="a.example, b.example"', ['a.example', 'b.example']],
  ['data-site=" a.example\n  b.example "', ['a.example', 'b.example']],
  ['data-site="a.example,,"', ['a.example']],
  ['data-site=" "', ['shop.example']],
  [`data-to="${STATS}/in , http://two.example/in"`, ['shop.example', 'shop.example']],
])('people put spaces into lists: %s', async (attributes, expected) => {
  await open(attributes);
  await soon(() => stage.arrivals.map(({ beacon }) => beacon.s).sort()).toEqual(expected);
});

test('a list of the package is an array', async () => {
  expect(listed(['a.example', 'b.example'])).toEqual(['a.example', 'b.example']);
  expect(listed('/a, /b\n/c  ')).toEqual(['/a', '/b', '/c']);
  expect(listed(' ', ['/d'])).toEqual(['/d']);
  expect(listed(undefined)).toEqual([]);
});

describe('beforeSend', () => {
  test.each([
    ['null', '() => null', []],
    ['nothing', '() => {}', []],
    ['throws', '() => { throw new Error("no") }', []],
    ['no function', '"text"', []],
    ['as it is', '(item) => item', ['view', 'signup', 'secret']],
    ['some', `(item) => (item.n === 'secret' ? null : item)`, ['view', 'signup']],
    ['throws for some', `(item) => { if (item.n === 'secret') throw 1; return item }`, ['view', 'signup']],
    ['another item', `(item) => (item.k === 'event' ? { k: 'event', n: 'other' } : item)`, ['view', 'other', 'other']],
  ])('%s', async (_, beforeSend, expected) => {
    const page = await open('', `window.passerby = { beforeSend: ${beforeSend} }`);
    await page.evaluate(`passerby.track('signup'); passerby.track('secret')`);
    await stage.settle(page);
    expect(reported().map(([, , what]) => what)).toEqual(expected);
    expect(stage.items().every(({ a }) => typeof a === 'number' && a >= 0)).toBe(true);
    expect(stage.failures).toEqual([]);
  });

  test('may change the page, and is told what it is', async () => {
    const change = `(item, page) => { window.told = { ...page }; page.u = page.u.replace('4711', 'ID'); delete page.t; return item }`;
    const page = await open(
      'data-props=\'{"author":"Ann"}\'',
      `window.passerby = { beforeSend: ${change} }`,
      '/order/4711',
    );
    await soon(reported).toEqual([['/order/ID', '{"author":"Ann"}', 'view']]);
    expect(stage.arrivals[0]?.beacon).not.toHaveProperty('t');
    expect(await page.evaluate('told')).toMatchObject({ u: `${SHOP}/order/4711`, t: 'Shop', p: '{"author":"Ann"}' });
  });
});

test('of an excluded page nothing is reported, of the others all is', async () => {
  const page = await open('data-exclude="/admin/*,/draft"', '', '/admin/users/1');
  await page.evaluate(`
    passerby.track('signup');
    history.pushState({}, '', '/next?from=/admin/users/1');
    passerby.track('next');
    history.pushState({}, '', '/draft');
    passerby.track('saved');
  `);
  await stage.settle(page);
  expect(reported()).toEqual([
    ['/next', undefined, 'view'],
    ['/next', undefined, 'next'],
  ]);
  expect(new Set(stage.arrivals.map(({ beacon }) => new URL(beacon.u).pathname))).toEqual(new Set(['/next']));
  expect(stage.failures).toEqual([]);
});

describe('manual', () => {
  test('only the views that the page reports', async () => {
    const page = await open('data-manual', '', '/start?x=1');
    await page.evaluate(`
      passerby.track('before');
      history.pushState({}, '', '/moved');
      passerby.track('still before');
      passerby.view({ url: '/virtual?q=1', title: 'Virtual', props: { step: 2 } });
      passerby.track('after');
      history.pushState({}, '', '/moved-again');
      passerby.track('still after');
      passerby.view();
    `);
    await stage.settle(page);
    // Beacons may overtake each other.
    expect(reported().sort()).toEqual(
      [
        ['/start', undefined, 'before'],
        ['/start', undefined, 'still before'],
        ['/virtual', { step: 2 }, 'view'],
        ['/virtual', { step: 2 }, 'after'],
        ['/virtual', { step: 2 }, 'still after'],
        ['/moved-again', { step: 2 }, 'view'],
      ].sort(),
    );
    const titles = stage.arrivals.map(({ beacon }) => [new URL(beacon.u).pathname, beacon.t]);
    expect(titles).toContainEqual(['/virtual', 'Virtual']);
    expect(titles).toContainEqual(['/moved-again', 'Shop']);
  });

  test('nothing at all if the page reports none', async () => {
    const page = await open('data-manual');
    await page.evaluate(`history.pushState({}, '', '/moved')`);
    await stage.settle(page);
    expect(stage.arrivals).toEqual([]);
  });

  test('engagement belongs to the view it was measured in', async () => {
    const page = await open('data-manual');
    await page.evaluate(`passerby.view({ url: '/one' })`);
    await page.waitForTimeout(300);
    await page.evaluate(`passerby.view({ url: '/two' })`);
    await soon(stage.kinds).toContain('engage');
    const where = stage.arrivals.flatMap(({ beacon }) => beacon.i.map(({ k }) => [new URL(beacon.u).pathname, k]));
    expect(where.slice(0, 2)).toEqual([
      ['/one', 'view'],
      ['/one', 'engage'],
    ]);
  });
});

describe('properties of the page', () => {
  test.each([
    ['an object', '{"author":"Ann","words":500}'],
    ['no JSON', '{author}'],
    ['empty', ''],
  ])('data-props goes as it is: %s', async (_, json) => {
    await open(`data-props='${json}'`);
    await soon(reported).toEqual([['/', json, 'view']]);
    expect(stage.failures).toEqual([]);
  });

  test('set later, they hold for the page and those after it, until they are set again', async () => {
    const page = await open('data-props=\'{"author":"Ann"}\'');
    await soon(reported).toHaveLength(1);
    await page.evaluate(`
      const bob = { author: 'Bob' };
      passerby.page(bob);
      bob.author = 'Eve';
      passerby.track('one');
      history.pushState({}, '', '/two');
      passerby.track('two');
      history.pushState({}, '', '/three');
      passerby.page({ section: 'news' });
    `);
    await stage.settle(page);
    // Beacons may overtake each other.
    expect(reported().sort()).toEqual(
      [
        ['/', '{"author":"Ann"}', 'view'],
        ['/', { author: 'Bob' }, 'one'],
        ['/two', { author: 'Bob' }, 'view'],
        ['/two', { author: 'Bob' }, 'two'],
        ['/three', { section: 'news' }, 'view'],
      ].sort(),
    );
  });

  test('set while the page loads, they stand on its view', async () => {
    stage.papers.set(`${SHOP}/`, {
      html: paper(`<script>addEventListener('DOMContentLoaded', () => passerby.page({ author: 'Ann' }))</script>`),
    });
    await (await stage.page()).goto(SHOP);
    await soon(reported).toEqual([['/', { author: 'Ann' }, 'view']]);
  });
});

test('revenue goes as a text, whatever it says', async () => {
  const cases: [given: string, sent: string | undefined][] = [
    [`[12.5, 'EUR']`, '12.5,EUR'],
    [`{ amount: 12.5, currency: 'EUR' }`, '12.5,EUR'],
    [`{ currency: 'EUR', value: '12.50' }`, 'EUR,12.50'],
    [`['12.50', 'usd']`, '12.50,usd'],
    [`[0.1 + 0.2, 'EUR']`, '0.30000000000000004,EUR'],
    [`[-3, 'EUR']`, '-3,EUR'],
    [`[0, 'EUR']`, '0,EUR'],
    [`'12.50 EUR'`, '12.50 EUR'],
    [`[NaN, 'EUR']`, 'NaN,EUR'],
    [`12`, '12'],
    [`0`, undefined],
    [`false`, undefined],
    [`null`, undefined],
  ];
  const page = await open('');
  for (const [given] of cases) await page.evaluate(`passerby.track(${JSON.stringify(given)}, {}, ${given})`);
  await stage.settle(page);
  expect(stage.items().filter(({ k }) => k === 'event')).toEqual(
    cases.map(([n, $]) => ({ k: 'event', n, p: {}, a: expect.any(Number), ...($ && { $ }) })),
  );
});

test('a page in a frame counts when it has a tag of its own, as led to by the page around it', async () => {
  stage.papers.set(`${SHOP}/`, { html: paper('<iframe src="/tagged"></iframe><iframe src="/plain"></iframe>') });
  stage.papers.set(`${SHOP}/plain`, { html: '<p>no tag</p>' });
  const page = await stage.page();
  await page.goto(SHOP, { referer: 'https://news.example/' });
  await soon(() => stage.arrivals).toHaveLength(2);
  await stage.settle(page);
  const views = stage.arrivals.filter(({ beacon }) => beacon.i[0]?.k === 'view');
  expect(views.map(({ beacon: { u, r } }) => [u, r]).sort()).toEqual([
    [`${SHOP}/`, 'https://news.example/'],
    [`${SHOP}/tagged`, `${SHOP}/`],
  ]);
});
