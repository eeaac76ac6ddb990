import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describedRoutes } from '../../packages/collector/src/api/endpoint.ts';
import type { Permission } from '../../packages/collector/src/api/openapi/described.ts';
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

/** What each caller is answered by who may call a route; `may`: the status of those who may. */
const CELLS: Readonly<Record<Permission, (may: number) => Cells>> = {
  anyone: (may) => CALLERS.map(() => may),
  account: (may) => [401, may, may, may, may, may, may, may, may],
  viewer: (may) => [401, may, may, may, 404, may, may, may, may],
  editor: (may) => [401, 403, may, may, 404, may, 403, may, may],
  owner: (may) => [401, 403, 403, may, 404, may, 403, 403, may],
  'owner somewhere': (may) => [401, 403, 403, may, may, may, 403, 403, may],
  'owner everywhere': (may) => [401, 403, 403, 403, 403, may, 403, 403, may],
  /** By a session: there is an account that it is about. */
  person: (may) => [401, may, may, may, may, may, 403, 403, 403],
  'no token': (may) => [401, may, may, may, may, may, 403, 403, may],
  operator: (may) => [401, 403, 403, 403, 403, 403, 403, 403, may],
};

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

/** A status of those who may, or what each caller is answered where that is not all there is to it. */
type Answered = number | Cells;

/** What Plausible answers who may not see a site. */
const UNSEEN: Cells = [401, 200, 200, 200, 401, 200, 200, 200, 200];

