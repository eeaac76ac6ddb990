import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fullTag, openStage, paper, SHOP, type Stage, soon } from './testing/stage.ts';
import type { LogItem } from './wire.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ page: paper('', fullTag()), isUnhurried: true });
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const open = async () => {
  const page = await stage.tab();
  await stage.openTimed(page);
  expect(stage.kinds()).toEqual(['view']);
  return page;
};
/** Lets all that waits be sent, and what outgrew the browser's limit be sent again. */
const finish = async (page: Page): Promise<void> => {
  for (const seconds of [1, 3, 60]) await stage.pass(page, seconds * 1000);
};
/** Kinds of the items of each beacon. */
const beacons = () => stage.arrivals.map(({ beacon }) => beacon.i.map(({ k }) => k));

test('what is reported while the page loads goes with its view', async () => {
  stage.papers.set(`${SHOP}/`, {
    html: paper('<script>addEventListener("DOMContentLoaded", () => passerby.track("ready"))</script>'),
  });
  const page = await stage.page();
  await page.goto(SHOP);
  await soon(beacons).toEqual([['view', 'event']]);
});

test('what is reported within a second goes together, under an id of its own, with its ages', async () => {
  const page = await open();
  await page.evaluate(`
    passerby.track('first');
    setTimeout(() => passerby.log('info', 'second'), 400);
    setTimeout(() => passerby.track('third'), 2000);
  `);
  for (const ms of [1500, 2500]) await stage.pass(page, ms);
  expect(beacons()).toEqual([['view'], ['event', 'log'], ['event']]);
  const [first, second] = stage.arrivals[1]?.beacon.i ?? [];
  expect((first?.a ?? 0) - (second?.a ?? 0)).toBeGreaterThanOrEqual(390);
  expect(new Set(stage.arrivals.map(({ beacon }) => beacon.b)).size).toBe(3);
});

test('a beacon has at most 100 items', async () => {
  const page = await open();
  await page.evaluate(`for (let n = 0; n < 250; n++) passerby.track('event ' + n)`);
  await finish(page);
  expect(stage.items()).toHaveLength(251);
  expect(Math.max(...beacons().map(({ length }) => length))).toBeLessThanOrEqual(100);
  expect(beacons().length).toBeLessThan(10);
});

test.each([
  ['ASCII', 'x'],
  ['three bytes a character', '語'],
  ['escaped', '\u0001'],
])('bodies stay below 60 kB: %s', async (_, character) => {
  const page = await open();
  await page.evaluate((text) => {
    for (let n = 0; n < 40; n++) window.passerby?.log?.('info', n + text.repeat(4000));
  }, character);
  await finish(page);
  expect(stage.items()).toHaveLength(41);
  expect(Math.max(...stage.arrivals.map(({ bytes }) => bytes))).toBeLessThan(60_000);
  const numbers = stage
    .items()
    .filter((item): item is LogItem => item.k === 'log')
    .map(({ m }) => Number.parseInt(m, 10));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
});

test('an item that is too long alone keeps nothing else from being sent', async () => {
  const page = await open();
  await page.evaluate(() => {
    const properties = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [n, '\u0001'.repeat(500)]));
    window.passerby?.track?.('before');
    window.passerby?.track?.('too long', properties);
    window.passerby?.track?.('after');
  });
  await finish(page);
  const names = stage.arrivals.map(({ beacon }) => beacon.i.map((item) => (item.k === 'event' ? item.n : item.k)));
  expect(names.sort()).toEqual([['after'], ['before'], ['too long'], ['view']]);
});

test.each([
  ['is cut after 4,096 characters', paper().replace('Shop', 'x'.repeat(70_000)), 'x'.repeat(4096)],
  ['may be hidden by an element of that name', paper('<form name="title"></form>'), '[object HTMLFormElement]'],
])('a title %s', async (_, html, title) => {
  stage.papers.set(`${SHOP}/`, { html });
  const page = await stage.page();
  await page.goto(SHOP);
  await soon(() => stage.arrivals.map(({ beacon }) => beacon.t)).toEqual([title]);
});
