import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CollectorProcess, startCollectorProcess } from '../support/collector-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const OWNER = { email: 'owner@site.example', password: 'a long enough password' };

const post = (
  collector: CollectorProcess,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(collector.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const get = (collector: CollectorProcess, path: string, cookie: string): Promise<Response> =>
  fetch(collector.url + path, { headers: { cookie } });
const statusOf = async (collector: CollectorProcess, cookie = ''): Promise<{ setup: boolean; account: unknown }> =>
  (await (await get(collector, '/api/status', cookie)).json()) as { setup: boolean; account: unknown };

describe('the one-time link', () => {
  const folder = temporaryFolder();
  let collector: CollectorProcess;
  beforeAll(async () => {
    collector = await startCollectorProcess(folder.path);
  });
  afterAll(async () => {
    await collector.end();
    folder.remove();
  });

  test('is printed, with the dashboard, the demo and the script tag', () => {
    const { stdout } = collector.output();
    const { port } = new URL(collector.url);
    expect(stdout).toContain(`http://localhost:${port}/setup#token=${collector.setupToken}`);
    expect(stdout).toContain(`http://localhost:${port}/demo/`);
    expect(stdout).toContain(`<script defer src="http://localhost:${port}/p.js" data-site="example.com"></script>`);
  });

  test.each([
    ['another token', { token: 'x' }, 403],
    ['no token', { token: '' }, 403],
    ['a short password', { password: 'short' }, 400],
    ['no e-mail', { email: 'owner' }, 400],
  ])('is not used up by %s', async (_what, change, status) => {
    const response = await post(collector, '/api/setup', { token: collector.setupToken, ...OWNER, ...change });
    expect([response.status, response.headers.getSetCookie()]).toEqual([status, []]);
    expect(await statusOf(collector)).toMatchObject({ setup: true, account: null });
  });

  test('makes one owner, also when it is used many times at once, and signs them in', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        post(collector, '/api/setup', { token: collector.setupToken, ...OWNER, email: `owner${n}@site.example` }),
      ),
    );
    expect(attempts.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)]);
    const made = attempts.find(({ status }) => status === 200);
    if (made === undefined) throw new Error('nobody was made owner');
    expect(made.headers.getSetCookie()[0]).toMatch(/^passerby=\S+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await statusOf(collector, cookieOf(made))).toEqual(
      expect.objectContaining({ setup: false, account: await made.json() }),
    );
  });

  test('is no good any more, nor printed again', async () => {
    expect((await post(collector, '/api/setup', { token: collector.setupToken, ...OWNER })).status).toBe(409);
    const used = collector.setupToken ?? '';
    await collector.end();
    collector = await startCollectorProcess(folder.path);
    expect(collector.setupToken).toBeNull();
    expect(collector.output().stdout).toContain('/login');
    expect((await post(collector, '/api/setup', { token: used, ...OWNER })).status).toBe(409);
  });
});

describe('an owner named by the environment', () => {
  const folder = temporaryFolder();
  let collector: CollectorProcess;
  let cookie: string;
  beforeAll(async () => {
    collector = await startCollectorProcess(folder.path, { OWNER_EMAIL: OWNER.email, OWNER_PASSWORD: OWNER.password });
  });
  afterAll(async () => {
    await collector.end();
    folder.remove();
  });
  const signIn = (headers: Record<string, string> = {}): Promise<Response> =>
    post(collector, '/api/login', OWNER, headers);

  test('needs no link, and signs in however the e-mail is spelled', async () => {
    expect(collector.setupToken).toBeNull();
    const response = await post(collector, '/api/login', { ...OWNER, email: OWNER.email.toUpperCase() });
    expect([response.status, await response.json()]).toEqual([200, { email: OWNER.email }]);
    expect((await get(collector, '/api/sites', cookieOf(response))).status).toBe(200);
  });

  test('stays signed in over a restart, and nowhere after signing out', async () => {
    cookie = cookieOf(await signIn());
    await collector.end();
    collector = await startCollectorProcess(folder.path, { OWNER_EMAIL: OWNER.email, OWNER_PASSWORD: OWNER.password });
    expect((await get(collector, '/api/sites', cookie)).status).toBe(200);
    const out = await post(collector, '/api/logout', {}, { cookie });
    expect([out.status, out.headers.getSetCookie()[0]]).toEqual([
      204,
      expect.stringMatching(/^passerby=; Max-Age=0; Path=\//),
    ]);
    expect((await get(collector, '/api/sites', cookie)).status).toBe(401);
    cookie = cookieOf(await signIn());
  });

  test.each([
    ['is cut', (cookie: string) => cookie.slice(0, -3)],
    ['is of another account', (cookie: string) => cookie.replace(/=[^.]+/, '=another')],
    ['has no secret', (cookie: string) => cookie.replace(/\..*/, '.')],
    ['has another secret', (cookie: string) => `${cookie.slice(0, -8)}AAAAAAAA`],
    ['is empty', () => 'passerby='],
  ])('is not known by a cookie that %s', async (_how, change) => {
    expect((await get(collector, '/api/sites', cookie)).status).toBe(200);
    expect((await get(collector, '/api/sites', change(cookie))).status).toBe(401);
  });

  test('keeps nobody else waiting, however many sign in at once', async () => {
    const many = Array.from({ length: 100 }, (_, n) =>
      post(collector, '/api/login', { email: `nobody${n}@site.example`, password: 'wrong' }),
    );
    const statuses = (await Promise.all(many)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(50);
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThan(0);
    expect((await signIn()).status).toBe(200);
  });

  test('is asked to wait after ten wrong passwords, also when they come at once, as anybody for an e-mail that is none', async () => {
    for (const email of [OWNER.email, 'nobody@site.example']) {
      const attempts = await Promise.all(
        Array.from({ length: 12 }, () => post(collector, '/api/login', { email, password: 'wrong' })),
      );
      expect(attempts.map(({ status }) => status).sort()).toEqual([...Array(10).fill(401), 429, 429]);
    }
    const response = await signIn();
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
