import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sdk from '../../packages/sdk/package.json' with { type: 'json' };
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

/** The site asked for, and the other one. */
const SITE = 'one.example';
const OTHER_SITE = 'two.example';
const PASSWORD = 'a long enough password';

/** Who asks, in the order of the columns. Roles and tokens are of SITE. */
const CALLERS = [
  'stranger',
  'viewer',
  'editor',
  'owner of the site',
  'owner of another site',
  'owner of everything',
  'read token',
  'write token',
  'operator',
] as const;
type Caller = (typeof CALLERS)[number];
type Cells = readonly number[];

/** A route's row, by the status of those who may. */
type Row = (may: number) => Cells;
const ANYONE: Row = (may) => CALLERS.map(() => may);
const SIGNED_IN: Row = (may) => [401, may, may, may, may, may, may, may, may];
const VIEWER: Row = (may) => [401, may, may, may, 404, may, may, may, may];
const EDITOR: Row = (may) => [401, 403, may, may, 404, may, 403, may, may];
const OWNER: Row = (may) => [401, 403, 403, may, 404, may, 403, 403, may];
const OWNER_SOMEWHERE: Row = (may) => [401, 403, 403, may, may, may, 403, 403, may];
const OWNER_OF_EVERYTHING: Row = (may) => [401, 403, 403, 403, 403, may, 403, 403, may];
/** By a session: there is an account that it is about. */
const PERSON: Row = (may) => [401, may, may, may, may, may, 403, 403, 403];
const NO_TOKEN: Row = (may) => [401, may, may, may, may, may, 403, 403, may];
const OPERATOR: Row = (may) => [401, 403, 403, 403, 403, 403, 403, 403, may];

/**
 * What is sent with a route; nothing said: `{}`, which a guard lets pass and most routes answer with 400 then. `id`: of
 * something made for each cell anew.
 */
interface Sent {
  readonly body?: unknown;
  readonly query?: string;
  readonly id?: 'guest' | 'token' | 'invite';
}

const QUESTION = { site_id: SITE, metrics: ['visitors'], date_range: '7d' };

/** Every route, and what each caller is answered. */
const TABLE: readonly (readonly [route: string, cells: Cells, sent?: Sent])[] = [
  ['GET /healthz', ANYONE(200)],
  ['GET /readyz', ANYONE(200)],
  // Of the whole process: for tokens that see every site, which those of the table do not.
  ['GET /metrics', [401, 401, 401, 401, 401, 401, 403, 403, 200]],
  ['GET /p.js', ANYONE(200)],
  ['GET /p.full.js', ANYONE(200)],
  ['GET /p.:version.js', ANYONE(200)],
  ['GET /p.full.:version.js', ANYONE(200)],
  ['GET /demo/*', ANYONE(404)],
  ['GET /assets/*', ANYONE(404)],
  ['GET /*', ANYONE(404)],

  ['GET /api/status', ANYONE(200)],
  ['GET /api/openapi.json', ANYONE(200)],
  ['GET /api/reference', ANYONE(200)],
  ['GET /api/reference.css', ANYONE(200)],
  ['POST /api/setup', ANYONE(400)],
  ['POST /api/login', ANYONE(400)],
  ['POST /api/reset', ANYONE(400)],
  ['POST /api/invites/look', ANYONE(400)],
  ['POST /api/invites/accept', ANYONE(400)],

  ['GET /api/sites', SIGNED_IN(200)],
  ['POST /api/sites', OWNER_OF_EVERYTHING(400)],
  ['GET /api/unknown-names', OWNER_OF_EVERYTHING(200)],
  ['PATCH /api/sites/:domain', EDITOR(400), { body: { dnt: 'perhaps' } }],
  ['GET /api/sites/:domain/now', VIEWER(200)],
  ['POST /api/sites/:domain/check', EDITOR(400), { body: { path: 'elsewhere' } }],
  ['GET /api/sites/:domain/purge', OWNER(200)],
  ['POST /api/sites/:domain/purge', OWNER(400)],
  ['DELETE /api/sites/:domain', OWNER(400)],
  ['GET /api/sites/:domain/members', OWNER(200)],
  ['PUT /api/sites/:domain/members/:id', OWNER(204), { id: 'guest', body: { role: 'viewer' } }],
  ['DELETE /api/sites/:domain/members/:id', OWNER(204), { id: 'guest' }],
  ['POST /api/query', VIEWER(200), { body: QUESTION }],
  ['GET /api/logs', VIEWER(200), { query: `?site_id=${SITE}&view=problems` }],
  ['GET /api/overview', SIGNED_IN(200)],
  ['GET /api/sites/:domain/live', VIEWER(200)],
  ['GET /api/sites/:domain/views', VIEWER(200)],
  ['POST /api/sites/:domain/views', EDITOR(400)],
  ['DELETE /api/sites/:domain/views/:id', EDITOR(404)],

  ['GET /api/account', PERSON(200)],
  ['PATCH /api/account', PERSON(400)],
  ['DELETE /api/account', PERSON(400)],
  ['POST /api/account/password', PERSON(400)],
  ['GET /api/account/export', PERSON(200)],
  ['GET /api/account/sessions', PERSON(200)],
  ['DELETE /api/account/sessions/:id', PERSON(204)],
  ['DELETE /api/account/sessions', PERSON(204)],
  ['POST /api/account/totp', PERSON(400)],
  ['POST /api/account/totp/confirm', PERSON(400)],
  ['DELETE /api/account/totp', PERSON(400)],

  ['GET /api/accounts', OWNER_OF_EVERYTHING(200)],
  ['PATCH /api/accounts/:id', OWNER_OF_EVERYTHING(404), { body: { everywhere: null } }],
  ['POST /api/accounts/:id/reset', OWNER_OF_EVERYTHING(404)],
  ['DELETE /api/accounts/:id', OWNER_OF_EVERYTHING(404)],
  ['GET /api/invites', OWNER_SOMEWHERE(200)],
  ['POST /api/invites', [401, 403, 403, 201, 404, 201, 403, 403, 201], { body: { site: SITE, role: 'viewer' } }],
  ['DELETE /api/invites/:id', [401, 403, 403, 204, 404, 204, 403, 403, 204], { id: 'invite' }],
  ['GET /api/tokens', NO_TOKEN(200)],
  // Of SITE, with which the owner of another one has nothing to do.
  [
    'POST /api/tokens',
    [401, 403, 201, 201, 404, 201, 403, 403, 201],
    { body: { name: 'x', scope: 'write', sites: [SITE] } },
  ],
  ['DELETE /api/tokens/:id', [401, 404, 404, 404, 404, 204, 403, 403, 204], { id: 'token' }],
  ['POST /api/operator/accounts', OPERATOR(400)],
  ['POST /api/operator/accounts/reset', OPERATOR(400)],
  ['POST /api/operator/backup', OPERATOR(200)],

  // The last: it ends the session it comes with.
  ['POST /api/logout', ANYONE(204)],
];

