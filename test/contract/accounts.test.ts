import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPasswords } from '../../packages/collector/src/accounts/password.ts';
import { CHEAP } from '../../packages/collector/src/accounts/testing.ts';
import { totpCode } from '../../packages/collector/src/accounts/totp.ts';
import { createClock } from '../support/clock.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const PASSWORD = 'a long enough password';
const NEW_PASSWORD = 'another long password';
const SITE = 'one.example';
const OTHER_SITE = 'two.example';
const HOUR = 3_600_000;
/** For what nobody waits for. */
const PATIENCE = { timeout: 20_000 };
const DAY = 24 * HOUR;

/** Somebody with a browser. */
interface Person {
  readonly id: string;
  readonly email: string;
  /** Asks, and keeps the cookie that is answered. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Response>;
  /** Asks and expects this status; resolves to what was answered. */
  readonly get: <T = Record<string, unknown>>(
    status: number,
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<T>;
}

const clock = createClock(Date.UTC(2040, 2, 2, 10));
let collector: TestCollector;
let boss: Person;
let hashed: string;
let count = 0;

/** A browser of somebody, signed in or not yet. Each has an address of its own. */
const browser = (email: string, id = '', cookie = ''): Person => {
  count += 1;
  const address = `198.51.${count >> 8}.${count & 255}`;
  let kept = cookie;
  const ask: Person['ask'] = async (method, path, body) => {
    const response = await collector.request(path, {
      method,
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address, cookie: kept },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    kept = response.headers.getSetCookie()[0]?.split(';')[0] ?? kept;
    return response;
  };
  const get = async <T>(status: number, method: string, path: string, body?: unknown): Promise<T> => {
    const response = await ask(method, path, body);
    const text = await response.text();
    expect([response.status, text]).toEqual([status, expect.anything()]);
    return (text === '' ? {} : JSON.parse(text)) as T;
  };
  return { id, email, ask, get };
};
const signedIn = async (id: string, email: string): Promise<Person> =>
  browser(email, id, `passerby=${(await collector.collector.accounts.sessions.begin(id)).cookie}`);
const somebody = async (role: 'viewer' | 'editor' | 'owner', on = SITE): Promise<Person> => {
  count += 1;
  const site = on === '*' ? '*' : (collector.collector.sites.find(on)?.id ?? '');
  const [id, email] = [`person${count}`, `person${count}@site.example`];
  // Written as it is stored: nobody has to be invited for it.
  await collector.store.command(
    "INSERT INTO config (kind, id, version, body, deleted) SELECT 'account', {id:String}, 1, {body:String}, 0",
    { id, body: JSON.stringify({ email, password: hashed, roles: { [site]: role } }) },
  );
  await collector.collector.refresh();
  return signedIn(id, email);
};
const tokenIn = (link: string): string => link.split('#token=')[1] ?? '';
const roles = async (person: Person): Promise<Record<string, string>> =>
  (await person.get<{ roles: Record<string, string> }>(200, 'GET', '/api/account')).roles;
const invited = async (by: Person, site = SITE, role = 'viewer'): Promise<string> =>
  tokenIn((await by.get<{ link: string }>(201, 'POST', '/api/invites', { site, role })).link);
const newcomer = (): { email: string; password: string } => {
  count += 1;
  return { email: `new${count}@site.example`, password: PASSWORD };
};
/** @param limit of what is too short or too long */
const error = (field: string, limit?: number) => ({
  error: { code: expect.any(String), field, message: expect.any(String), ...(limit !== undefined && { limit }) },
});
const operator = (method: string, path: string, body: unknown): Promise<Response> =>
  collector.request(path, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${collector.collector.accounts.operatorToken}`,
    },
    body: JSON.stringify(body),
  });
const asToken = (token: string, method: string, path: string, body?: unknown): Promise<Response> =>
  collector.request(path, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

beforeAll(async () => {
  collector = await startTestCollector({ now: clock.now });
  for (const domain of [SITE, OTHER_SITE]) await collector.api('POST', '/api/sites', { domain });
  const { id, email } = await collector.collector.accounts.createOwner('boss@site.example', PASSWORD);
  boss = browser(email, id);
  hashed = await createPasswords(CHEAP).hash(PASSWORD);
});
afterAll(() => collector.stop());
beforeEach(async () => {
  clock.advance(20 * 60_000);
  boss = await signedIn(boss.id, boss.email);
});

describe('an invite', () => {
  test('is a link that makes an account once, with its role, and signs in', async () => {
    const answer = await boss.get(201, 'POST', '/api/invites', { site: SITE, role: 'editor' });
    expect(answer).toEqual({
      id: expect.any(String),
      site: SITE,
      role: 'editor',
      expires: new Date(clock.now() + 7 * DAY).toISOString(),
      link: expect.stringMatching(/^http:\/\/[^/]+\/invite#token=[\w-]{43}$/),
    });
    const token = tokenIn(String(answer.link));
    const guest = browser('guest');
    expect(await guest.get(200, 'POST', '/api/invites/look', { token })).toEqual({
      site: SITE,
      role: 'editor',
      email: null,
    });
    expect(await guest.get(400, 'POST', '/api/invites/accept', { token })).toEqual(error('email'));
    expect(await guest.get(400, 'POST', '/api/invites/accept', { token, email: 'x@site.example' })).toEqual(
      error('password'),
    );
    expect(await guest.get(200, 'POST', '/api/invites/accept', { token, ...newcomer() })).toEqual({
      site: SITE,
      role: 'editor',
    });
    expect(await roles(guest)).toEqual({ [SITE]: 'editor' });
    expect(await guest.get(404, 'POST', '/api/invites/look', { token })).toEqual(error('token'));
    expect(await browser('b').get(404, 'POST', '/api/invites/accept', { token, ...newcomer() })).toEqual(
      error('token'),
    );
  });

  test('makes one account, however many use it at once', async () => {
    const token = await invited(boss);
    const before = collector.collector.accounts.all().length;
    const all = await Promise.all(
      Array.from({ length: 6 }, () => browser('x').ask('POST', '/api/invites/accept', { token, ...newcomer() })),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(5).fill(404)]);
    expect(all.filter((response) => response.headers.getSetCookie().length > 0)).toHaveLength(1);
    expect(collector.collector.accounts.all()).toHaveLength(before + 1);
  });

  test('adds a role to who is signed in, and takes none away', async () => {
    const editor = await somebody('editor');
    await editor.get(200, 'POST', '/api/invites/accept', { token: await invited(boss, OTHER_SITE, 'viewer') });
    expect(
      await editor.get(200, 'POST', '/api/invites/accept', { token: await invited(boss, SITE, 'viewer') }),
    ).toEqual({
      site: SITE,
      role: 'editor',
    });
    expect(await roles(editor)).toEqual({ [SITE]: 'editor', [OTHER_SITE]: 'viewer' });
  });

  test('is good for seven days', async () => {
    const token = await invited(boss);
    clock.advance(7 * DAY - 1);
    await browser('x').get(200, 'POST', '/api/invites/look', { token });
    clock.advance(1);
    await browser('x').get(404, 'POST', '/api/invites/look', { token });
    await browser('x').get(404, 'POST', '/api/invites/accept', { token, ...newcomer() });
  });

  test('is listed without its token and taken back by who owns the site', async () => {
    const [owner, other] = [await somebody('owner'), await somebody('owner', OTHER_SITE)];
    const token = await invited(owner);
    const list = async (of: Person): Promise<{ id: string; site: string }[]> =>
      (await of.get<{ invites: { id: string; site: string }[] }>(200, 'GET', '/api/invites')).invites;
    const own = await list(owner);
    expect([own.every(({ site }) => site === SITE), JSON.stringify(own).includes(token)]).toEqual([true, false]);
    expect((await list(other)).filter(({ site }) => site === SITE)).toEqual([]);
    for (const { id } of own) await other.get(404, 'DELETE', `/api/invites/${id}`);
    for (const { id } of own) await owner.get(204, 'DELETE', `/api/invites/${id}`);
    await browser('x').get(404, 'POST', '/api/invites/look', { token });
  });

  test('is dead when who gave it may not give it any more', async () => {
    const owner = await somebody('owner');
    const [first, second] = [await invited(owner), await invited(owner)];
    await boss.get(204, 'PUT', `/api/sites/${SITE}/members/${owner.id}`, { role: 'editor' });
    await browser('x').get(404, 'POST', '/api/invites/accept', { token: first, ...newcomer() });
    await boss.get(204, 'DELETE', `/api/accounts/${owner.id}`);
    await browser('x').get(404, 'POST', '/api/invites/look', { token: second });
  });

  test('for an e-mail that has an account is refused, and good after that', async () => {
    const token = await invited(boss);
    const guest = browser('x');
    const taken = { token, ...newcomer(), email: boss.email.toUpperCase() };
    expect(await guest.get(409, 'POST', '/api/invites/accept', taken)).toEqual(error('email'));
    await guest.get(200, 'POST', '/api/invites/accept', { token, ...newcomer() });
  });

  test('of who runs the collector is for one e-mail', async () => {
    const { email, password } = newcomer();
    const made = await operator('POST', '/api/operator/accounts', { email, role: 'owner' });
    const token = tokenIn(((await made.json()) as { link: string }).link);
    const guest = browser(email);
    expect(await guest.get(200, 'POST', '/api/invites/look', { token })).toEqual({ site: '*', role: 'owner', email });
    await guest.get(403, 'POST', '/api/invites/accept', { token, password, email: 'thief@site.example' });
    await (await somebody('viewer')).get(403, 'POST', '/api/invites/accept', { token });
    await guest.get(200, 'POST', '/api/invites/accept', { token, password });
    expect(await roles(guest)).toEqual({ '*': 'owner' });
    expect((await operator('POST', '/api/operator/accounts', { email, role: 'viewer' })).status).toBe(409);
    const nowhere = { email: 'x@site.example', role: 'viewer', site: 'no.example' };
    expect((await operator('POST', '/api/operator/accounts', nowhere)).status).toBe(404);
  });
});

describe('nobody gets further than they are', () => {
  test.each([
    ['viewer', SITE, 403],
    ['editor', SITE, 403],
    ['owner', OTHER_SITE, 404],
    ['owner', '*', 403],
    ['owner', 'no.example', 404],
  ] as const)('a %s of a site cannot invite to %s', async (role, site, status) => {
    const person = await somebody(role);
    await person.get(status, 'POST', '/api/invites', { site, role: 'viewer' });
  });

  test.each([
    ['viewer', []],
    ['editor', ['203.0.113.7']],
  ] as const)('a %s is told the ignored addresses %j', async (role, told) => {
    await (await somebody('owner')).get(200, 'PATCH', `/api/sites/${SITE}`, { ignoredAddresses: ['203.0.113.7'] });
    const person = await somebody(role);
    const { sites } = await person.get<{ sites: object[] }>(200, 'GET', '/api/sites');
    expect(sites).toMatchObject([{ domain: SITE, ignoredAddresses: told, role }]);
  });

  test('an owner of a site changes who is of that site, and nobody else', async () => {
    const [owner, guest, stranger] = [
      await somebody('owner'),
      await somebody('viewer'),
      await somebody('viewer', OTHER_SITE),
    ];
    const at = (id: string): string => `/api/sites/${SITE}/members/${id}`;
    await owner.get(204, 'PUT', at(guest.id), { role: 'owner' });
    expect(await roles(guest)).toEqual({ [SITE]: 'owner' });
    for (const id of [boss.id, stranger.id, 'x']) {
      await owner.get(404, 'PUT', at(id), { role: 'viewer' });
      await owner.get(404, 'DELETE', at(id));
    }
    expect([await roles(boss), await roles(stranger)]).toEqual([{ '*': 'owner' }, { [OTHER_SITE]: 'viewer' }]);
    const { members } = await owner.get<{ members: unknown[] }>(200, 'GET', `/api/sites/${SITE}/members`);
    expect(members).toContainEqual({ id: guest.id, email: guest.email, role: 'owner', everywhere: false });
    expect(members).toContainEqual({ id: boss.id, email: boss.email, role: 'owner', everywhere: true });
    expect(JSON.stringify(members)).not.toContain(stranger.email);
  });

  test('whoever has a role may give it up, and not that of others', async () => {
    const [viewer, other] = [await somebody('viewer'), await somebody('viewer')];
    const at = (id: string): string => `/api/sites/${SITE}/members/${id}`;
    await viewer.get(403, 'DELETE', at(other.id));
    await viewer.get(204, 'DELETE', at(viewer.id));
    expect([await roles(viewer), await roles(other)]).toEqual([{}, { [SITE]: 'viewer' }]);
    await viewer.get(404, 'GET', `/api/sites/${SITE}/now`);
  });

  test('somebody owns everything, always', async () => {
    const second = await somebody('owner', '*');
    const others = collector.collector.accounts
      .all()
      .filter(({ id, roles }) => id !== boss.id && roles['*'] === 'owner');
    for (const { id } of others) await boss.get(204, 'PATCH', `/api/accounts/${id}`, { everywhere: 'viewer' });
    expect(await roles(second)).toEqual({ '*': 'viewer' });
    for (const everywhere of ['editor', 'viewer', null])
      expect(await boss.get(409, 'PATCH', `/api/accounts/${boss.id}`, { everywhere })).toEqual(error('request'));
    await boss.get(409, 'DELETE', `/api/accounts/${boss.id}`);
    await boss.get(409, 'DELETE', '/api/account', { password: PASSWORD });
    expect(await roles(boss)).toEqual({ '*': 'owner' });
  });

  test('who may change settings deletes nothing by having it kept for fewer days', async () => {
    const [owner, editor] = [await somebody('owner'), await somebody('editor')];
    const path = `/api/sites/${SITE}`;
    expect(await editor.get(403, 'PATCH', path, { sumsDays: 1 })).toEqual(error('sumsDays'));
    await owner.get(200, 'PATCH', path, { sumsDays: 400 });
    await editor.get(200, 'PATCH', path, { sumsDays: 400, name: 'One' });
    expect(await editor.get(403, 'PATCH', path, { sumsDays: 399 })).toEqual(error('sumsDays'));
    await editor.get(200, 'PATCH', path, { sumsDays: 0 });
    for (const [kind, days] of Object.entries({ hitsDays: 400, logsDays: 90 })) {
      expect(await editor.get(403, 'PATCH', path, { [kind]: days - 1 })).toEqual(error(kind));
      expect(await editor.get(403, 'PATCH', path, { [kind]: 0 })).toEqual(error(kind));
      await editor.get(200, 'PATCH', path, { [kind]: days + 1 });
      await owner.get(200, 'PATCH', path, { [kind]: days });
    }
    const { token } = await owner.get(201, 'POST', '/api/tokens', { name: 'x', scope: 'write', sites: [SITE] });
    expect((await asToken(String(token), 'PATCH', path, { sumsDays: 1 })).status).toBe(403);
  });

  test('a token makes none, and is at most what its account is', async () => {
    const owner = await somebody('owner');
    const make = (by: Person, status: number, scope: string, sites: string[] | null) =>
      by.get<{ id: string; token: string }>(status, 'POST', '/api/tokens', { name: 'x', scope, sites });
    const { token } = await make(owner, 201, 'write', [SITE]);
    expect((await asToken(token, 'POST', '/api/tokens', { name: 'y' })).status).toBe(403);
    expect((await asToken(token, 'GET', '/api/tokens')).status).toBe(403);
    expect((await asToken(token, 'GET', '/api/account')).status).toBe(403);
    expect((await asToken(token, 'DELETE', `/api/sites/${SITE}`, { confirm: SITE })).status).toBe(403);
    expect((await asToken(token, 'GET', `/api/sites/${OTHER_SITE}/now`)).status).toBe(404);
    expect((await asToken(token, 'PATCH', `/api/sites/${SITE}`, { name: 'One' })).status).toBe(200);
    await make(owner, 404, 'read', [SITE, OTHER_SITE]);
    await make(await somebody('viewer'), 403, 'write', null);
    await make(await somebody('viewer'), 403, 'write', [SITE]);
    await boss.get(204, 'PUT', `/api/sites/${SITE}/members/${owner.id}`, { role: 'viewer' });
    expect((await asToken(token, 'PATCH', `/api/sites/${SITE}`, { name: 'One' })).status).toBe(403);
    await boss.get(204, 'DELETE', `/api/accounts/${owner.id}`);
    expect((await asToken(token, 'GET', '/api/sites')).status).toBe(401);
  });
});

describe('an API token', () => {
  test('is listed to its account and to who owns everything, with the day of its last use', async () => {
    const [editor, other] = [await somebody('editor'), await somebody('editor')];
    const wanted = { name: 'reports', scope: 'read', sites: [SITE] };
    const { token, ...info } = await editor.get(201, 'POST', '/api/tokens', wanted);
    const listed = {
      ...wanted,
      id: info.id,
      created: new Date(clock.now()).toISOString(),
      lastUsed: null,
      account: editor.email,
    };
    expect([info, token]).toEqual([listed, expect.stringMatching(/^psb_[\w-]{43}$/)]);
    const list = async (of: Person): Promise<unknown[]> =>
      (await of.get<{ tokens: unknown[] }>(200, 'GET', '/api/tokens')).tokens;
    expect([await list(editor), await list(other)]).toEqual([[listed], []]);
    expect((await asToken(String(token), 'GET', '/api/sites')).status).toBe(200);
    const lastUsed = new Date(clock.now()).toISOString().slice(0, 10);
    await vi.waitFor(async () => expect(await list(boss)).toContainEqual({ ...listed, lastUsed }), PATIENCE);
    await other.get(404, 'DELETE', `/api/tokens/${info.id}`);
    await editor.get(204, 'DELETE', `/api/tokens/${info.id}`);
    expect((await asToken(String(token), 'GET', '/api/sites')).status).toBe(401);
  });

  test('is one of a hundred at most', async () => {
    const viewer = await somebody('viewer');
    const body = JSON.stringify({ name: 'x', sha256: '', created: new Date(clock.now()), account: viewer.id });
    await collector.store.command(
      `INSERT INTO config (kind, id, version, body, deleted)
      SELECT 'token', concat({id:String}, ' ', toString(number)), 1, {body:String}, 0 FROM numbers(99)`,
      { id: viewer.id, body },
    );
    await collector.collector.refresh();
    const { id } = await viewer.get(201, 'POST', '/api/tokens', { name: 'the last' });
    expect(await viewer.get(409, 'POST', '/api/tokens', { name: 'one more' })).toEqual(error('request'));
    await viewer.get(204, 'DELETE', `/api/tokens/${id}`);
    await viewer.get(201, 'POST', '/api/tokens', { name: 'another' });
    await boss.get(204, 'DELETE', `/api/accounts/${viewer.id}`);
  });

  test('has 600 requests a minute, whatever others do', async () => {
    const make = async (): Promise<string> =>
      String((await boss.get(201, 'POST', '/api/tokens', { name: 'x', scope: 'read', sites: null })).token);
    const [busy, other] = [await make(), await make()];
    const all = await Promise.all(Array.from({ length: 605 }, () => asToken(busy, 'GET', '/api/sites')));
    const refused = all.filter(({ status }) => status === 429);
    expect([refused.length, new Set(all.map(({ status }) => status))]).toEqual([5, new Set([200, 429])]);
    expect(refused[0]?.headers.get('retry-after')).toMatch(/^[1-9]\d?$/);
    expect((await asToken(other, 'GET', '/api/sites')).status).toBe(200);
    clock.advance(60_000);
    expect((await asToken(busy, 'GET', '/api/sites')).status).toBe(200);
  });
});

describe('an account of one’s own', () => {
  test('shows and changes its e-mail, with the password', async () => {
    const viewer = await somebody('viewer');
    expect(await viewer.get(200, 'GET', '/api/account')).toEqual({
      id: viewer.id,
      email: viewer.email,
      totp: false,
      roles: { [SITE]: 'viewer' },
    });
    const change = (status: number, email: string, password = PASSWORD) =>
      viewer.get(status, 'PATCH', '/api/account', { email, password });
    expect(await change(403, 'changed@site.example', 'wrong')).toEqual(error('password'));
    expect(await change(409, boss.email)).toEqual(error('email'));
    expect(await change(400, 'changed')).toEqual(error('email'));
    expect(await change(200, 'Changed@site.example')).toEqual({ email: 'changed@site.example' });
    await browser('x').get(200, 'POST', '/api/login', { email: 'changed@site.example', password: PASSWORD });
    expect(collector.collector.accounts.byEmail(viewer.email)).toBeUndefined();
  });

  test('tells nobody again and again who has another one', async () => {
    const viewer = await somebody('viewer');
    const change = { email: boss.email, password: PASSWORD };
    for (let tries = 0; tries < 10; tries++) await viewer.get(409, 'PATCH', '/api/account', change);
    expect(await viewer.get(429, 'PATCH', '/api/account', change)).toEqual(error('request'));
  });

  test('has one session a sign-in, of which no more is kept than this', async () => {
    const viewer = await somebody('viewer');
    clock.advance(2 * DAY);
    const phone = browser(viewer.email);
    await phone.get(200, 'POST', '/api/login', { email: viewer.email, password: PASSWORD });
    const list = async (of: Person) =>
      (await of.get<{ sessions: Record<string, unknown>[] }>(200, 'GET', '/api/account/sessions')).sessions;
    await list(viewer);
    const [today, begun] = [new Date(clock.now()).toISOString().slice(0, 10), new Date(clock.now()).toISOString()];
    await vi.waitFor(
      async () =>
        expect(await list(phone)).toEqual([
          { id: expect.any(String), begun, used: today, current: true },
          { id: expect.any(String), begun: new Date(clock.now() - 2 * DAY).toISOString(), used: today, current: false },
        ]),
      PATIENCE,
    );
    const first = (await list(phone))[1]?.id;
    await phone.get(204, 'DELETE', `/api/account/sessions/${first}`);
    await viewer.get(401, 'GET', '/api/account');
    const tablet = await signedIn(viewer.id, viewer.email);
    await phone.get(204, 'DELETE', '/api/account/sessions');
    await tablet.get(401, 'GET', '/api/account');
    expect(await list(phone)).toHaveLength(1);
    clock.advance(30 * DAY);
    await phone.get(401, 'GET', '/api/account');
    const stored = await collector.store.query<{ body: string }>(
      "SELECT body FROM config FINAL WHERE kind = 'account' AND id = {id:String}",
      { id: viewer.id },
    );
    const [kept] = JSON.parse(stored[0]?.body ?? '{}').sessions;
    expect(Object.keys(kept).sort()).toEqual(['begun', 'id', 'sha256', 'used']);
  });

  test('changes its password, which ends all other sessions', async () => {
    const viewer = await somebody('viewer');
    const phone = await signedIn(viewer.id, viewer.email);
    const change = { current: PASSWORD, password: NEW_PASSWORD };
    expect(await viewer.get(403, 'POST', '/api/account/password', { ...change, current: 'wrong' })).toEqual(
      error('current'),
    );
    expect(await viewer.get(400, 'POST', '/api/account/password', { ...change, password: 'short' })).toEqual(
      error('password', 10),
    );
    await viewer.get(204, 'POST', '/api/account/password', change);
    await viewer.get(200, 'GET', '/api/account');
    await phone.get(401, 'GET', '/api/account');
    await phone.get(200, 'POST', '/api/login', { email: viewer.email, password: NEW_PASSWORD });
  });

  test('is exported whole, without what signs in', async () => {
    const owner = await somebody('owner');
    const { token } = await owner.get(201, 'POST', '/api/tokens', { name: 'reports', scope: 'read', sites: [SITE] });
    const link = await invited(owner);
    const response = await owner.ask('GET', '/api/account/export');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="passerby-account.json"');
    const text = await response.text();
    const now = new Date(clock.now()).toISOString();
    expect(JSON.parse(text)).toEqual({
      id: owner.id,
      email: owner.email,
      roles: { [SITE]: 'owner' },
      totp: false,
      recoveryCodesLeft: 0,
      sessions: [{ id: expect.any(String), begun: now, used: now.slice(0, 10) }],
      tokens: [{ name: 'reports', scope: 'read', sites: [SITE], created: now, lastUsed: null }],
      invites: [{ site: SITE, role: 'viewer', expires: new Date(clock.now() + 7 * DAY).toISOString() }],
    });
    expect([String(token), link, 'sha256', '=='].filter((secret) => text.includes(secret))).toEqual([]);
  });

  test('is deleted, with the password', async () => {
    const viewer = await somebody('viewer');
    await viewer.get(403, 'DELETE', '/api/account', { password: 'wrong' });
    const gone = await viewer.ask('DELETE', '/api/account', { password: PASSWORD });
    expect([gone.status, gone.headers.getSetCookie()[0]]).toEqual([
      204,
      expect.stringMatching(/^passerby=; Max-Age=0/),
    ]);
    expect(collector.collector.accounts.byId(viewer.id)).toBeUndefined();
  });
});

describe('a second factor', () => {
  const codeAt = (secret: string): string => totpCode(secret, Math.floor(clock.now() / 30_000));
  const turnOn = async (person: Person): Promise<{ secret: string; recovery: string[] }> => {
    const { secret } = await person.get<{ secret: string }>(200, 'POST', '/api/account/totp', { password: PASSWORD });
    const { recovery } = await person.get<{ recovery: string[] }>(200, 'POST', '/api/account/totp/confirm', {
      code: codeAt(secret),
    });
    clock.advance(30_000);
    return { secret, recovery };
  };

  test('is asked for at sign-in, and each code is good once', async () => {
    const viewer = await somebody('viewer');
    const login = (status: number, code?: string) =>
      browser('x').get(status, 'POST', '/api/login', { email: viewer.email, password: PASSWORD, code });
    expect(await viewer.get(403, 'POST', '/api/account/totp', { password: 'wrong' })).toEqual(error('password'));
    const begun = await viewer.get(200, 'POST', '/api/account/totp', { password: PASSWORD });
    expect(begun).toEqual({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: `otpauth://totp/Passerby:${encodeURIComponent(viewer.email)}?secret=${begun.secret}&issuer=Passerby`,
    });
    expect(await viewer.get(403, 'POST', '/api/account/totp/confirm', { code: '000000' })).toEqual(error('code'));
    const { secret, recovery } = await turnOn(viewer);
    expect(await viewer.get(200, 'GET', '/api/account')).toMatchObject({ totp: true });
    await viewer.get(409, 'POST', '/api/account/totp', { password: PASSWORD });
    expect(await login(401)).toEqual(error('code'));
    await login(200, codeAt(secret));
    await login(401, codeAt(secret));
    await login(200, recovery[4]);
  });

  test('ends the sessions that began without it, but for the one in which it is turned on', async () => {
    const viewer = await somebody('viewer');
    const other = browser('x');
    await other.get(200, 'POST', '/api/login', { email: viewer.email, password: PASSWORD });
    await other.get(200, 'GET', '/api/account');
    await turnOn(viewer);
    await other.get(401, 'GET', '/api/account');
    const { sessions } = await viewer.get<{ sessions: { current: boolean }[] }>(200, 'GET', '/api/account/sessions');
    expect(sessions.map(({ current }) => current)).toEqual([true]);
  });

  test('is turned off with the password and a code', async () => {
    const viewer = await somebody('viewer');
    const { secret, recovery } = await turnOn(viewer);
    const off = (status: number, password: string, code: string) =>
      viewer.get(status, 'DELETE', '/api/account/totp', { password, code });
    expect(await off(403, 'wrong', codeAt(secret))).toEqual(error('password'));
    expect(await off(403, PASSWORD, '000000')).toEqual(error('code'));
    await off(204, PASSWORD, recovery[0] ?? '');
    await browser('x').get(200, 'POST', '/api/login', { email: viewer.email, password: PASSWORD });
  });

  test('cannot be guessed, from wherever', async () => {
    const viewer = await somebody('viewer');
    const { secret } = await turnOn(viewer);
    const login = () =>
      browser('x').ask('POST', '/api/login', { email: viewer.email, password: PASSWORD, code: codeAt(secret) });
    expect((await login()).status).toBe(200);
    const guesses = Array.from({ length: 11 }, () =>
      viewer.ask('POST', '/api/account/totp/confirm', { code: '000000' }),
    );
    expect((await Promise.all(guesses)).map(({ status }) => status).sort()).toEqual([...Array(10).fill(409), 429]);
    clock.advance(30_000);
    const stopped = await login();
    expect([stopped.status, stopped.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    clock.advance(10 * 60_000);
    expect((await login()).status).toBe(200);
  });
});

