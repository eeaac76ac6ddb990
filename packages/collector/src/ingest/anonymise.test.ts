import { expect, it, test } from 'vitest';
import { BrowserKey } from '../privacy/browser-key.ts';
import type { Geo } from '../privacy/geo.ts';
import { VisitorKeys } from '../privacy/keys.ts';
import { site } from '../sites/site.ts';
import { createAnonymise } from './anonymise.ts';
import type { AnonymousBeacon, Sender, ValidBeacon } from './beacon.ts';
import { isDrop } from './drop.ts';
import { NO_HINTS } from './enrich/client-hints.ts';

const AT = Date.UTC(2024, 5, 10, 12);
const ADDRESS = '198.51.100.77';
const AUSTRIAN = '198.51.100.43';
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

const looked: string[] = [];
const geo: Geo = {
  place: (address) => {
    looked.push(address);
    const country = address === AUSTRIAN ? 'AT' : 'DE';
    return { country, region: `${country}-9`, city: `${country}: City` };
  },
  attribution: { text: '', url: '' },
};
const anonymise = createAnonymise({ geo, keys: new VisitorKeys(AT, (bytes) => bytes.fill(7)) });

const sender: Sender = {
  address: ADDRESS,
  agent: AGENT,
  hints: NO_HINTS,
  languages: 'de-DE,de;q=0.9',
  gpc: false,
  dnt: false,
  prefetch: false,
};
const example = site.parse({
  id: 's1',
  domain: 'example.com',
  name: 'Example',
  timezone: 'UTC',
  created: '2024-01-01T00:00:00Z',
});

/** A site whose owner has rules. */
const strict = site.parse({
  ...example,
  hostnames: ['www.example.com', '*.shop.example'],
  ignoredAddresses: ['203.0.113.0/24', '2001:db8::/32'],
  blockedCountries: ['AT'],
  excludedPages: ['/admin/*', '/u/[email]'],
  blockedSources: ['bad.example'],
});

const beacon = (change: Partial<ValidBeacon> = {}, from: Partial<Sender> = {}): ValidBeacon => ({
  at: AT,
  site: example,
  sender: { ...sender, ...from },
  batch: 'abcdefgh',
  release: '1.2.3',
  screen: 'l',
  props: {},
  via: '',
  left: {},
  url: new URL('https://www.example.com/pricing?utm_source=hn&email=jane@example.com'),
  referrer: new URL('https://news.ycombinator.com/item?id=1'),
  title: 'Pricing',
  items: [{ kind: 'view', at: AT }],
  ...change,
});

const passed = (given: ValidBeacon): AnonymousBeacon => {
  const outcome = anonymise(given);
  if (isDrop(outcome)) throw new Error(`dropped: ${outcome.drop}`);
  return outcome;
};

it('keeps what may be kept, and nothing else', () => {
  const { browserKey, ...kept } = passed(beacon());
  expect(browserKey).toBeInstanceOf(BrowserKey);
  expect(kept).toEqual({
    at: AT,
    site: example,
    batch: 'abcdefgh',
    release: '1.2.3',
    screen: 'l',
    props: {},
    via: '',
    left: {},
    page: { hostname: 'www.example.com', path: '/pricing', title: 'Pricing' },
    origin: {
      source: 'Hacker News',
      channel: 'Organic social',
      referrer: 'news.ycombinator.com/item',
      utm_source: 'hn',
      utm_medium: '',
      utm_campaign: '',
      utm_content: '',
      utm_term: '',
    },
    client: {
      browser: 'Firefox',
      browser_version: 'Firefox 128',
      os: 'GNU/Linux',
      os_version: 'GNU/Linux',
      device: 'Desktop',
      language: 'de',
      country: 'DE',
      region: '',
      city: '',
    },
    items: [{ kind: 'view', at: AT }],
  });
});

