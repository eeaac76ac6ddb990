import { type Answer, type Ask, type Asked, linesOf, requestOf } from './ask.ts';

export const OWNER_TOKEN = 'token-of-the-recorded-owner';

type Headers = Readonly<Record<string, string>>;
/** Who asks, as they are named in the record. */
type Callers = Record<string, Headers>;

/** The part of the API's reference that is read. */
export interface Reference {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly example?: unknown }>> };
}

/**
 * What is done before everything else, and after it: who does it, and what. `$name` stands for the last value of that
 * name in an answer; of a link, `$link` is its token.
 */
export const FURNISH = `
nobody POST /api/setup {"token":"wrong","email":"owner@blog.example","password":"correct horse battery"}
owner POST /api/setup {"token":"$setup","email":"owner@blog.example","password":"correct horse battery"}
owner POST /api/sites {"domain":"blog.example","name":"Blog","timezone":"Europe/Berlin"}
owner POST /api/sites {"domain":"shop.example","name":"Shop","timezone":"Asia/Kolkata"}
owner POST /api/sites {"domain":"gone.example"}
owner PATCH /api/sites/blog.example {"excludedPages":["/hidden/*"],"collect":{"places":"city"},"refunds":true}
owner POST /api/invites {"site":"blog.example","role":"viewer"}
nobody POST /api/invites/look {"token":"$link"}
viewer POST /api/invites/accept {"token":"$link","email":"viewer@blog.example","password":"correct horse battery"}
owner POST /api/tokens {"name":"Report","scope":"read","sites":["blog.example"]}
viewer GET /api/account`;

export const CHANGE = `
owner PUT /api/sites/blog.example/members/$id {"role":"editor"}
owner PATCH /api/accounts/$id {"everywhere":"viewer"}
owner DELETE /api/sites/blog.example/members/$id
owner POST /api/accounts/$id/reset
nobody POST /api/reset {"token":"$link","password":"other horse battery"}
viewer POST /api/login {"email":"viewer@blog.example","password":"wrong"}
viewer POST /api/login {"email":"viewer@blog.example","password":"other horse battery"}
viewer PATCH /api/account {"email":"new@blog.example","password":"other horse battery"}
viewer POST /api/account/password {"current":"other horse battery","password":"third horse battery"}
viewer POST /api/account/totp {"password":"third horse battery"}
viewer POST /api/account/totp/confirm {"code":"000000"}
viewer DELETE /api/account/sessions
viewer GET /api/account/export
viewer POST /api/logout
viewer GET /api/account
owner DELETE /api/accounts/$id
owner POST /api/sites/blog.example/views {"name":"Phones","search":"?device=mobile"}
owner GET /api/sites/blog.example/views
owner DELETE /api/sites/blog.example/views/$id
owner POST /api/invites {"site":"blog.example","role":"editor"}
owner GET /api/invites
owner DELETE /api/invites/$id
owner POST /api/tokens {"name":"Short","scope":"write"}
owner DELETE /api/tokens/$id
owner POST /api/sites/blog.example/check {"path":"/"}
owner POST /api/sites/shop.example/purge {"page":"/cart","confirm":"shop.example"}
owner DELETE /api/sites/gone.example {"confirm":"other.example"}
owner DELETE /api/sites/gone.example {"confirm":"gone.example"}
owner GET /api/sites`;

/** Goes through requests of which later ones need what earlier ones gave. Whoever is given a session or token has it from then on. */
export const follow = async (ask: Ask, lines: string, callers: Callers, values: Map<string, string>): Promise<void> => {
  for (const line of linesOf(lines)) {
    const by = line.slice(0, line.indexOf(' '));
    const filled = line.slice(by.length + 1).replace(/\$(\w+)/g, (_, name: string) => values.get(name) ?? 'none');
    const { body, ...asked } = requestOf(filled);
    const json = body === undefined ? {} : { body: JSON.parse(String(body)) };
    const answer = await ask('answers/changes.txt', { ...asked, ...json, by, headers: callers[by] ?? {} });
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    if (cookie !== '') callers[by] = { cookie: cookie.split(';')[0] ?? '' };
    remember(answer, values);
    const token = values.get('token');
    if (token !== undefined) callers.token ??= { authorization: `Bearer ${token}` };
  }
};

const remember = ({ body }: Answer, values: Map<string, string>): void => {
  for (const [, name = '', value = ''] of body.toString().matchAll(/"(id|link|token)":"([^"]+)"/g))
    values.set(name, value.replace(/^.*#token=/, ''));
};

/** Parameters that are worth asking with. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  '/logs': [
    '',
    '?site_id=blog.example',
    ...['problems', 'records', 'none'].map((view) => `?site_id=blog.example&view=${view}`),
  ],
  '/overview': ['', '?date_range=7d', '?date_range=never'],
  '/sites/{domain}/purge': ['', '?page=/pricing', '?from=2040-05-01', '?dimension=event:name&value=Buy', '?page=x'],
};

const fileOf = (method: string, path: string): string => `answers/${path.slice(1).replaceAll('/', '_')}-${method}.txt`;

/** Asks every operation of the reference as everybody; what would change something as who may not, and wrongly. */
export const askAll = async (ask: Ask, { paths }: Reference, callers: Callers): Promise<void> => {
  for (const [path, operations] of Object.entries(paths).sort())
    for (const [method, operation] of Object.entries(operations).sort()) {
      const url = `/api${path.replace('{domain}', 'blog.example').replace('{id}', 'none')}`;
      const to = (by: string, headers: Headers = {}, more: Partial<Asked> = {}) =>
        ask(fileOf(method, path), { by, method: method.toUpperCase(), path: url, headers, ...more });
      if (method === 'get') {
        for (const query of QUERIES[path] ?? [''])
          for (const [by, headers] of Object.entries(callers)) await to(by, headers, { path: url + query });
        continue;
      }
      const body = operation.requestBody?.content?.['application/json']?.example ?? {};
      // A viewer may change an account of their own, and end the session.
      const refused = /account|logout/.test(path) ? ['nobody', 'token'] : ['nobody', 'token', 'viewer'];
      for (const by of refused) await to(by, callers[by], { body });
      const owner = { authorization: `Bearer ${OWNER_TOKEN}` };
      await to('owner, wrongly', owner, { body: { unknown: 1 } });
      await to('owner, wrongly', owner, { body: 'no json' });
      await to('owner, from elsewhere', { ...owner, 'sec-fetch-site': 'cross-site' }, { body });
    }
};
