import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { likelyBeacon, nearBeacon } from './beacons.ts';

const GOOD = { s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] };
const body = (change: object): string => JSON.stringify({ ...GOOD, ...change });
const named = (properties: string): string =>
  `{"s":"example.com","u":"https://example.com/","i":[{"k":"event","n":"x","p":{${properties}}}]}`;
const event = (p: unknown): string => body({ i: [{ k: 'event', n: 'x', p }] });

const nested = (open: string, close: string, depth: number, core = ''): string =>
  open.repeat(depth) + core + close.repeat(depth);
/** A beacon that is right, with another field beside. */
const beside = (json: string): string => `${JSON.stringify(GOOD).slice(0, -1)},"x":${json}}`;

/** What is said, and how it may be answered. */
const BODIES: readonly [string, string | Uint8Array<ArrayBuffer>, number][] = [
  ['nesting of 30,000 lists', '['.repeat(30_000), 400],
  ['nesting of 10,000 objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 400],
  ['64 KiB of lists within lists', `${'['.repeat(32_768)}${']'.repeat(32_768)}`, 400],
  ['64 KiB of lists within lists in a field that nobody knows', beside(nested('[', ']', 32_000)), 202],
  ['objects within objects in a field that nobody knows', beside(nested('{"a":', '}', 10_000, '1')), 202],
  [
    'objects within objects in place of the items',
    `{"s":"example.com","u":"https://example.com/","i":${nested('{"i":', '}', 10_000, '1')}}`,
    400,
  ],
  [
    'lists within lists in place of an item',
    `{"s":"example.com","u":"https://example.com/","i":${nested('[', ']', 30_000)}}`,
    400,
  ],
  ['objects within objects in a property', named(`"a":${nested('{"a":', '}', 10_000, '1')}`), 202],
  ['lists within lists in place of properties', event(JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)), 202],
  ['a number beyond all numbers', '{"s":"example.com","u":"https://example.com/","i":[{"k":"view","a":1e999}]}', 400],
  ['an age of minus zero', '{"s":"example.com","u":"https://example.com/","i":[{"k":"view","a":-0}]}', 202],
  ['the largest age', body({ i: [{ k: 'view', a: Number.MAX_SAFE_INTEGER }] }), 202],
  ['engagement of part of a millisecond', body({ i: [{ k: 'engage', ms: 0.4, sc: 0.4 }] }), 202],
  ['engagement of days', body({ i: [{ k: 'engage', ms: 1e15 }] }), 202],
  ['__proto__ as a key', '{"__proto__":{"s":"example.com"},"u":"https://example.com/","i":[{"k":"view"}]}', 400],
  [
    '__proto__ as a property',
    '{"s":"example.com","u":"https://example.com/","i":[{"k":"event","n":"x","p":{"__proto__":"y","constructor":"z"}}]}',
    202,
  ],
  ['an object as __proto__ of the properties', named('"__proto__":{"polluted":"y"}'), 202],
  ['an object as the constructor of the properties', named('"constructor":{"prototype":{"polluted":"y"}}'), 202],
  ['__proto__ of an item', '{"s":"example.com","u":"https://example.com/","i":[{"__proto__":{"k":"view"}}]}', 400],
  [
    '__proto__ beside the kind',
    '{"s":"example.com","u":"https://example.com/","i":[{"k":"view","__proto__":{"polluted":"y"}}]}',
    202,
  ],
  [
    '__proto__ in place of the items',
    '{"s":"example.com","u":"https://example.com/","i":{"__proto__":[],"length":1,"0":{"k":"view"}}}',
    400,
  ],
  [
    '7,000 times the same key',
    `{${'"s":"x",'.repeat(7000)}"s":"example.com","u":"https://example.com/","i":[{"k":"view"}]}`,
    202,
  ],
  ['7,000 keys that nobody knows', beside(`{${Array.from({ length: 7000 }, (_, i) => `"${i}":1`).join()}}`), 202],
  ['the same property twice', named('"a":"first","a":"last"'), 202],
  ['__proto__ as the site', body({ s: '__proto__' }), 404],
  ['constructor as the kind', body({ i: [{ k: 'constructor' }] }), 400],
  ['the same key twice', '{"s":"x","s":"example.com","u":"https://example.com/","i":[{"k":"view"}]}', 202],
  [
    'lone surrogates',
    '{"s":"example.com","u":"https://example.com/","t":"\\ud800","i":[{"k":"event","n":"\\udfff","p":{"\\ud800":"\\udc00x"}}]}',
    202,
  ],
  [
    'NULs',
    body({
      t: 'a\0b',
      i: [
        { k: 'event', n: 'a\0b', p: { '\0': '\0' } },
        { k: 'log', l: 'info', m: '\0' },
      ],
    }),
    202,
  ],
  ['NULs in the address', body({ u: 'https://example.com/\0/%00' }), 202],
  ['a NUL in the JSON', '{"s":"example.com\0"}\0', 400],
  ['almost 64 KiB of one character', body({ i: [{ k: 'log', l: 'info', m: 'x'.repeat(65_000) }] }), 202],
  ['64 KiB of spaces', ' '.repeat(65_536), 400],
  ['64 KiB of quotes', '"'.repeat(65_536), 400],
  ['more than 64 KiB', 'x'.repeat(65_537), 413],
  [
    'invalid UTF-8',
    Buffer.concat([
      Buffer.from('{"s":"example.com","u":"https://example.com/","t":"'),
      Buffer.from([0xff, 0xc0, 0x80]),
      Buffer.from('","i":[{"k":"view"}]}'),
    ]),
    202,
  ],
  ['UTF-16', Buffer.from(`\ufeff${JSON.stringify(GOOD)}`, 'utf16le'), 400],
  ['a byte order mark', Buffer.from(`\ufeff${JSON.stringify(GOOD)}`), 202],
  ['gzip', gzipSync(JSON.stringify(GOOD)), 400],
  [
    '100 items of everything',
    body({
      i: Array.from({ length: 100 }, (_, i) => ({
        k: ['view', 'event', 'engage', 'log', 'error'][i % 5],
        n: 'x',
        ms: 1,
        l: 'info',
        m: 'x',
      })),
    }),
    202,
  ],
  ['broken escapes in the address', body({ u: 'https://example.com/%/%zz/%c3%28/%ff?%=%&utm_source=%zz#%' }), 202],
  ['an international domain', body({ u: 'https://bücher.example/ümläut/日本' }), 202],
  ['an IPv6 host', body({ u: 'http://[2001:db8::1]:8080/' }), 202],
  ['credentials in the address', body({ u: 'https://user:password@example.com/' }), 202],
  ['a referrer that is none', body({ r: 'http://[::1' }), 202],
  ['a referrer of an app', body({ r: 'android-app://com.example/' }), 202],
  ['a referrer that is a script', body({ r: 'javascript:alert(1)' }), 202],
  ['a very long path', body({ u: `https://example.com/${'a/'.repeat(2030)}` }), 202],
  ['a path of slashes', body({ u: `https://example.com/${'/'.repeat(4000)}` }), 202],
  ['a query of campaigns', body({ u: `https://example.com/?${'utm_source=a&'.repeat(300)}` }), 202],
  [
    '30 properties of 500 characters',
    event(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`p${i}`, 'ü'.repeat(600)]))),
    202,
  ],
  ['a stack of one line', body({ i: [{ k: 'error', m: 'x', st: '@'.repeat(16_384) }] }), 202],
  [
    'a stack of addresses',
    body({ i: [{ k: 'error', m: 'http://'.repeat(500), st: 'at http://a:1:1\n'.repeat(1000) }] }),
    202,
  ],
];

