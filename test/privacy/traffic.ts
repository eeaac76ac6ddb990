import { PEOPLE, type Person } from './people.ts';

/** Sends a request, to a collector in this process or in another. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** Secrets that people type where they do not belong. */
export const TYPED = {
  email: 'marked.person@mail-7719.example',
  jwt: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3NzE5MTMifQ.Zk3v9QpL7wXc2RtY8uHsBn5mJd4fKg1aEo6iTqVxWzM',
  key: 'sk_live_51Hq7Z9kLmXw2RtYvB8nPc4Df6',
};

/** What a person's browser says in the headers. */
const headersOf = ({ forwardedFor, agent, hints }: Person): Record<string, string> => ({
  'content-type': 'text/plain',
  'x-forwarded-for': forwardedFor,
  'user-agent': agent,
  ...hints,
});

const { email, jwt, key } = TYPED;
const PAGE = { s: 'example.com', u: 'https://example.com/pricing' };
const VIEW = { k: 'view' };

/** All kinds of items, with what people type into them. */
const FULL = {
  s: 'example.com',
  u: `https://example.com/account/${email}/orders?token=${jwt}&email=${email}&api_key=${key}#${jwt}`,
  p: { account: email, token: jwt, reader: `${email} ${key}`, at: `https://example.com/u/${email}?token=${jwt}` },
  t: `Orders of ${email}`,
  rel: `1.2.3 by ${email}`,
  r: `https://mail.example/inbox/${email}?token=${jwt}`,
  i: [
    VIEW,
    { k: 'event', n: 'invite', p: { to: email, auth: jwt, key, 'a@b.example': 1 } },
    { k: 'event', n: `invite ${email}` },
    { k: 'engage', ms: 5000, sc: 50 },
    { k: 'log', l: 'warn', m: `cannot reach ${email} with ${jwt} and ${key}`, p: { to: email, auth: jwt, key } },
    {
      k: 'error',
      m: `TypeError: ${email} ${jwt} ${key}`,
      st: `TypeError: ${email}\n at f (https://example.com/a.js?token=${jwt}:1:2)`,
    },
  ],
};

/** What a page may report that shows people what their browser says of them. */
const mirror = ({ forwardedFor, agent }: Person): string => {
  const address = forwardedFor.split(',', 1)[0];
  return JSON.stringify({
    s: 'example.com',
    u: `https://example.com/from/${address}/${encodeURIComponent(agent)}?ip=${address}`,
    t: `You are ${address} with ${agent}`,
    rel: `built for ${address}`,
    i: [
      VIEW,
      { k: 'event', n: 'whoami', p: { found: `${address} ${agent}` } },
      { k: 'log', l: 'info', m: `client ${address}, agent ${agent}`, p: { found: agent, from: `at ${address}` } },
      {
        k: 'error',
        m: `Error: ${address} is blocked for ${agent}`,
        st: `Error: ${address}\n    at f (https://example.com/a.js:1:2)`,
      },
    ],
  });
};

/** Bodies of beacons and headers beside the person's own: understood, malformed, refused and dropped. */
const BEACONS: readonly [body: string, headers: Record<string, string>][] = [
  [JSON.stringify(FULL), {}],
  [JSON.stringify({ ...PAGE, b: 'batch-77-1913', i: [VIEW] }), {}],
  [JSON.stringify({ ...PAGE, b: 'batch-77-1913', i: [VIEW] }), {}],
  [JSON.stringify({ ...PAGE, i: [{ k: 'view', a: 700_000 }] }), {}],
  [JSON.stringify({ ...PAGE, i: [VIEW] }), { 'sec-gpc': '1' }],
  [JSON.stringify({ ...PAGE, i: [VIEW] }), { dnt: '1' }],
  [JSON.stringify({ ...PAGE, i: [VIEW] }), { 'sec-purpose': 'prefetch' }],
  [JSON.stringify({ ...PAGE, s: 'elsewhere.example', i: [VIEW] }), {}],
  [JSON.stringify({ ...PAGE, u: email, i: [VIEW] }), {}],
  [JSON.stringify({ ...PAGE, i: [{ k: email }] }), {}],
  [`{"s":"example.com","u":"${email}`, {}],
  [email, {}],
  ['', {}],
  ['x'.repeat(70_000), {}],
  [JSON.stringify({ ...PAGE, i: [VIEW] }), { 'content-type': 'application/octet-stream' }],
];

/** Addresses of the image beacon, with what people type and what pages say of them in them. */
const imagesOf = ({ forwardedFor, agent }: Person): string[] => {
  const address = forwardedFor.split(',', 1)[0] ?? '';
  const about = `${address} with ${agent}`;
  return [
    {
      s: 'example.com',
      u: `https://example.com/from/${address}?email=${email}`,
      t: about,
      r: `https://a.example/${email}`,
    },
    { s: 'example.com', u: FULL.u, t: FULL.t, r: FULL.r },
    { s: 'example.com', o: `to ${email}, ${key}` },
    { s: 'example.com', o: about.slice(0, 120) },
    { s: email, u: about },
    { s: 'example.com', u: `${about} ${email}` },
  ].map((given) => `/in.gif?${new URLSearchParams(given as Record<string, string>)}`);
};

/** What else a person may ask for. */
const REQUESTS: readonly [path: string, init: RequestInit][] = [
  ['/in', {}],
  ['/in', { method: 'OPTIONS' }],
  ['/p.js', {}],
  ['/demo/', {}],
  ['/', {}],
  ['/nothing-here', {}],
  ['/api/status', {}],
  ['/api/sites', {}],
  ['/metrics', {}],
  ['/api/query', { method: 'POST', body: '{}' }],
];

/** Every person sends everything; then one of them far too much. Resolves to all that was answered, as text. */
export const sendEverything = async (ask: Ask, limit: number): Promise<string> => {
  let answered = '';
  const note = async (path: string, init: RequestInit): Promise<void> => {
    const response = await ask(path, init);
    answered += `${path.replace(/\?.*/, '')} ${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}\n`;
  };
  for (const person of PEOPLE) {
    await note('/in', { method: 'POST', headers: headersOf(person), body: mirror(person) });
    for (const [body, headers] of BEACONS)
      await note('/in', { method: 'POST', headers: { ...headersOf(person), ...headers }, body });
    for (const path of imagesOf(person)) await note(path, { headers: { ...headersOf(person), referer: FULL.r } });
    for (const [path, init] of REQUESTS) await note(path, { headers: headersOf(person), ...init });
  }
  const [flooder] = PEOPLE;
  for (let i = 0; i < limit; i++)
    await note('/in', { method: 'POST', headers: headersOf(flooder), body: JSON.stringify({ ...PAGE, i: [VIEW] }) });
  return answered;
};