it('names the browser by its client hints, and keeps nothing else of them', () => {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
  const brands = '"Brave";v="150", "Not/A)Brand";v="8", "Marked Brand";v="7719"';
  const made = passed(beacon({}, { agent, hints: { brands, mobile: '?0', platform: '"Marked platform"' } }));
  expect(made.client).toMatchObject({ browser: 'Brave', browser_version: 'Brave 150', os: 'GNU/Linux' });
  expect(JSON.stringify(made)).not.toMatch(/Marked|7719|Not\/A/);
});

it('looks the country up by the whole address', () => {
  looked.length = 0;
  passed(beacon({}, { address: '2001:0db8:0001:0002:0003:0004:0005:0006' }));
  expect(looked).toEqual(['2001:0db8:0001:0002:0003:0004:0005:0006']);
});

test.each<[string, Partial<Sender>, Partial<ValidBeacon>, string | null]>([
  ['Global Privacy Control', { gpc: true }, {}, 'gpc'],
  ['Global Privacy Control before all else', { gpc: true, dnt: true, prefetch: true, agent: '' }, {}, 'gpc'],
  ['Do Not Track', { dnt: true }, {}, 'dnt'],
  ['Do Not Track that the site does not honour', { dnt: true }, { site: { ...example, dnt: false } }, null],
  ['prefetch', { prefetch: true }, {}, 'prefetch'],
  ['robot', { agent: 'curl/8.5.0' }, {}, 'bot'],
  ['no agent', { agent: '' }, {}, 'bot'],
  ['rules that it keeps', {}, { site: strict }, null],
  ['ignored address', { address: '203.0.113.7' }, { site: strict }, 'ignored'],
  ['ignored network', { address: '2001:0db8:0001:0002:0003:0004:0005:0006' }, { site: strict }, 'ignored'],
  ['ignored by another site', { address: '203.0.113.7' }, {}, null],
  ['ignored robot', { address: '203.0.113.7', agent: 'curl/8.5.0' }, { site: strict }, 'ignored'],
  ['Global Privacy Control before the rules', { gpc: true, address: '203.0.113.7' }, { site: strict }, 'gpc'],
  ['other host', {}, { site: strict, url: new URL('https://copy.example/pricing') }, 'hostname'],
  ['host below an allowed one', {}, { site: strict, url: new URL('https://de.shop.example/') }, null],
  ['excluded page', {}, { site: strict, url: new URL('https://www.example.com/admin/users?x=/pricing') }, 'page'],
  ['page as it is kept', {}, { site: strict, url: new URL('https://www.example.com/u/jane@example.com') }, 'page'],
  ['page that is not excluded', {}, { site: strict, url: new URL('https://www.example.com/administer') }, null],
  ['blocked country', { address: AUSTRIAN }, { site: strict }, 'country'],
  ['country that another site blocks', { address: AUSTRIAN }, {}, null],
  ['blocked source', {}, { site: strict, referrer: new URL('https://www.bad.example/x') }, 'source'],
  [
    'blocked source in the link',
    {},
    { site: strict, url: new URL('https://www.example.com/?ref=Bad.example') },
    'source',
  ],
  ['spam', {}, { referrer: new URL('https://site7.semalt.com/crawler?u=https://example.com') }, 'spam'],
  ['spam in the link', {}, { url: new URL('https://example.com/?utm_source=semalt.com') }, 'spam'],
  [
    'spam that the owner wants counted',
    {},
    { site: { ...example, spamList: false }, referrer: new URL('https://site7.semalt.com/') },
    null,
  ],
  ['mail proxy on a page', { agent: 'Mozilla/5.0' }, {}, 'bot'],
  [
    'mail proxy that opens an e-mail',
    { agent: 'Mozilla/5.0' },
    { items: [{ kind: 'open', at: AT, name: 'May' }] },
    null,
  ],
  ['robot that opens an e-mail', { agent: 'curl/8.5.0' }, { items: [{ kind: 'open', at: AT, name: 'May' }] }, 'bot'],
  [
    'e-mail, which has no host and no page that could be left out',
    {},
    {
      site: site.parse({ ...strict, excludedPages: ['/*'] }),
      url: new URL('http://example.com/'),
      items: [{ kind: 'open', at: AT, name: 'May' }],
    },
    null,
  ],
  ['e-mail and Global Privacy Control', { gpc: true }, { items: [{ kind: 'open', at: AT, name: 'May' }] }, 'gpc'],
  [
    'page that is excluded whatever its parameters',
    {},
    {
      site: site.parse({ ...strict, excludedPages: ['/search'], queryParameters: ['q'] }),
      url: new URL('https://www.example.com/search?q=x'),
    },
    'page',
  ],
  [
    'page that is excluded in another spelling, and is another address of one that is',
    {},
    {
      site: site.parse({ ...strict, excludedPages: ['/%C3%9Cber/'], mergedPages: ['case', 'index_file'] }),
      url: new URL('https://www.example.com/ÜBER/index.html'),
    },
    'page',
  ],
  [
    'spam that the owner blocks too',
    {},
    { site: site.parse({ ...example, blockedSources: ['semalt.com'] }), referrer: new URL('http://semalt.com') },
    'source',
  ],
  [
    'source that the owner blocks with www',
    {},
    {
      site: site.parse({ ...example, blockedSources: ['www.bad.example'] }),
      referrer: new URL('https://www.bad.example/'),
    },
    'source',
  ],
  [
    'blocked source in the link, in its own letters',
    {},
    {
      site: site.parse({ ...example, blockedSources: ['xn--80ayhh.xn--p1ai'] }),
      url: new URL('https://www.example.com/?utm_source=https://Спам.рф/'),
    },
    'source',
  ],
  [
    'spammer in a tag that is an address',
    {},
    { url: new URL('https://www.example.com/?utm_source=http%3A%2F%2Fwww.semalt.com%2Fx') },
    'spam',
  ],
  ['spammer by name', {}, { referrer: new URL('https://get-free-traffic.xyz/') }, 'spam'],
  [
    'referrer that is no source, but that the owner blocks',
    {},
    {
      site: site.parse({ ...example, blockedSources: ['paypal.com'], ignoredReferrers: ['paypal.com'] }),
      referrer: new URL('https://www.paypal.com/'),
    },
    'source',
  ],
  [
    'link from a page of its own on a site that is called like a spammer',
    {},
    {
      site: { ...example, domain: 'semalt.com' },
      url: new URL('https://semalt.com/'),
      referrer: new URL('https://semalt.com/a'),
    },
    null,
  ],
])('%s', (_, from, change, reason) => {
  const outcome = anonymise(beacon(change, from));
  expect(isDrop(outcome) ? outcome.drop : null).toBe(reason);
});

