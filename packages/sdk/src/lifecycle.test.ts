import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { library } from '../tsup.config.ts';
import { buildFiles, fullTag, openStage, paper, SHOP, STATS, type Stage, soon, tag } from './testing/stage.ts';

let stage: Stage;
let files: Map<string, Buffer>;
beforeAll(async () => {
  files = await buildFiles(library);
  stage = await openStage({ isUnhurried: true });
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/** The stub that the README teaches. */
const STUB = `<script>
  window.passerby ??= {}; passerby.q ??= [];
  for (const call of ['track', 'view', 'page', 'log', 'stop'])
    passerby[call] ??= (...given) => passerby.q.length > 99 || passerby.q.push([call, ...given]);
</script>`;

/** Serves the package as modules. */
const servePackage = (): void => {
  for (const [name, code] of files)
    if (name.endsWith('.js'))
      stage.papers.set(`${SHOP}/${name}`, { html: String(code), headers: { 'content-type': 'text/javascript' } });
};
const init = (entry = 'index', more = '') => `<script type="module">
  import { init, track } from '/${entry}.js';
  init({ site: 'shop.example', to: '${STATS}/in' });
  ${more}
</script>`;

const open = async (head: string, body = ''): Promise<Page> => {
  stage.papers.set(`${SHOP}/`, { html: paper(body, head) });
  servePackage();
  const page = await stage.tab();
  await page.goto(SHOP);
  return page;
};
/** Names of events, kinds of the rest. */
const names = () => stage.items().map((item) => (item.k === 'event' ? item.n : item.k));
const seen = () => names().filter((name) => name !== 'engage');

describe('whatever is called in whatever state of the script, nothing is thrown', () => {
  const CALLS = `
    passerby.track('Buy', { plan: 'pro' }, [1, 'EUR']);
    passerby.view({ url: '/x' });
    passerby.page({ author: 'Ann' });
    passerby.log('warn', 'text');
    passerby.stop();
    passerby.stop();
    passerby.track('after');
  `;
  test.each([
    ['there', `${STUB}${fullTag()}`],
    ['blocked', `${STUB}<script defer src="http://blocked.example:1/p.js"></script>`],
    ['late', STUB],
    ['off', `<script>window.passerby = { off: true }</script>${STUB}${fullTag()}`],
    ['set up before', `<script>window.passerby = { beforeSend: (item) => item }</script>${STUB}${fullTag()}`],
    ['not the full one', `${STUB}${tag()}`],
  ])('%s', async (_, head) => {
    const page = await open(head, `<script>${CALLS}</script>`);
    await page.evaluate(CALLS);
    await stage.settle(page);
    expect(stage.failures).toEqual([]);
  });
});

describe('what is called before the script is there is kept for it', () => {
  test.each([
    ['tag', `${STUB}<script>{ CALLS }</script>${fullTag('data-props="{}"')}`],
    ['package', `${STUB}<script>{ CALLS }</script>${init('full')}`],
    [
      'the stub comes after options',
      `<script>window.passerby = { beforeSend: (item) => item }</script>${STUB}<script>{ CALLS }</script>${fullTag()}`,
    ],
  ])('%s', async (_, head) => {
    const calls = `
      const { track } = passerby;
      passerby.page({ author: 'Ann' });
      track('one', { a: 1 }, [1, 'EUR'], { interactive: false });
      passerby.log('warn', 'text');
      addEventListener('load', () => setTimeout(() => track('by the stub, later'), 50));
    `;
    const page = await open(head.replace('CALLS', calls));
    await page.waitForTimeout(200);
    await stage.settle(page);
    expect(seen()).toEqual(['view', 'one', 'log', 'by the stub, later']);
    expect(stage.arrivals[0]?.beacon.p).toEqual({ author: 'Ann' });
    expect(stage.items()[1]).toMatchObject({ p: { a: 1 }, $: '1,EUR', ni: 1 });
  });

  test('by the package before its own init', async () => {
    const page = await open(`<script type="module">
      import { init, track, page, view } from '/index.js';
      page({ author: 'Ann' });
      track('early');
      for (let n = 0; n < 3000; n++) track('many');
      init({ to: '${STATS}/in' });
      track('late');
    </script>`);
    await stage.settle(page);
    const counted = seen();
    expect(counted.slice(0, 2)).toEqual(['view', 'early']);
    expect(counted.length).toBeLessThanOrEqual(1001);
    expect(stage.arrivals[0]?.beacon.p).toEqual({ author: 'Ann' });
  });

  test('and goes nowhere if nothing may be reported', async () => {
    const page = await open(
      `<script>window.passerby = { off: true }</script>${STUB}<script>passerby.track('early')</script>${tag()}`,
    );
    await stage.settle(page);
    expect(stage.arrivals).toEqual([]);
  });
});

describe('a page is counted once', () => {
  const inline = (code: string) => `<script>${code}</script>`;
  test.each([
    ['two tags', tag() + tag()],
    ['two tags of both files', tag() + fullTag()],
    ['the other way round', fullTag() + tag()],
    ['a tag, then init', tag() + init()],
    ['init, then a tag', init() + tag()],
    ['init of both entries', init() + init('full')],
    ['two calls of init', init('index', `init({ site: 'shop.example', to: '${STATS}/in' })`)],
    ['with the stub', STUB + tag() + tag()],
    ['with options', inline('window.passerby = { beforeSend: (item) => item }') + tag() + init()],
    [
      'a tag that comes later',
      tag() +
        inline(
          `setTimeout(() => document.head.append(Object.assign(document.createElement('script'), { src: '${STATS}/p.js' })), 20)`,
        ),
    ],
  ])('%s', async (_, head) => {
    const page = await open(head, '<button data-passerby-event="Buy">Buy</button>');
    await page.waitForTimeout(200);
    await page.click('button');
    await page.evaluate(`passerby.track('call'); history.pushState({}, '', '/a')`);
    await page.waitForTimeout(20);
    await stage.settle(page);
    expect(seen()).toEqual(['view', 'Buy', 'call', 'view']);
  });

  test('calls of the one that came second reach the first', async () => {
    const page = await open(`${tag()}<script type="module">
      import { init, track } from '/index.js';
      init({ site: 'shop.example', to: '${STATS}/in' });
      track('by the package');
    </script>`);
    await stage.settle(page);
    expect(seen()).toEqual(['view', 'by the package']);
  });
});

describe('stop', () => {
  test.each([
    ['with the Navigation API', ''],
    ['without', '<script>Object.defineProperty(window, "navigation", { value: undefined })</script>'],
  ])('ends it, %s: nothing that waits is sent, nothing that is heard is reported any more', async (_, before) => {
    const page = await open(before + tag(), '<button data-passerby-event="Buy">Buy</button>');
    await page.evaluate(`passerby.track('waits'); passerby.stop()`);
    await page.click('button');
    await page.evaluate(
      `passerby.track('after'); passerby.view(); passerby.page({}); history.pushState({}, '', '/a'); scrollTo(0, 9)`,
    );
    await page.waitForTimeout(1500);
    await stage.settle(page);
    expect(stage.arrivals).toEqual([]);
    expect(stage.failures).toEqual([]);
  });

  test('and set up again it hears each act once', async () => {
    const page = await open(
      init('index', `window.again = () => init({ to: '${STATS}/in' })`),
      '<button data-passerby-event="Buy">Buy</button>',
    );
    await page.evaluate(`passerby.stop(); again(); passerby.stop(); again()`);
    await page.click('button');
    await page.evaluate(`history.pushState({}, '', '/a')`);
    await page.waitForTimeout(20);
    await stage.settle(page);
    expect(seen()).toEqual(['view', 'Buy', 'view']);
  });

  test('what failed before is not tried again', async () => {
    stage.reply = () => ({ status: 503 });
    const page = await stage.tab();
    await stage.openTimed(page);
    expect(stage.arrivals).toHaveLength(1);
    await page.evaluate('passerby.stop()');
    for (const ms of [5000, 60_000, 600_000]) await stage.pass(page, ms);
    expect(stage.arrivals).toHaveLength(1);
  });

  test('by the package, and set up again', async () => {
    const page = await open(`<script type="module">
      import * as passerby from '/index.js';
      window.sdk = passerby;
      sdk.stop();
      sdk.init({ site: 'one.example', to: '${STATS}/in' });
    </script>`);
    await soon(stage.kinds).toEqual(['view']);
    await page.evaluate(
      `sdk.stop(); sdk.track('between'); sdk.init({ site: 'two.example', to: '${STATS}/in' }); sdk.track('after')`,
    );
    await stage.settle(page);
    expect(
      stage.arrivals.flatMap(({ beacon: { s, i } }) => i.map((item) => [s, item.k === 'event' ? item.n : item.k])),
    ).toEqual([
      ['one.example', 'view'],
      ['two.example', 'view'],
      ['two.example', 'after'],
      ['two.example', 'engage'],
    ]);
  });

  test('by a tag, and set up again by another', async () => {
    const page = await open(tag());
    await soon(stage.kinds).toEqual(['view']);
    await page.evaluate(
      `passerby.stop(); document.head.append(Object.assign(document.createElement('script'), { src: '${STATS}/p.js' }))`,
    );
    await soon(stage.kinds).toEqual(['view', 'view']);
    await page.evaluate(`passerby.track('after')`);
    await stage.settle(page);
    expect(seen()).toEqual(['view', 'view', 'after']);
  });
});

describe('why nothing is counted stands in the console, once', () => {
  const told = async (head: string, before = '', address = SHOP): Promise<string[]> => {
    stage.papers.set(new URL(address).href, { html: paper('', head) });
    servePackage();
    const page = await stage.tab();
    const lines: string[] = [];
    page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
    await page.addInitScript(before);
    await page.goto(address);
    await page.waitForTimeout(200);
    return lines.filter((line) => line.includes('Passerby'));
  };
  const DRIVEN = 'Object.defineProperty(navigator, "webdriver", { value: true })';
  const GPC = 'Object.defineProperty(navigator, "globalPrivacyControl", { value: true })';
  test.each([
    ['localhost', tag(), '', 'http://localhost/', 'localhost'],
    ['a driven browser', tag(), DRIVEN, SHOP, 'webdriver'],
    ['Global Privacy Control', tag(), GPC, SHOP, 'GPC'],
    ['off', tag(), 'window.passerby = { off: true }', SHOP, 'off'],
    ['a second tag', tag() + tag(), '', SHOP, 'twice'],
    ['another file', tag() + fullTag(), '', SHOP, 'twice'],
    ['init beside a tag', tag() + init(), '', SHOP, 'twice'],
    [
      'init again and again',
      init('index', `for (let n = 0; n < 9; n++) init({ to: '${STATS}/in' });`),
      '',
      SHOP,
      'twice',
    ],
    ['an inline copy without data-to', `<script>INLINE</script>`, '', SHOP, 'no tag'],
  ])('%s', async (_, head, before, address, reason) => {
    const lines = await told(
      head.replace('INLINE', () => String(stage.script('p.js'))),
      before,
      address,
    );
    expect(lines).toEqual([`info: Passerby: ${reason}`]);
  });

  test('and nothing where all is counted', async () => {
    expect(await told(tag())).toEqual([]);
  });
});

describe('the tag is found', () => {
  test.each([
    ['of a module', `<script type="module" src="${STATS}/p.js" data-site="found.example"></script>`],
    [
      'whose text a loader runs',
      `<script type="text/plain" src="${STATS}/p.js" data-site="found.example"></script><script>fetch('${STATS}/p.js').then((answer) => answer.text()).then((code) => (0, eval)(code))</script>`,
    ],
    ['that is an inline copy', `<script data-to="${STATS}/in" data-site="found.example">INLINE</script>`],
  ])('%s', async (_, head) => {
    await open(head.replace('INLINE', () => String(stage.script('p.js'))));
    await soon(stage.kinds).toEqual(['view']);
    expect(stage.arrivals[0]).toMatchObject({ to: `${STATS}/in`, beacon: { s: 'found.example' } });
  });
});
