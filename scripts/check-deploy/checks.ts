import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ANNA, ask, askHttp2, BERT, CARL, large, view, viewWith, watch } from './client.ts';
import type { Relay } from './relay.ts';

/** What a check works with. */
export interface Stage {
  readonly http: string;
  /** Where the collector is for browsers, without a slash at the end. */
  readonly https: string;
  /** The path of it; empty: it has the whole host. */
  readonly base: string;
  /** The way from the proxy to the collector. */
  readonly relay: Relay;
  /** Stops the collector as an upgrade does, and starts it again on its data. */
  readonly restart: () => Promise<void>;
}

/** Looks at one thing; says what it has seen. */
type Check = (stage: Stage) => Promise<string>;

/** Items that one client may send in ten seconds. */
export const CLIENT_LIMIT = 5;
export const OWNER = { email: 'owner@site.example', password: 'a long enough password' };

const HTML = { accept: 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** Signs in as a browser does. */
const signIn = async ({ https }: Stage): Promise<{ set: string; cookie: string }> => {
  const body = JSON.stringify(OWNER);
  const { status, header } = await ask(`${https}/api/login`, { method: 'POST', headers: JSON_TYPE, body });
  const set = header('set-cookie') ?? '';
  assert.equal(status, 200);
  return { set, cookie: set.split(';')[0] ?? '' };
};

/** Addresses of what a page loads, as a browser reads them. */
const partsOf = (page: string, html: string): string[] =>
  [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+)"/g)].map(([, at = '']) => new URL(at, page).href);

const isFound = async (url: string, type: RegExp): Promise<void> => {
  const answer = await ask(url);
  assert.equal(answer.status, 200, url);
  assert.match(answer.header('content-type') ?? '', type);
  assert.doesNotMatch(answer.header('content-type') ?? '', /html/, `${url} is a page`);
};

/** The same however it is asked. */
const everyWay = async (url: string, asked: Parameters<typeof ask>[1]): Promise<number[]> => [
  (await ask(url, asked)).status,
  (await askHttp2(url, asked)).status,
];

export const checks: Readonly<Record<string, Check>> = {
  'leads from http to https': async ({ http, base }) => {
    const { status, header } = await ask(`${http}${base}/login`);
    assert.deepEqual([status, header('location')?.startsWith('https://localhost')], [308, true]);
    assert.ok(header('location')?.endsWith(`${base}/login`), header('location'));
    return '308';
  },
  'the path without its slash leads to the dashboard': async ({ https, base }) => {
    if (base === '') return '–';
    const { status, header } = await ask(https, { headers: HTML });
    assert.ok([301, 302, 307, 308].includes(status), `${status}`);
    assert.equal(new URL(header('location') ?? '', https).pathname, `${base}/`);
    return String(status);
  },
  'the dashboard, and all it loads': async ({ https, base }) => {
    for (const path of ['/', '/login', '/sites/site.example', '/settings']) {
      const page = `${https}${path}`;
      const { status, text, header } = await ask(page, { headers: HTML });
      assert.equal(status, 200, page);
      // A host that is shared with another site is not the collector's to keep to TLS.
      assert.equal(/^max-age=\d+$/.test(header('strict-transport-security') ?? ''), base === '');
      const parts = partsOf(page, text);
      assert.ok(parts.length >= 2, text);
      for (const part of parts) await isFound(part, /javascript|css|image|json|font/);
    }
    return 'all 200';
  },
  'signs in, with a cookie for no more than this': async (stage) => {
    const { set, cookie } = await signIn(stage);
    const name = stage.base === '' ? '__Host-passerby' : '__Secure-passerby';
    assert.match(set, new RegExp(`^${name}=`));
    assert.match(set, new RegExp(`; Path=${stage.base || '/'}(?:;|$)`));
    assert.match(set, /; Secure/);
    const sites = await ask(`${stage.https}/api/sites`, { headers: { cookie } });
    assert.deepEqual([sites.status, JSON.parse(sites.text).sites.length], [200, 1]);
    return name;
  },
  'the script, where the status says it is, for any origin': async ({ https }) => {
    const { script } = JSON.parse((await ask(`${https}/api/status`)).text);
    assert.equal(script.src, `${https}/p.js`);
    assert.equal(script.endpoint, null);
    const { status, header } = await ask(script.src);
    assert.deepEqual([status, header('access-control-allow-origin')], [200, '*']);
    assert.equal(header('strict-transport-security'), undefined);
    return '200';
  },
  'the link of an invite': async (stage) => {
    const { cookie } = await signIn(stage);
    const body = JSON.stringify({ site: 'site.example', role: 'viewer' });
    const invited = await ask(`${stage.https}/api/invites`, {
      method: 'POST',
      headers: { ...JSON_TYPE, cookie },
      body,
    });
    assert.equal(invited.status, 201, invited.text);
    const { link } = JSON.parse(invited.text);
    assert.ok(link.startsWith(`${stage.https}/invite#`), 'the link leads elsewhere');
    assert.equal((await ask(link, { headers: HTML })).status, 200);
    return 'leads here';
  },
  'a beacon, by HTTP/1.1 and 2, and what became of it': async ({ https }) => {
    for (const send of [ask, askHttp2]) {
      const { status, header } = await send(`${https}/in`, view(BERT));
      assert.deepEqual([status, header('passerby')], [202, 'counted=1']);
      assert.equal(header('strict-transport-security'), undefined);
    }
    return 'counted=1';
  },
  'an image that counts': async ({ https }) => {
    const page = encodeURIComponent('https://site.example/image');
    const { status, header } = await ask(`${https}/in.gif?s=site.example&u=${page}`, { from: BERT });
    assert.deepEqual([status, header('passerby')], [200, 'counted=1']);
    return 'counted=1';
  },
  'the client’s address, whatever it says of itself': async ({ https }) => {
    const send = async (from: string, sent: number) =>
      (await ask(`${https}/in`, view(from, `203.0.113.${sent}`))).status;
    const statuses: number[] = [];
    for (let sent = 0; sent <= CLIENT_LIMIT; sent++) statuses.push(await send(ANNA, sent));
    assert.deepEqual(statuses, [...Array<number>(CLIENT_LIMIT).fill(202), 429]);
    assert.equal(await send(CARL, 0), 202);
    return '429, and 202';
  },
  'the live view, as it happens': async (stage) => {
    const { cookie } = await signIn(stage);
    const first = watch(`${stage.https}/api/sites/site.example/live`, { headers: { cookie } }, (soFar) =>
      /\ndata: .*\n\n(?:.|\n)*\ndata: .*\n\n/.test(soFar),
    );
    const seen = await Promise.race([first, sleep(20_000, 'held back', { ref: false })]);
    assert.match(seen, /^200 /);
    return 'streams';
  },
  'what is too long is answered 413': async ({ https }) => {
    const statuses: number[] = [];
    for (const size of [70_000, 300_000, 900_000]) {
      statuses.push(...(await everyWay(`${https}/in`, large(size))));
      statuses.push((await ask(`${https}/in`, large(size, true))).status);
    }
    assert.deepEqual([...new Set(statuses)], [413], statuses.join(' '));
    return `413 (${statuses.length}×)`;
  },
  'what is far too long is refused': async ({ https }) => {
    const refused = async (send: typeof ask | typeof askHttp2, isInChunks: boolean): Promise<string> => {
      const cutOff = (): { status: string } => ({ status: 'cut off' });
      return String((await send(`${https}/in`, large(8_000_000, isInChunks)).catch(cutOff)).status);
    };
    const seen = [await refused(ask, false), await refused(ask, true), await refused(askHttp2, false)];
    assert.ok(
      seen.every((what) => ['413', '502', 'cut off'].includes(what)),
      seen.join(', '),
    );
    return seen.join(', ');
  },
  'another type is answered 415, also with a long body': async ({ https }) => {
    const statuses: number[] = [];
    for (const size of [0, 60_000, 900_000])
      statuses.push(
        ...(await everyWay(
          `${https}/in`,
          viewWith(CARL, { headers: { 'content-type': 'text/html' }, body: ' '.repeat(size) }),
        )),
      );
    assert.deepEqual(new Set(statuses.slice(0, 4)), new Set([415]));
    // A proxy may say itself that the long one is too long.
    assert.ok(
      statuses.every((status) => status === 415 || status === 413),
      statuses.join(' '),
    );
    return statuses.join(' ');
  },
  'an unknown site 404, no beacon 400, another method 405': async ({ https }) => {
    const elsewhere = view(CARL).body?.replaceAll('site.example', 'other.example') ?? '';
    const statuses = [
      ...(await everyWay(
        `${https}/in`,
        viewWith(CARL, { body: elsewhere, headers: { referer: 'https://other.example/' } }),
      )),
      ...(await everyWay(`${https}/in`, viewWith(CARL, { body: '{' }))),
      ...(await everyWay(`${https}/in`, { method: 'DELETE' })),
    ];
    assert.deepEqual(statuses, [404, 404, 400, 400, 405, 405]);
    return '404 400 405';
  },
  'the API’s 401, 413 and 415': async ({ https }) => {
    const long = JSON.stringify({ email: 'x'.repeat(900_000) });
    const post = (headers: Record<string, string>, body: string) =>
      everyWay(`${https}/api/login`, { method: 'POST', headers, body });
    const statuses = [
      ...(await everyWay(`${https}/api/sites`, {})),
      ...(await post(JSON_TYPE, long)),
      ...(await post({ 'content-type': 'text/plain' }, '{}')),
    ];
    assert.deepEqual(statuses, [401, 401, 413, 413, 415, 415]);
    return '401 413 415';
  },
  'headers that are too many or too long': async ({ https }) => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`x-${n}`, 'a']));
    const statuses: number[] = [];
    for (const headers of [many, { 'x-long': 'x'.repeat(20_000) }]) {
      statuses.push((await ask(`${https}/in`, viewWith(CARL, { headers }))).status);
      statuses.push((await ask(`${https}/in`, { headers })).status);
    }
    // Some proxies refuse them before the collector does.
    assert.ok(
      statuses.every((status) => status === 400 || status === 431),
      statuses.join(' '),
    );
    return [...new Set(statuses)].join(' ');
  },
  'keeps connections to the collector open': async ({ https, relay }) => {
    const before = relay.connections();
    for (let asked = 0; asked < 50; asked++) assert.equal((await ask(`${https}/healthz`)).status, 200);
    const made = relay.connections() - before;
    assert.ok(made <= 2, `${made} connections for 50 requests`);
    return `${made} for 50`;
  },
  'says so while the collector is restarted, and is back with it': async ({ https, restart, relay }) => {
    await relay.cut();
    // HAProxy closes the connection of who asked before, so that a browser asks again by itself.
    const away = await Promise.all(
      [ask(`${https}/in`, view(BERT)), ask(`${https}/healthz`), askHttp2(`${https}/healthz`)].map((asking) =>
        asking.then(({ status }) => String(status)).catch(() => 'closed'),
      ),
    );
    assert.ok(
      away.every((what) => ['502', '503', 'closed'].includes(what)),
      away.join(' '),
    );
    await restart();
    await relay.mend();
    const began = performance.now();
    let { status } = await ask(`${https}/healthz`);
    while (status !== 200 && performance.now() - began < 10_000) {
      await sleep(50);
      ({ status } = await ask(`${https}/healthz`));
    }
    const tookMs = Math.round(performance.now() - began);
    assert.equal(status, 200, `not back after ${tookMs} ms`);
    assert.equal((await ask(`${https}/in`, view('127.65.43.21'))).status, 202);
    return `${away.join(' ')}, ${tookMs} ms`;
  },
};