const names = (given: ValidBeacon): string => BrowserKey.names(passed(given).browserKey).current;

it('leaves out every kind of item of an excluded page', () => {
  const url = new URL('https://www.example.com/admin/');
  for (const item of [
    { kind: 'engagement', at: AT, ms: 1, scroll: 0, viewMs: 1, viewScroll: 0 },
    { kind: 'log', at: AT, severity: 'warn', message: 'x', props: {} },
    { kind: 'error', at: AT, message: 'x', stack: '' },
  ] as const)
    expect(anonymise(beacon({ site: strict, url, items: [item] }))).toEqual({ drop: 'page' });
});

test.each<[string, boolean, Partial<Sender>, Partial<ValidBeacon>]>([
  ['the same on another page', true, {}, { url: new URL('https://example.com/other') }],
  ['another address', false, { address: '198.51.100.78' }, {}],
  ['another agent', false, { agent: AGENT.replaceAll('128', '129') }, {}],
  ['other client hints', true, { hints: { brands: '"Brave";v="150"', mobile: '?0', platform: '"Linux"' } }, {}],
  ['another site', false, {}, { site: { ...example, id: 's2' } }],
])('recognises a browser: %s', (_, same, from, change) => {
  expect(names(beacon(change, from)) === names(beacon())).toBe(same);
});

