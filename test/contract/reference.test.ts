import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describedRoutes } from '../../packages/collector/src/api/endpoint.ts';
import { type Described, successOf } from '../../packages/collector/src/api/openapi/described.ts';
import { refusal } from '../../packages/collector/src/api/openapi/openapi.ts';
import { ERROR_CODES } from '../../packages/collector/src/http/error-codes.ts';
import { apiFile, withRoutes } from '../../scripts/api-docs.ts';
import { startTestCollector } from '../support/test-collector.ts';

const DOMAIN = 'example.com';
const EMAIL = 'owner@example.com';
const PASSWORD = 'correct horse battery';
const nameOf = ({ method, path }: Pick<Described, 'method' | 'path'>): string => `${method.toUpperCase()} ${path}`;

/** Which routes there are is known once it is built. */
const collector = await startTestCollector();
const ROUTES = describedRoutes(collector.collector.app);

let signedIn: string;
beforeAll(async () => {
  const token = collector.collector.accounts.setupToken;
  await send('POST', '/setup', { body: { token, email: EMAIL, password: PASSWORD } });
  signedIn = await signIn();
  await fill();
});
afterAll(() => collector.stop());

interface Sent {
  readonly body?: unknown;
  readonly cookie?: string;
  readonly token?: string;
}

const send = (method: string, path: string, { body, cookie, token }: Sent = {}): Promise<Response> =>
  collector.request(`/api${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(cookie && { cookie }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const signIn = async (email = EMAIL): Promise<string> => {
  const response = await send('POST', '/login', { body: { email, password: PASSWORD } });
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
};

/** A site with something to ask for. */
const fill = async (): Promise<void> => {
  await collector.api('POST', '/api/sites', { domain: DOMAIN });
  await collector.send({
    s: DOMAIN,
    u: `https://${DOMAIN}/`,
    i: [{ k: 'view' }, { k: 'log', l: 'warn', m: 'a line' }],
  });
  await collector.flush();
};

/** What a route with `:id` is about, made for it. */
const idFor = async (path: string, cookie: string): Promise<string> => {
  const made = async (at: string, body: unknown): Promise<{ id: string; link?: string }> =>
    (await send('POST', at, { cookie, body })).json() as Promise<{ id: string; link?: string }>;
  const [, group = '', , part] = path.split('/');
  if (group === 'tokens') return (await made('/tokens', { name: 'a token' })).id;
  if (group === 'invites') return (await made('/invites', { site: DOMAIN, role: 'viewer' })).id;
  if (part === 'views') return (await made(`/sites/${DOMAIN}/views`, { name: 'a view', search: '' })).id;
  if (group === 'account') {
    const { sessions } = (await (await send('GET', '/account/sessions', { cookie })).json()) as {
      sessions: { id: string }[];
    };
    return sessions[0]?.id ?? '';
  }
  const { link = '' } = await made('/invites', { site: DOMAIN, role: 'viewer' });
  const email = `member${Math.floor(performance.now() * 1000)}@example.com`;
  const token = link.split('#token=')[1];
  await send('POST', '/invites/accept', { body: { token, email, password: PASSWORD } });
  const { members } = (await (await send('GET', `/sites/${DOMAIN}/members`, { cookie })).json()) as {
    members: { id: string; email: string }[];
  };
  return members.find((member) => member.email === email)?.id ?? '';
};

