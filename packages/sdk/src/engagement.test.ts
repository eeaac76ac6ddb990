import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStage, paper, SHOP, type Stage, soon, tag } from './testing/stage.ts';
import type { EngageItem } from './wire.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ isUnhurried: true });
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const engagements = () =>
  stage.arrivals.flatMap(({ beacon }) =>
    beacon.i
      .filter((item): item is EngageItem => item.k === 'engage')
      .map(({ ms, sc, vm, vs }) => ({ u: beacon.u, ms, sc, vm, vs })),
  );

/** A tab on a page of 4,000 pixels, seen through 1,000. */
const openLongPage = async () => {
  stage.papers.set(`${SHOP}/long`, { html: paper('<style>body{margin:0}</style><div style="height:4000px"></div>') });
  const page = await stage.tab({ viewport: { width: 800, height: 1000 } });
  await page.goto(`${SHOP}/long`);
  await soon(stage.kinds).toEqual(['view']);
  return page;
};

test('leaving a page reports once how long it was seen, and how far', async () => {
  const before = performance.now();
  const page = await openLongPage();
  await page.waitForTimeout(500);
  await page.goto('about:blank');
  await soon(engagements).toHaveLength(1);
  const elapsed = performance.now() - before;
  // A second one would arrive before what the next page reports.
  await page.goto(SHOP);
  await soon(stage.kinds).toContain('view');
  const ms = engagements()[0]?.ms;
  expect(engagements()).toEqual([{ u: `${SHOP}/long`, ms: expect.any(Number), sc: 25, vm: ms, vs: 25 }]);
  expect(engagements()[0]?.ms).toBeGreaterThanOrEqual(490);
  expect(engagements()[0]?.ms).toBeLessThanOrEqual(elapsed);
});