it('takes the addresses of one IPv6 network for one client', () => {
  const at = (address: string): string => names(beacon({}, { address }));
  expect(at('2001:0db8:0001:0002:0003:0004:0005:0006')).toBe(at('2001:0db8:0001:0002:ffff:0004:0005:0006'));
  expect(at('2001:0db8:0001:0002:0003:0004:0005:0006')).not.toBe(at('2001:0db8:0001:0003:0003:0004:0005:0006'));
});

it('scrubs whatever people can type into', () => {
  const typed = 'jane@example.org';
  const { page, origin, items } = passed(
    beacon({
      url: new URL(`https://www.example.com/u/${typed}?utm_campaign=${typed}#/to/${typed}`),
      referrer: new URL(`https://other.example/${typed}`),
      title: `Inbox of ${typed}`,
      items: [
        { kind: 'view', at: AT },
        { kind: 'engagement', at: AT, ms: 5, scroll: 6, viewMs: 50, viewScroll: 60 },
        {
          kind: 'event',
          at: AT,
          name: `signup ${typed}`,
          props: { plan: 'pro', who: typed, token: 'x' },
          interactive: false,
        },
        { kind: 'log', at: AT, severity: 'warn', message: `no ${typed}`, props: { [typed]: ADDRESS } },
        { kind: 'error', at: AT, message: `${AGENT} is odd`, stack: `at f (https://example.com/a.js?u=${typed}:1:2)` },
      ],
    }),
  );
  expect({ page, referrer: origin.referrer, campaign: origin.utm_campaign, items }).toEqual({
    page: { hostname: 'www.example.com', path: '/u/[email]#/to/[email]', title: 'Inbox of [email]' },
    referrer: 'other.example/[email]',
    campaign: '[email]',
    items: [
      { kind: 'view', at: AT },
      { kind: 'engagement', at: AT, ms: 5, scroll: 6, viewMs: 50, viewScroll: 60 },
      {
        kind: 'event',
        at: AT,
        name: 'signup [email]',
        props: { plan: 'pro', who: '[email]', token: '[removed]' },
        interactive: false,
      },
      { kind: 'log', at: AT, severity: 'warn', message: 'no [email]', props: { '[email]': '[ip]' } },
      { kind: 'error', at: AT, message: '[agent] is odd', stack: 'at f (https://example.com/a.js:1:2)' },
    ],
  });
});

const collecting = (collect: Partial<ValidBeacon['site']['collect']>): ValidBeacon =>
  beacon({ site: { ...example, collect: { ...example.collect, ...collect } } });

test.each<[string, Parameters<typeof collecting>[0], object]>([
  ['the country alone', {}, { country: 'DE', region: '', city: '', language: 'de', screen: 'l' }],
  ['a region', { places: 'region' }, { country: 'DE', region: 'DE-9', city: '', language: 'de', screen: 'l' }],
  ['a city', { places: 'city' }, { country: 'DE', region: 'DE-9', city: 'DE: City', language: 'de', screen: 'l' }],
  ['no screen', { screens: false }, { country: 'DE', region: '', city: '', language: 'de', screen: '' }],
  ['no language', { languages: false }, { country: 'DE', region: '', city: '', language: '', screen: 'l' }],
])('keeps, as the owner says, %s', (_, collect, expected) => {
  const { client, screen } = passed(collecting(collect));
  const { country, region, city, language } = client;
  expect({ country, region, city, language, screen }).toEqual(expected);
});