it('describes every route of the API, and none that is not there', () => {
  const there = collector.collector.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path.slice('/api'.length)}`);
  expect(ROUTES.map(nameOf).sort()).toEqual([...new Set(there)].sort());
});

it('is a valid description for programs', async () => {
  const document = (await (await send('GET', '/openapi.json')).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; responses: object }>>;
  };
  expect(document.openapi).toMatch(/^3\.1\./);
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(ROUTES.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(ROUTES.length);
  expect(document.paths['/sites/{domain}']?.patch).toMatchObject({
    parameters: [{ name: 'domain', in: 'path', required: true }],
    requestBody: {
      content: { 'application/json': { schema: { $ref: '#/components/schemas/PatchSitesDomainRequest' } } },
    },
    responses: { '200': {}, '400': { $ref: '#/components/responses/Refused400' }, '409': {} },
  });
});

it('is in docs/api.md (npm run api-docs writes it)', () => {
  const document = readFileSync(apiFile, 'utf8');
  expect(document).toBe(withRoutes(document, ROUTES));
  expect(() => withRoutes('# The API', ROUTES)).toThrow(/place/);
});

it('is a page for people, with every route on it and nothing of other places', async () => {
  const response = await send('GET', '/reference');
  const page = await response.text();
  for (const route of ROUTES) expect(page).toContain(`<b>${route.method.toUpperCase()}</b> /api${route.path}<`);
  expect(page).not.toMatch(/(?:src|href)="(?!\/|#)/);
  expect(page).not.toContain('<script');
  expect(response.headers.get('content-security-policy')).toContain("style-src 'self'");
});

it('tells what the codes of refusals mean', async () => {
  const page = await (await send('GET', '/reference')).text();
  for (const code of Object.keys(ERROR_CODES)) expect(page).toContain(`<code>${code}</code>`);
});

it.each([
  [401, 'not_signed_in', 'GET', '/sites', {}],
  [404, 'not_found', 'GET', '/nowhere', { isSignedIn: true }],
  [404, 'not_found', 'GET', '/sites/other.example/members', { isSignedIn: true }],
  [400, 'not_a_choice', 'POST', '/query', { isSignedIn: true, body: { site_id: DOMAIN, metrics: ['love'] } }],
  [400, 'missing', 'POST', '/query', { isSignedIn: true, body: { site_id: DOMAIN } }],
  [401, 'wrong_credentials', 'POST', '/login', { body: { email: EMAIL, password: 'wrong' } }],
  [409, 'domain_taken', 'POST', '/sites', { isSignedIn: true, body: { domain: DOMAIN } }],
  [409, 'owner_exists', 'POST', '/setup', { body: { token: '', email: 'x@example.com', password: PASSWORD } }],
] as const)('refuses with %i %s: %s %s', async (status, code, method, path, given) => {
  const { isSignedIn, body }: { isSignedIn?: boolean; body?: unknown } = given;
  const response = await send(method, path, { body, ...(isSignedIn ? { cookie: signedIn } : {}) });
  const answer = refusal.parse(await response.json());
  expect([response.status, answer.error.code]).toEqual([status, code]);
});

const EXAMPLES = ROUTES.filter((route) => route.example !== undefined);

it.each(EXAMPLES.map((route) => [nameOf(route), route] as const))('%s answers as it says', async (_, route) => {
  const { method, path, permission, example = {} } = route;
  const { status, answer } = successOf(route);
  // What is about sessions may end its own.
  const cookie = path.startsWith('/account') || path === '/logout' ? await signIn() : signedIn;
  const id = path.includes(':id') ? await idFor(path, cookie) : '';
  const target = path.replace(':domain', DOMAIN).replace(':id', id) + (example.query ? `?${example.query}` : '');
  const { operatorToken } = collector.collector.accounts;
  const by = permission === 'operator' ? { token: operatorToken } : permission === 'anyone' ? {} : { cookie };
  const response = await send(method.toUpperCase(), target, { body: example.body, ...by });
  expect(response.status, await response.clone().text()).toBe(status);
  if (answer === null) expect(await response.text()).toBe('');
  else if (typeof answer === 'string') expect(response.headers.get('content-type')).toContain(answer);
  else expect(answer.safeParse(await response.json()).error?.issues).toBeUndefined();
  if (method === 'delete' && path === '/sites/:domain') await fill();
  if (path.startsWith('/account/')) signedIn = await signIn();
});

it('says who may: strangers are let in by nothing else than what is open to anyone', async () => {
  for (const { method, path, permission } of ROUTES) {
    const target = path.replace(':domain', DOMAIN).replace(':id', 'x');
    const { status } = await send(method.toUpperCase(), target, { body: method === 'get' ? undefined : {} });
    if (permission === 'anyone') expect(status, `${method} ${path}`).not.toBe(401);
    else expect(status, `${method} ${path}`).toBe(401);
  }
});
