import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fullTag, openStage, paper, SHOP, STATS, type Stage, soon, tag } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const sentTo = async (script: string): Promise<string[]> => {
  const page = await stage.tab();
  const addresses: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && addresses.push(request.url()));
  stage.papers.set(`${SHOP}/shop/`, { html: paper('', script) });
  await page.goto(`${SHOP}/shop/`);
  await soon(() => addresses).toHaveLength(1);
  return addresses;
};

test.each([
  ['beside the script', tag(), `${STATS}/in`],
  ['beside the script, whatever its query', `<script defer src="${STATS}/p.js?v=2"></script>`, `${STATS}/in`],
  ['to data-to', tag('data-to="https://stats.example/elsewhere"'), 'https://stats.example/elsewhere'],
  ['to a relative data-to', tag('data-to="/collect"'), `${SHOP}/collect`],
])('sends %s', async (_, script, address) => {
  expect(await sentTo(script)).toEqual([address]);
});

test.each([
  ['data-site', tag('data-site="other.example"'), { s: 'other.example' }],
  ['no data-site', tag(''), { s: 'shop.example' }],
  ['data-release', tag('data-release="2026.11.3"'), { s: 'shop.example', rel: '2026.11.3' }],
  ['no defer', `<script src="${STATS}/p.js"></script>`, { s: 'shop.example' }],
  ['async', `<script async src="${STATS}/p.js"></script>`, { s: 'shop.example' }],
  [
    'a script added by a script',
    `<script>
      const added = document.createElement('script');
      added.src = '${STATS}/p.js';
      added.dataset.site = 'added.example';
      document.head.append(added);
    </script>`,
    { s: 'added.example' },
  ],
])('%s', async (_, script, expected) => {
  stage.papers.set(`${SHOP}/`, { html: paper('', script) });
  const page = await stage.page();
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  expect(stage.arrivals[0]?.beacon).toMatchObject(expected);
});

test('a page that holds the tag twice is counted once', async () => {
  stage.papers.set(`${SHOP}/`, { html: paper(tag(), tag()) });
  const page = await stage.page();
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  await page.evaluate(`passerby.track('signup')`);
  await stage.leave(page);
  expect(stage.kinds()).toEqual(['view', 'event', 'engage']);
});

test('a strict Content-Security-Policy has nothing to object to', async () => {
  stage.papers.set(`${SHOP}/`, {
    html: paper('', fullTag()).replace('<link rel="icon" href="data:,">', ''),
    headers: {
      'content-security-policy': `default-src 'none'; script-src ${STATS}; connect-src ${STATS}; require-trusted-types-for 'script'`,
    },
  });
  const page = await stage.tab();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(SHOP);
  await page.evaluate(`passerby.track('signup'); history.pushState({}, '', '/a'); Promise.reject('one'); 0`);
  await stage.settle(page);
  expect(stage.kinds()).toContain('engage');
  const others = stage.kinds().filter((kind) => kind !== 'engage');
  expect(others.sort()).toEqual(['error', 'event', 'view', 'view']);
  expect(complaints.filter((text) => !/favicon|^one$/.test(text))).toEqual([]);
});

test('a policy that forbids sending breaks nothing', async () => {
  stage.papers.set(`${SHOP}/`, {
    html: paper(),
    headers: { 'content-security-policy': `script-src ${STATS}; connect-src 'none'` },
  });
  const page = await stage.tab();
  await page.goto(SHOP);
  await page.evaluate(`passerby.track('signup')`);
  await stage.settle(page);
  expect(stage.failures).toEqual([]);
  expect(stage.arrivals).toEqual([]);
});

/** Browsers call only such pages secure over http, and hide many of the calls from others. */
const SECURE = 'http://localhost/';

/** Notes every touch of what could keep or tell something about the device. */
const WATCH = `
  window.touched = [];
  const watch = (owner, name) => {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    if (!own) throw new Error('nothing to watch: ' + name);
    const wrapped = { ...own };
    for (const way of ['get', 'set', 'value'])
      if (typeof own[way] === 'function')
        wrapped[way] = function (...given) { touched.push(name); return own[way].apply(this, given); };
    Object.defineProperty(owner, name, wrapped);
  };
  const watchAll = (owner, names) => names.forEach((name) => watch(owner, name));
  // Its class has a name of its own in newer browsers only.
  watchAll(Object.getPrototypeOf(document.fonts), ['check', 'load']);
  watchAll(Document.prototype, ['cookie', 'fonts']);
  watchAll(window, ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'name', 'screen', 'devicePixelRatio', 'matchMedia', 'getComputedStyle']);
  watchAll(Storage.prototype, ['getItem', 'setItem', 'removeItem', 'key', 'clear']);
  watchAll(IDBFactory.prototype, ['open', 'databases']);
  watchAll(CacheStorage.prototype, ['open', 'match', 'keys']);
  watchAll(HTMLCanvasElement.prototype, ['getContext', 'toDataURL', 'toBlob']);
  watchAll(Navigator.prototype, [
    'plugins', 'mimeTypes', 'userAgent', 'userAgentData', 'platform', 'language', 'languages', 'hardwareConcurrency',
    'deviceMemory', 'maxTouchPoints', 'storage', 'serviceWorker', 'getBattery', 'permissions', 'mediaDevices', 'cookieEnabled',
  ]);
  watch(OffscreenCanvas.prototype, 'getContext');
  watch(Date.prototype, 'getTimezoneOffset');
  watch(Intl.DateTimeFormat.prototype, 'resolvedOptions');
`;

test('nothing is stored and nothing is probed', async () => {
  stage.papers.set(SECURE, {
    html: paper(
      '<div style="height:4000px"></div>',
      fullTag('data-local data-hash data-release="1" data-console="warn" data-auto="outbound,downloads,forms,404"'),
    ),
  });
  const page = await stage.tab();
  await page.addInitScript(WATCH);
  await page.goto(SECURE);
  await soon(stage.kinds).toEqual(['view']);
  await page.evaluate(`
    passerby.track('signup', { plan: 'pro' });
    passerby.log('warn', 'text');
    Promise.reject(new Error('seen'));
    scrollTo(0, 2000);
    history.pushState({}, '', '/a');
  `);
  await soon(stage.kinds).toContain('error');
  expect(await page.evaluate('touched')).toEqual([]);
  expect(stage.failures).toEqual(['seen']);
  expect(await page.context().storageState()).toEqual({ cookies: [], origins: [] });
  // The watch is awake.
  expect(await page.evaluate(`localStorage.getItem('x'); document.cookie; navigator.plugins; touched`)).toEqual([
    'localStorage',
    'getItem',
    'cookie',
    'plugins',
  ]);
});