test.each<[string, readonly string[], string, string]>([
  ['none', [], '/search?q=x&page=2', '/search'],
  [
    'those that the owner names, by name',
    ['q', 'page'],
    '/search?q=shoes&utm_source=x&page=2',
    '/search?page=2&q=shoes',
  ],
  ['none where the address has none', ['q'], '/search?page=2', '/search'],
  ['none without a value', ['q'], '/search?q=&q=2', '/search'],
  ['the first of two', ['q'], '/search?q=a&q=b', '/search?q=a'],
  ['before the route', ['q'], '/app?q=x#/settings', '/app?q=x#/settings'],
  ['what is typed, scrubbed', ['q'], '/search?q=jane@example.org', '/search?q=[email]'],
  ['nothing of a secret', ['token', 'q'], '/search?token=x&q=a%26b%20c', '/search?q=a%26b+c&token=[removed]'],
  [
    'its own letters',
    ['q', 'größe'],
    '/s?gr%C3%B6%C3%9Fe=%c3%bc&q=a%2fb%20%2B%E2%80%8B',
    '/s?größe=ü&q=a%2Fb+%2B%E2%80%8B',
  ],
  ['values cut', ['q'], `/search?q=${'ab '.repeat(50)}`, `/search?q=${'ab+'.repeat(33)}a`],
  [
    'as many as there is room for',
    ['a', 'b', 'c', 'd', 'e', 'f'],
    `/?${['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}=${'word '.repeat(19)}word`).join('&')}`,
    `/?${['a', 'b', 'c', 'd'].map((name) => `${name}=${'word+'.repeat(19)}word`).join('&')}`,
  ],
])('keeps of the query %s', (_, queryParameters, path, kept) => {
  const url = new URL(`https://www.example.com${path}`);
  expect(passed(beacon({ url, site: site.parse({ ...example, queryParameters }) })).page.path).toBe(kept);
});

it('counts a page that has several addresses under one, with its query', () => {
  const merging = site.parse({
    ...example,
    mergedPages: ['case', 'final_slash', 'index_file', 'double_slash'],
    queryParameters: ['q'],
  });
  const url = new URL('https://www.example.com//Über//Index.html?q=A#/Route/');
  expect(passed(beacon({ url, site: merging })).page.path).toBe('/über?q=A#/route');
});

it('scrubs the properties of the page and the names of e-mails', () => {
  const { props, items } = passed(
    beacon({
      props: { author: 'Ann', mail: 'x', who: 'jane@example.org' },
      items: [{ kind: 'open', at: AT, name: 'to jane@example.org' }],
    }),
  );
  expect(props).toEqual({ author: 'Ann', mail: '[removed]', who: '[email]' });
  expect(items).toEqual([{ kind: 'open', at: AT, name: 'to [email]' }]);
});

/** What the SDK reports by itself; see `AutomaticEvents` of the wire. */
test.each<[string, Record<string, string>, Record<string, string>]>([
  ['plain address', { url: 'https://shop.example/books/4711' }, { url: 'https://shop.example/books/4711' }],
  [
    'file',
    { url: 'https://example.com/files/price-list-2026.pdf' },
    { url: 'https://example.com/files/price-list-2026.pdf' },
  ],
  ['address with a port', { url: 'http://shop.example:8080/a' }, { url: 'http://shop.example:8080/a' }],
  ['query, should there be one', { url: 'https://shop.example/a?session=1#x' }, { url: 'https://shop.example/a' }],
  ['password', { url: 'https://jane:pw@shop.example/a' }, { url: 'https://shop.example/a' }],
  [
    'e-mail address in a path',
    { url: 'https://shop.example/u/jane@example.org/x' },
    { url: 'https://shop.example/u/[email]/x' },
  ],
  [
    'e-mail address, escaped',
    { url: 'https://shop.example/u/jane%40example.org' },
    { url: 'https://shop.example/u/[email]' },
  ],
  [
    'token',
    { url: 'https://shop.example/r/ghp_16C7e42F292c6912E7710c838347Ae178B4a' },
    { url: 'https://shop.example/r/[token]' },
  ],
  ['short secret', { url: 'https://shop.example/reset/x7k2m9' }, { url: 'https://shop.example/reset/[token]' }],
  ['internet address', { url: 'https://192.0.2.7/a' }, { url: 'https://[ip]/a' }],
  ['form', { form: 'newsletter', path: '/subscribe' }, { form: 'newsletter', path: '/subscribe' }],
  ['path that was not found', { path: '/u/jane%40example.org' }, { path: '/u/[email]' }],
])('of the properties of an automatic event, a %s', (_, given, kept) => {
  const [event] = passed(beacon({ items: [{ kind: 'event', at: AT, name: 'Outbound link', props: given }] })).items;
  expect(event).toMatchObject({ props: kept });
});
