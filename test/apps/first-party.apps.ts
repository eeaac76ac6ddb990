import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import { launchBrowser, personsContext } from '../support/browser.ts';
import { type Front, startFront } from '../support/front.ts';
import { placed } from '../support/geo.ts';
import { type ServedCollector, serveCollector } from '../support/served-collector.ts';
import { type AppServer, type Served, startAppServer } from './app-server.ts';

const SITE = 'shop.example';
const PATIENCE_MS = 20_000;
/** Two visitors, and the country that each is in. */
const [BRITON, DANE] = ['81.2.69.160', '2.128.1.1'];
const countryOf = (address: string): string => ({ [BRITON]: 'GB', [DANE]: 'DK' })[address] ?? '';

const binOf = (path: string): string => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
const SERVED: Readonly<Record<string, Served>> = {
  'Next, rewrites': {
    folder: 'first-party-next',
    build: [binOf('next/dist/bin/next'), 'build'],
    serve: [binOf('next/dist/bin/next'), 'start'],
  },
  'Nuxt, routeRules': {
    folder: 'first-party-nuxt',
    build: [binOf('nuxt/bin/nuxt.mjs'), 'build'],
    serve: ['.output/server/index.mjs'],
  },
};

describe.each(Object.entries(SERVED))('%s: the script and the intake under the site’s own address', (_, served) => {
  let passerby: ServedCollector;
  let app: AppServer;
  const fronts: Front[] = [];
  beforeAll(async () => {
    passerby = await serveCollector({ geo: placed(countryOf) });
    await passerby.collector.api('POST', '/api/sites', { domain: SITE });
    app = await startAppServer(served, passerby.url);
  }, 300_000);
  afterAll(async () => {
    for (const front of fronts) await front.stop();
    await app?.stop();
    await passerby.stop();
  });

  /** What the proxy of the site is, whose visitor has that address. */
  const frontOf = async (address: string): Promise<Front> => {
    const front = await startFront(app.url, address);
    fronts.push(front);
    return front;
  };
  const beacon = (path: string): string => JSON.stringify({ s: SITE, u: `http://${SITE}${path}`, i: [{ k: 'view' }] });
  const send = (url: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}/in`, {
      method: 'POST',
      body: beacon(path),
      headers: { 'content-type': 'text/plain', 'user-agent': REAL_AGENT, origin: `http://${SITE}`, ...headers },
    });
  const countriesOf = async (path: string): Promise<string[]> => {
    await passerby.collector.flush();
    const rows = await passerby.collector.store.query<{ country: string }>(
      `SELECT country FROM hits WHERE page = '${path}' AND kind = 1 ORDER BY country`,
    );
    return rows.map(({ country }) => country);
  };

  test('a browser is counted, by the address that the proxy in front names', async () => {
    const front = await frontOf(BRITON);
    const browser = await launchBrowser([`--host-resolver-rules=MAP ${SITE} 127.0.0.1`, `--user-agent=${REAL_AGENT}`]);
    try {
      const context = await personsContext(browser);
      const page = await context.newPage();
      await page.goto(front.url.replace('127.0.0.1', SITE));
      await expect.poll(() => countriesOf('/'), { timeout: PATIENCE_MS }).toEqual(['GB']);
    } finally {
      await browser.close();
    }
  });

  test('two visitors are two, each in their own country', async () => {
    for (const address of [BRITON, DANE]) {
      const answer = await send((await frontOf(address)).url, '/two');
      expect(answer.headers.get('passerby')).toBe('counted=1');
    }
    expect(await countriesOf('/two')).toEqual(['DK', 'GB']);
  });

  test('without a proxy in front the server adds no address: the visitor is the server', async () => {
    await send(app.url, '/bare');
    expect(await countriesOf('/bare')).toEqual(['']);
  });

  test('without a proxy in front the server passes on what a visitor makes up', async () => {
    await send(app.url, '/made-up', { 'x-forwarded-for': DANE });
    expect(await countriesOf('/made-up')).toEqual(['DK']);
  });

  test('Global Privacy Control is passed on', async () => {
    const answer = await send((await frontOf(BRITON)).url, '/private', { 'sec-gpc': '1' });
    expect(answer.headers.get('passerby')).toBe('gpc=1');
    expect(await countriesOf('/private')).toEqual([]);
  });
});