test('the deepest point counts, also after scrolling back', async () => {
  const page = await openLongPage();
  for (const y of [2000, 0]) {
    await page.evaluate((to) => scrollTo(0, to), y);
    // Browsers tell of it with the next frame.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
  await page.goto('about:blank');
  await soon(engagements).toMatchObject([{ sc: 75 }]);
});

test('deltas and totals are sent whenever the page is hidden; a view scrolls 100 percent at most', async () => {
  const page = await openLongPage();
  const hide = async (hidden: boolean) => {
    // Headless Chromium shows all its tabs, always: the state is set, the event is dispatched.
    await page.evaluate((now) => {
      Object.defineProperty(document, 'hidden', { value: now, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  };
  await page.evaluate(() => scrollTo(0, 1000));
  await page.waitForTimeout(300);
  await hide(true);
  await soon(engagements).toHaveLength(1);
  await page.waitForTimeout(1500);
  await hide(false);
  await page.evaluate(() => scrollTo(0, 3000));
  await page.waitForTimeout(300);
  await hide(true);
  await soon(engagements).toHaveLength(2);
  await hide(false);
  await hide(true);
  const [first, second, ...rest] = engagements();
  expect([first?.sc, second?.sc]).toEqual([50, 50]);
  expect([first?.vs, second?.vs]).toEqual([50, 100]);
  expect([first?.vm, second?.vm]).toEqual([first?.ms, (first?.ms ?? 0) + (second?.ms ?? 0)]);
  // The time it was hidden is in neither.
  expect(second?.ms).toBeGreaterThanOrEqual(290);
  expect(second?.ms).toBeLessThan(1500);
  expect(rest.every(({ sc }) => sc === 0)).toBe(true);
});

test('a change of the path reports the page before it under its own address, and starts anew', async () => {
  const page = await openLongPage();
  await page.evaluate(() => scrollTo(0, 1000));
  await page.waitForTimeout(300);
  await page.evaluate(`
    history.pushState({}, '', '/next');
    document.querySelector('div').style.height = '2000px';
    scrollTo(0, 0);
  `);
  await soon(() => stage.kinds().sort()).toEqual(['engage', 'view', 'view']);
  await page.goto('about:blank');
  await soon(engagements).toHaveLength(2);
  expect(engagements()).toMatchObject([
    { u: `${SHOP}/long`, sc: 50, vs: 50 },
    { u: `${SHOP}/next`, sc: 50, vs: 50 },
  ]);
  expect(engagements().map(({ vm }) => vm)).toEqual(engagements().map(({ ms }) => ms));
});

test('a router that writes the same path again and again reports nothing', async () => {
  const page = await openLongPage();
  await page.evaluate(`for (let n = 0; n < 20; n++) history.replaceState({ n }, '')`);
  await stage.settle(page);
  // The end of the page alone.
  expect(stage.kinds()).toEqual(['view', 'engage']);
});

describe('without the focus', () => {
  /** A page whose clock a test moves, and which has the focus or not. */
  const open = async (): Promise<Page> => {
    const page = await stage.tab();
    await page.addInitScript('window.focused = true; document.hasFocus = () => focused');
    await page.clock.install();
    await page.goto(SHOP);
    await stage.pass(page, 2000);
    return page;
  };
  const focus = (page: Page, focused: boolean) =>
    page.evaluate((now) => {
      Object.assign(window, { focused: now });
      dispatchEvent(new Event(now ? 'focus' : 'blur'));
    }, focused);
  const total = async (page: Page): Promise<number> => {
    await stage.settle(page);
    return engagements().reduce((sum, { ms }) => sum + ms, 0) / 1000;
  };

  test('a minute counts, and no more', async () => {
    const page = await open();
    await focus(page, false);
    for (let minute = 0; minute < 10; minute++) await stage.pass(page, 60_000);
    const seconds = await total(page);
    expect(seconds).toBeGreaterThan(61);
    expect(seconds).toBeLessThan(66);
  });

  test('the time goes on when it is back', async () => {
    const page = await open();
    await focus(page, false);
    for (let minute = 0; minute < 10; minute++) await stage.pass(page, 60_000);
    await focus(page, true);
    await stage.pass(page, 30_000);
    const seconds = await total(page);
    expect(seconds).toBeGreaterThan(91);
    expect(seconds).toBeLessThan(97);
  });

  test('the view so far is the sum of its reports, over changes of the focus and of being hidden', async () => {
    const page = await open();
    for (const hidden of [true, false, true, false, true]) {
      await focus(page, hidden);
      await stage.pass(page, 10_000);
      await page.evaluate((now) => {
        Object.defineProperty(document, 'hidden', { value: now, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
      await stage.pass(page, 10_000);
    }
    let sum = 0;
    const sums = engagements().map(({ ms }) => (sum += ms));
    expect(sums.length).toBeGreaterThan(2);
    expect(engagements().map(({ vm }) => vm)).toEqual(sums);
    expect(sum / 1000).toBeGreaterThan(51);
    expect(sum / 1000).toBeLessThan(57);
  });

  test('a short look elsewhere, and another field of the page, change nothing', async () => {
    const page = await open();
    await focus(page, false);
    await stage.pass(page, 30_000);
    await focus(page, true);
    for (let minute = 0; minute < 3; minute++) {
      await focus(page, true);
      await stage.pass(page, 60_000);
    }
    const seconds = await total(page);
    expect(seconds).toBeGreaterThan(211);
    expect(seconds).toBeLessThan(217);
    expect(engagements()).toHaveLength(1);
  });

  test('before there is a view nothing counts', async () => {
    stage.papers.set(`${SHOP}/`, { html: paper('', tag('data-manual')) });
    const page = await open();
    await focus(page, false);
    await focus(page, true);
    await stage.pass(page, 60_000);
    expect(await total(page)).toBe(0);
  });
});

test('nothing listens for unload, which would keep pages out of the back/forward cache', async () => {
  const page = await stage.tab();
  await page.addInitScript(`
    window.heard = [];
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, ...rest) { heard.push(type); return add.call(this, type, ...rest); };
  `);
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  const heard = (await page.evaluate('window.heard')) as string[];
  expect(heard).toContain('pagehide');
  expect(heard.filter((type) => /unload/.test(type))).toEqual([]);
  expect(await page.evaluate('[window.onunload, window.onbeforeunload]')).toEqual([null, null]);
});