describe('who may do what', () => {
  let collector: TestCollector;
  let server: Server;
  let headers: Record<Caller, Record<string, string>>;
  let made: Record<NonNullable<Sent['id']>, () => Promise<string>>;

  beforeAll(async () => {
    collector = await startTestCollector();
    const { accounts, sites } = collector.collector;
    const [site, other] = [
      await sites.add({ domain: SITE, timezone: 'UTC' }),
      await sites.add({ domain: OTHER_SITE, timezone: 'UTC' }),
    ];
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const signedIn = async (id: string) => ({ cookie: `passerby=${(await accounts.sessions.begin(id)).cookie}` });
    const account = (name: string, at: string, role: 'viewer' | 'editor' | 'owner') =>
      accounts.create(`${name}@site.example`, PASSWORD, at, role);
    const boss = await accounts.createOwner('boss@site.example', PASSWORD);
    const guest = await account('guest', site.id, 'viewer');
    const token = (scope: 'read' | 'write') =>
      accounts.tokens.create({ name: scope, scope, sites: [site.id], account: boss.id });
    headers = {
      stranger: {},
      viewer: await signedIn((await account('viewer', site.id, 'viewer')).id),
      editor: await signedIn((await account('editor', site.id, 'editor')).id),
      'owner of the site': await signedIn((await account('owner', site.id, 'owner')).id),
      'owner of another site': await signedIn((await account('other', other.id, 'owner')).id),
      'owner of everything': await signedIn(boss.id),
      'read token': bearer((await token('read')).token),
      'write token': bearer((await token('write')).token),
      operator: bearer(accounts.operatorToken),
    };
    made = {
      guest: async () => (await accounts.setRole(guest.id, site.id, 'viewer')).id,
      token: async () => (await token('read')).id,
      invite: async () =>
        (await accounts.invites.create({ site: site.id, role: 'viewer', by: boss.id, email: null })).id,
    };
    server = createServer(collector.collector.listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
  }, 30_000);
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await collector.stop();
  });

  /** Only the status is waited for: some answers have no end. */
  const statusOf = async (route: string, sent: Sent, caller: Caller): Promise<number> => {
    const [method = '', pattern = ''] = route.split(' ');
    const id = sent.id === undefined ? 'x' : await made[sent.id]();
    const named = { ':domain': SITE, ':id': id, ':version': sdk.version, '*': 'nothing' };
    const path = pattern.replace(/:\w+|\*/g, (name) => named[name as keyof typeof named]);
    const { port } = server.address() as AddressInfo;
    const response = await fetch(new URL(path + (sent.query ?? ''), `http://127.0.0.1:${port}/`), {
      method,
      headers: { 'content-type': 'application/json', ...headers[caller] },
      ...(method === 'GET' ? {} : { body: JSON.stringify(sent.body ?? {}) }),
    });
    await response.body?.cancel();
    return response.status;
  };

  test('is said of every route', () => {
    const routes = collector.collector.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(sdk.version, ':version')}`);
    expect(TABLE.map(([route]) => route).sort()).toEqual([...new Set(routes)].sort());
  });

  test.each(TABLE.map(([route, cells, sent = {}]) => ({ route, cells, sent })))(
    '$route',
    async ({ route, cells, sent }) => {
      const answered: Record<string, number> = {};
      for (const caller of CALLERS) answered[caller] = await statusOf(route, sent, caller);
      expect(answered).toEqual(Object.fromEntries(CALLERS.map((caller, n) => [caller, cells[n]])));
    },
  );

  test('is the table’s number of cells', () => {
    const cells = TABLE.flatMap(([, row]) => row);
    expect(cells).toHaveLength(TABLE.length * CALLERS.length);
    process.stdout.write(`route × role matrix: ${TABLE.length} × ${CALLERS.length} = ${cells.length} cells\n`);
  });
});