const HEADERS: readonly [string, Record<string, string>][] = [
  ['X-Forwarded-For garbage', { 'x-forwarded-for': ',,, ;;, ]][[::,999.999.999.999,1.2.3.4:banana,"' }],
  ['X-Forwarded-For of 10,000 entries', { 'x-forwarded-for': '127.0.0.1,'.repeat(10_000) }],
  ['no X-Forwarded-For', { 'x-forwarded-for': '' }],
  ['X-Forwarded-For with zones and brackets', { 'x-forwarded-for': '[fe80::1%eth0]:80, fe80::1%25en0' }],
  ['an agent of 60,000 characters', { 'user-agent': `Mozilla/5.0 ${'('.repeat(60_000)}` }],
  ['an agent of brackets', { 'user-agent': `Mozilla/5.0 ${'(;'.repeat(400)}` }],
  [
    'an agent of statements',
    { 'user-agent': "Mozilla/5.0 (X11; Linux x86_64) '; DROP TABLE hits; -- Chrome/99999999999999999999.0" },
  ],
  ['no agent', { 'user-agent': '' }],
  ['repeated headers', { 'sec-gpc': '1, 1', dnt: '1, 0', 'sec-purpose': 'prefetch, prefetch' }],
  ['languages of garbage', { 'accept-language': `${'x-'.repeat(2000)};q=NaN,*;q=-1,${"';--"}` }],
  ['another encoding', { 'content-encoding': 'gzip' }],
  ['another charset', { 'content-type': 'text/plain; charset=utf-16' }],
  ['a length that is wrong', { 'content-length': '5' }],
  ['a length that is none', { 'content-length': 'banana' }],
  ['another host', { host: "evil.example'; --", 'x-forwarded-proto': 'javascript', 'x-forwarded-host': 'evil' }],
];

const ANSWERS = [202, 400, 404, 413];
const RUNS = 400;

