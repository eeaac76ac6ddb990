import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { fullTag, openStage, paper, SHOP, type Stage, soon, tag } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const OFF = 'window.passerby = { off: true }';
const GPC = 'Object.defineProperty(navigator, "globalPrivacyControl", { value: true })';
const NO_GPC = 'Object.defineProperty(navigator, "globalPrivacyControl", { value: false })';
const DNT = 'Object.defineProperty(navigator, "doNotTrack", { value: "1" })';
const DRIVEN = 'Object.defineProperty(navigator, "webdriver", { value: true })';

test.each([
  ['a public page', SHOP, '', ''],
  ['a name that only begins like it', 'http://localhost.example/', '', ''],
  ['localhost in the path', `${SHOP}/localhost/`, '', ''],
  ['no objection', SHOP, NO_GPC, ''],
  ['Do Not Track, which the collector honours', SHOP, DNT, ''],
  ['localhost if asked to', 'http://localhost/', '', 'data-local'],
  ['a driven browser if asked to', SHOP, DRIVEN, 'data-local'],
])('counted: %s', async (_, address, before, attributes) => {
  const page = await stage.tab();
  await page.addInitScript(before);
  stage.papers.set(new URL(address).href, { html: paper('', tag(attributes)) });
  await page.goto(address);
  await soon(stage.kinds).toEqual(['view']);
});

test.each([
  ['off', SHOP, OFF, ''],
  ['off on localhost', 'http://localhost/', OFF, 'data-local'],
  ['Global Privacy Control', SHOP, GPC, ''],
  ['Global Privacy Control on localhost', 'http://localhost/', GPC, 'data-local'],
  ['a driven browser', SHOP, DRIVEN, ''],
  ['localhost', 'http://localhost/', '', ''],
  ['localhost with a port', 'http://localhost:8080/', '', ''],
  ['a name below localhost', 'http://app.localhost/', '', ''],
  ['127.0.0.1', 'http://127.0.0.1/', '', ''],
  ['127.1.2.3', 'http://127.1.2.3/', '', ''],
  ['[::1]', 'http://[::1]/', '', ''],
])('silent: %s', async (_, address, before, attributes) => {
  const page = await stage.tab();
  await page.addInitScript(before);
  stage.papers.set(new URL(address).href, { html: paper('', fullTag(attributes)) });
  await page.goto(address);
  // The calls are there all the same, and do nothing.
  await page.evaluate(`
    passerby.track('signup', { plan: 'pro' });
    passerby.log('warn', 'text');
    history.pushState({}, '', '/a');
    Promise.reject(new Error('seen')); 0
  `);
  await stage.settle(page);
  expect(stage.arrivals).toEqual([]);
  expect(stage.failures).toEqual(['seen']);
});

test('a file is silent', async () => {
  const { path: folder, remove } = temporaryFolder();
  try {
    await writeFile(join(folder, 'page.html'), paper());
    const page = await stage.tab();
    await page.goto(pathToFileURL(join(folder, 'page.html')).href);
    expect(await page.evaluate('typeof passerby.track')).toBe('function');
    await stage.settle(page);
    expect(stage.arrivals).toEqual([]);
  } finally {
    remove();
  }
});