/** Every route, who may call it (null: it says so itself), and what is answered. */
const TABLE: readonly (readonly [route: string, permission: Permission | null, answered: Answered, sent?: Sent])[] = [
  ['GET /healthz', 'anyone', 200],
  ['GET /readyz', 'anyone', 200],
  // Of the whole process: for tokens that see every site, which those of the table do not.
  ['GET /metrics', null, [401, 401, 401, 401, 401, 401, 403, 403, 200]],
  ['GET /p.js', 'anyone', 200],
  ['GET /p.full.js', 'anyone', 200],
  ['GET /p.:version.js', 'anyone', 200],
  ['GET /p.full.:version.js', 'anyone', 200],
  ['GET /demo/*', 'anyone', 404],
  ['GET /assets/*', 'anyone', 404],
  ['GET /*', 'anyone', 404],

  ['GET /api/status', 'anyone', 200],
  ['GET /api/openapi.json', 'anyone', 200],
  ['GET /api/reference', 'anyone', 200],
  ['GET /api/reference.css', 'anyone', 200],
  ['POST /api/setup', 'anyone', 400],
  ['POST /api/login', 'anyone', 400],
  ['POST /api/reset', 'anyone', 400],
  ['POST /api/invites/look', 'anyone', 400],
  ['POST /api/invites/accept', 'anyone', 400],

  ['GET /api/sites', 'account', 200],
  ['POST /api/sites', 'owner everywhere', 400],
  ['GET /api/unknown-names', 'owner everywhere', 200],
  ['PATCH /api/sites/:domain', 'editor', 400, { body: { dnt: 'perhaps' } }],
  ['GET /api/sites/:domain/now', 'viewer', 200],
  ['POST /api/sites/:domain/check', 'editor', 400, { body: { path: 'elsewhere' } }],
  ['GET /api/sites/:domain/purge', 'owner', 200],
  ['POST /api/sites/:domain/purge', 'owner', 400],
  ['DELETE /api/sites/:domain', 'owner', 400],
  ['GET /api/sites/:domain/members', 'owner', 200],
  ['PUT /api/sites/:domain/members/:id', 'owner', 204, { id: 'guest', body: { role: 'viewer' } }],
  // Whoever it is about may, too.
  ['DELETE /api/sites/:domain/members/:id', 'viewer', CELLS.owner(204), { id: 'guest' }],
  ['POST /api/query', 'viewer', 200, { body: QUESTION }],
  ['GET /api/query', 'viewer', 200, { query: `?site_id=${SITE}&metrics=visitors&date_range=7d` }],
  ['GET /api/query.csv', 'viewer', 200, { query: `?site_id=${SITE}&metrics=visitors&date_range=7d` }],
  ['GET /api/logs', 'viewer', 200, { query: `?site_id=${SITE}&view=problems` }],
  ['GET /api/overview', 'account', 200],
  ['GET /api/sites/:domain/live', 'viewer', 200],
  ['GET /api/sites/:domain/views', 'viewer', 200],
  ['POST /api/sites/:domain/views', 'editor', 400],
  ['DELETE /api/sites/:domain/views/:id', 'editor', 404],

  // Statistics of what one may not see are refused as if there was no good token.
  ['POST /api/v2/query', 'viewer', UNSEEN, { body: QUESTION }],
  ['GET /api/v1/stats/realtime/visitors', 'viewer', UNSEEN, { query: `?site_id=${SITE}` }],
  ['GET /api/v1/stats/aggregate', 'viewer', UNSEEN, { query: `?site_id=${SITE}` }],
  ['GET /api/v1/stats/timeseries', 'viewer', UNSEEN, { query: `?site_id=${SITE}` }],
  ['GET /api/v1/stats/breakdown', 'viewer', UNSEEN, { query: `?site_id=${SITE}&property=event:page` }],
  ['GET /api/v1/sites', 'account', 200],
  ['GET /api/v1/sites/:domain', 'viewer', 200],
  ['GET /api/health', 'anyone', 200],

  ['GET /api/account', 'person', 200],
  ['PATCH /api/account', 'person', 400],
  ['DELETE /api/account', 'person', 400],
  ['POST /api/account/password', 'person', 400],
  ['GET /api/account/export', 'person', 200],
  ['GET /api/account/sessions', 'person', 200],
  ['DELETE /api/account/sessions/:id', 'person', 204],
  ['DELETE /api/account/sessions', 'person', 204],
  ['POST /api/account/totp', 'person', 400],
  ['POST /api/account/totp/confirm', 'person', 400],
  ['DELETE /api/account/totp', 'person', 400],

  ['GET /api/accounts', 'owner everywhere', 200],
  ['PATCH /api/accounts/:id', 'owner everywhere', 404, { body: { everywhere: null } }],
  ['POST /api/accounts/:id/reset', 'owner everywhere', 404],
  ['DELETE /api/accounts/:id', 'owner everywhere', 404],
  ['GET /api/invites', 'owner somewhere', 200],
  [
    'POST /api/invites',
    'owner somewhere',
    [401, 403, 403, 201, 404, 201, 403, 403, 201],
    { body: { site: SITE, role: 'viewer' } },
  ],
  ['DELETE /api/invites/:id', 'owner somewhere', [401, 403, 403, 204, 404, 204, 403, 403, 204], { id: 'invite' }],
  ['GET /api/tokens', 'no token', 200],
  // Of SITE, with which the owner of another one has nothing to do.
  [
    'POST /api/tokens',
    'no token',
    [401, 403, 201, 201, 404, 201, 403, 403, 201],
    { body: { name: 'x', scope: 'write', sites: [SITE] } },
  ],
  ['DELETE /api/tokens/:id', 'no token', [401, 404, 404, 404, 404, 204, 403, 403, 204], { id: 'token' }],
  ['POST /api/operator/accounts', 'operator', 400],
  ['POST /api/operator/accounts/reset', 'operator', 400],
  ['POST /api/operator/backup', 'operator', 200],
  ['POST /api/operator/doctor', 'operator', 200],
  ['GET /api/operator/system', 'owner everywhere', 200],

  // The last: it ends the session it comes with.
  ['POST /api/logout', 'anyone', 204],
];

const ROWS = TABLE.map(([route, permission, answered, sent = {}]) => ({
  route,
  permission,
  cells: typeof answered === 'number' ? CELLS[permission ?? 'anyone'](answered) : answered,
  sent,
}));

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
    expect(ROWS.map(({ route }) => route).sort()).toEqual([...new Set(routes)].sort());
  });

  test('is declared by every route of the API', () => {
    const declared = describedRoutes(collector.collector.app).map(
      ({ method, path, permission }) => `${method.toUpperCase()} /api${path}: ${permission}`,
    );
    const expected = ROWS.filter(({ route }) => route.includes(' /api/'));
    expect(declared.sort()).toEqual(expected.map(({ route, permission }) => `${route}: ${permission}`).sort());
  });

  test.each(ROWS)('$route', async ({ route, cells, sent }) => {
    const answered: Record<string, number> = {};
    for (const caller of CALLERS) answered[caller] = await statusOf(route, sent, caller);
    expect(answered).toEqual(Object.fromEntries(CALLERS.map((caller, n) => [caller, cells[n]])));
  });

  test('is the table’s number of cells', () => {
    const cells = ROWS.flatMap((row) => row.cells);
    expect(cells).toHaveLength(TABLE.length * CALLERS.length);
    process.stdout.write(`route × role matrix: ${TABLE.length} × ${CALLERS.length} = ${cells.length} cells\n`);
  });
});