describe('whatever is sent to the intake', () => {
  let collector: TestCollector;
  /** Items by what the answers said became of them. */
  const told: Record<string, number> = {};
  let sent = 0;

  const send = async (
    content: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<number> => {
    const response = await collector.request('/in', {
      method: 'POST',
      headers: {
        'content-type': 'text/plain',
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0',
        'x-forwarded-for': `10.0.${(sent >> 8) & 255}.${sent++ & 255}`,
        ...headers,
      },
      body: content,
    });
    for (const part of response.headers.get('passerby')?.split(', ') ?? []) {
      const [what = '', count] = part.split('=');
      told[what] = (told[what] ?? 0) + Number(count);
    }
    return response.status;
  };
  const knownRows = (): Promise<unknown[]> =>
    collector.store.query('SELECT * FROM hits WHERE site = {site:String} ORDER BY ts, visit, step', {
      site: collector.collector.sites.find('known.example')?.id ?? '',
    });
  let known: unknown[];
  /** What the owner sees left out. */
  const leftOut = async (): Promise<object> => {
    const question = {
      site_id: 'example.com',
      metrics: ['events'],
      date_range: 'all',
      dimensions: ['drop:reason'],
    } as const;
    const reasons = (await collector.query(question)).results.map(({ dimensions: [reason], metrics: [count] }) => [
      reason,
      count,
    ]);
    return Object.fromEntries(reasons);
  };

  beforeAll(async () => {
    collector = await startTestCollector();
    for (const domain of ['example.com', 'known.example']) await collector.api('POST', '/api/sites', { domain });
    for (const path of ['a', 'b', 'c'])
      await collector.send({ s: 'known.example', u: `https://known.example/${path}`, i: [{ k: 'view' }] });
    await collector.flush();
    known = await knownRows();
    expect(known).toHaveLength(3);
  });
  afterAll(() => collector.stop());

  test.each(BODIES)('%s', async (_name, content, status) => {
    expect(await send(content)).toBe(status);
  });

  test.each(HEADERS)('%s', async (_name, headers) => {
    expect([202, 400, 413]).toContain(await send(JSON.stringify(GOOD), headers));
  });

  test.each([
    ['anything near a beacon', nearBeacon],
    ['a beacon with anything in it', likelyBeacon],
  ])('%s', async (_name, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async (sent) => {
        expect(ANSWERS).toContain(await send(JSON.stringify(sent)));
      }),
      { numRuns: RUNS },
    );
  });

  test('any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expect(ANSWERS).toContain(await send(Buffer.from(bytes)));
      }),
      { numRuns: RUNS },
    );
  });

  test('keeps names that mean something to JavaScript as mere names, and changes no object by them', async () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'prototype', 'toString', 'valueOf'];
    expect(await send(named(names.map((name) => `"${name}":"its ${name}"`).join()))).toBe(202);
    await collector.flush();
    const [stored] = await collector.store.query<{ names: string[]; values: string[] }>(
      `SELECT mapKeys(props) AS names, mapValues(props) AS values FROM hits
        WHERE site = {site:String} AND mapContains(props, 'valueOf')`,
      { site: collector.collector.sites.find('example.com')?.id ?? '' },
    );
    expect(Object.fromEntries(stored?.names.map((name, i) => [name, stored.values[i]]) ?? [])).toEqual(
      Object.fromEntries(names.map((name) => [name, `its ${name}`])),
    );
    expect(stored?.names).toHaveLength(names.length);
    const fresh: Record<string, unknown> = {};
    expect([fresh.polluted, Object.keys(Object.prototype), typeof fresh.toString]).toEqual([undefined, [], 'function']);
  });

  test('is stored exactly as far as it was answered, and harms nothing', async () => {
    await collector.flush();
    const site = collector.collector.sites.find('example.com')?.id ?? '';
    const [stored] = await collector.store.query<{ rows: number }>(
      `SELECT toUInt32((SELECT count() FROM hits WHERE site = {site:String})
        + (SELECT count() FROM logs WHERE site = {site:String} AND kind = 5)) AS rows`,
      { site },
    );
    expect(told.counted).toBeGreaterThan(RUNS);
    expect(stored?.rows).toBe(told.counted);
    expect(await leftOut()).toEqual(Object.fromEntries(Object.entries(told).filter(([what]) => what !== 'counted')));
    expect(await knownRows()).toEqual(known);

    await collector.send(
      { s: 'known.example', u: 'https://known.example/d', i: [{ k: 'view' }] },
      { address: '203.0.113.200' },
    );
    await collector.flush();
    const question = { site_id: 'known.example', metrics: ['visits', 'pageviews'], date_range: 'all' } as const;
    expect((await collector.query(question)).results[0]?.metrics).toEqual([2, 4]);
    expect(collector.logged()).not.toContain('error');
  });
});