describe('a reset', () => {
  const resetOf = async (person: Person): Promise<string> => {
    const answer = await boss.get<{ link: string; expires: string }>(200, 'POST', `/api/accounts/${person.id}/reset`);
    expect(answer).toEqual({
      link: expect.stringMatching(/^http:\/\/[^/]+\/reset#token=[\w-]{43}$/),
      expires: new Date(clock.now() + DAY).toISOString(),
    });
    return tokenIn(answer.link);
  };

  test('sets a new password once, ends all sessions and signs in', async () => {
    const viewer = await somebody('viewer');
    const [dead, token] = [await resetOf(viewer), await resetOf(viewer)];
    const phone = browser('x');
    expect(await phone.get(404, 'POST', '/api/reset', { token: dead, password: NEW_PASSWORD })).toEqual(error('token'));
    expect(await phone.get(400, 'POST', '/api/reset', { token, password: 'short' })).toEqual(error('password', 10));
    const all = await Promise.all(
      [1, 2, 3, 4].map(() => phone.ask('POST', '/api/reset', { token, password: NEW_PASSWORD })),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
    await phone.get(200, 'GET', '/api/account');
    await viewer.get(401, 'GET', '/api/account');
    await viewer.get(401, 'POST', '/api/login', { email: viewer.email, password: PASSWORD });
    await viewer.get(200, 'POST', '/api/login', { email: viewer.email, password: NEW_PASSWORD });
  });

  test('is good for a day, and dead when the password was changed meanwhile', async () => {
    const [one, other] = [await somebody('viewer'), await somebody('viewer')];
    const [late, changed] = [await resetOf(one), await resetOf(other)];
    await other.get(204, 'POST', '/api/account/password', { current: PASSWORD, password: NEW_PASSWORD });
    await browser('x').get(404, 'POST', '/api/reset', { token: changed, password: PASSWORD });
    clock.advance(DAY);
    await browser('x').get(404, 'POST', '/api/reset', { token: late, password: PASSWORD });
  });

  test('leaves the second factor on, which it is none of, unless who runs the collector says otherwise', async () => {
    const viewer = await somebody('viewer');
    const { secret } = await viewer.get<{ secret: string }>(200, 'POST', '/api/account/totp', { password: PASSWORD });
    const code = totpCode(secret, Math.floor(clock.now() / 30_000));
    await viewer.get(200, 'POST', '/api/account/totp/confirm', { code });
    const guest = browser('x');
    const kept = await guest.ask('POST', '/api/reset', { token: await resetOf(viewer), password: NEW_PASSWORD });
    expect([kept.headers.getSetCookie(), await kept.json()]).toEqual([[], { email: viewer.email, signedIn: false }]);
    await guest.get(401, 'POST', '/api/login', { email: viewer.email, password: NEW_PASSWORD });
    const made = await operator('POST', '/api/operator/accounts/reset', { email: viewer.email, totp: false });
    const token = tokenIn(((await made.json()) as { link: string }).link);
    expect(await guest.get(200, 'POST', '/api/reset', { token, password: PASSWORD })).toEqual({
      email: viewer.email,
      signedIn: true,
    });
    await guest.get(200, 'GET', '/api/account');
    expect((await operator('POST', '/api/operator/accounts/reset', { email: 'nobody@site.example' })).status).toBe(404);
  });
});

test.each([
  ['POST /api/invites/look', { token: 'x' }],
  ['POST /api/invites/accept', { token: 'x', email: 'x@site.example', password: PASSWORD }],
  ['POST /api/reset', { token: 'x', password: PASSWORD }],
])('%s is tried ten times by one client, and no more', async (route, body) => {
  const [method = '', path = ''] = route.split(' ');
  const client = browser('x');
  const statuses: number[] = [];
  for (let n = 0; n < 12; n++) statuses.push((await client.ask(method, path, body)).status);
  expect(statuses).toEqual([...Array(10).fill(404), 429, 429]);
});

test('nothing of all this was logged', () => {
  expect(collector.logged()).toBe('');
});
