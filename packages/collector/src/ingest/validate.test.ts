import { describe, expect, it } from 'vitest';
import { FieldError } from '../http/field-error.ts';
import type { Site } from '../sites/site.ts';
import type { ReceivedBeacon } from './beacon.ts';
import { NO_HINTS } from './enrich/client-hints.ts';
import { createValidate, UnknownSiteError } from './validate.ts';

const site = { id: 'site1', domain: 'example.com' } as Site;
const validate = createValidate((domain) => (domain === 'example.com' ? site : undefined));
const at = Date.parse('2026-03-10T12:00:00Z');
const sender = {
  address: '192.0.2.1',
  agent: '',
  hints: NO_HINTS,
  languages: '',
  gpc: false,
  dnt: false,
  prefetch: false,
};
const received = (body: unknown): ReceivedBeacon => ({
  at,
  sender,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const least = { s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] };
const item = (fields: object) => ({ ...least, i: [fields] });

describe('validate', () => {
  it('takes the least there is', () => {
    expect(validate(received(least))).toMatchObject({
      site,
      batch: null,
      title: '',
      referrer: null,
      screen: '',
      items: [{ kind: 'view', at }],
    });
  });

  it.each([
    ['body', 'not json'],
    ['body', '[]'],
    ['body', 'null'],
    ['s', { ...least, s: undefined }],
    ['s', { ...least, s: 7 }],
    ['u', { ...least, u: '/pricing' }],
    ['u', { ...least, u: 'javascript:alert(1)' }],
    ['u', { ...least, u: `https://example.com/${'a'.repeat(5000)}` }],
    ['v', { ...least, v: 2 }],
    ['i', { ...least, i: [] }],
    ['i', { ...least, i: Array.from({ length: 101 }, () => ({ k: 'view' })) }],
    ['i[0]', { ...least, i: ['view'] }],
    ['i[0].k', item({ k: 'click' })],
    ['i[0].a', item({ k: 'view', a: -1 })],
    ['i[0].n', item({ k: 'event' })],
    ['i[0].n', item({ k: 'event', n: 7 })],
    ['i[0].ms', item({ k: 'engage' })],
    ['i[0].sc', item({ k: 'engage', ms: 1, sc: 101 })],
    ['i[0].m', item({ k: 'log', l: 'warn' })],
    ['i[0].n', { ...least, i: [{ k: 'event' }, null, { k: 'click' }] }],
    ['i[0].m', item({ k: 'log', l: 'warn', m: 7 })],
  ])('names the field %s', (field, body) => {
    expect(() => validate(received(body))).toThrow(FieldError);
    try {
      validate(received(body));
    } catch (error) {
      expect(error).toMatchObject({ field });
    }
  });

  it.each([
    [[12.5, 'EUR'], { amount: 12_500, currency: 'EUR' }],
    [[12.3456, 'usd'], { amount: 12_346, currency: 'USD' }],
    [[-1e9, 'JPY'], { amount: -1e12, currency: 'JPY' }],
    [[0, 'EUR'], { amount: 0, currency: 'EUR' }],
    [[-0.0001, 'EUR'], { amount: 0, currency: 'EUR' }],
    ['12.50 EUR', { amount: 12_500, currency: 'EUR' }],
    ['12.5,eur', { amount: 12_500, currency: 'EUR' }],
    ['0.30000000000000004,EUR', { amount: 300, currency: 'EUR' }],
    ['-3 USD', { amount: -3_000, currency: 'USD' }],
    ['12,50 €', { amount: 12_500, currency: 'EUR' }],
  ])('takes the revenue %j', ($, revenue) => {
    const [event] = validate(received(item({ k: 'event', n: 'Sale', $ }))).items;
    expect(event).toEqual({ kind: 'event', at, name: 'Sale', props: {}, revenue });
  });

  it.each<[unknown, number | undefined]>([
    [undefined, undefined],
    [null, undefined],
    ['', undefined],
    ['NaN,EUR', 1],
    ['1,234 EUR', 1],
    ['12.50', 1],
    ['EUR', 1],
    ['9999999999 EUR', 1],
    ['undefined', 1],
    [12.5, 1],
    [true, 1],
    [{}, 1],
    [[], 1],
    [['12.5', 'EUR'], 1],
    [[1_000_000_001, 'EUR'], 1],
    [[null, 'EUR'], 1],
    [[1, 'EURO'], 1],
    [[1, 978], 1],
    [[1, 'EUR', 2], 1],
  ])('counts an event without the revenue %j, and says so', ($, told) => {
    const { items } = validate(received(item({ k: 'event', n: 'Sale', $ })));
    const mended = told === undefined ? {} : { mended: ['revenue'] };
    expect(items).toEqual([{ kind: 'event', at, name: 'Sale', props: {}, ...mended }]);
  });

  it('counts an event without a revenue beyond all numbers', () => {
    const body = '{"s":"example.com","u":"https://example.com/","i":[{"k":"event","n":"x","$":[1e999,"EUR"]}]}';
    expect(validate(received(body))).toMatchObject({ items: [{ name: 'x', mended: ['revenue'] }] });
  });

  it('leaves out what it cannot read, and takes what stands beside', () => {
    const i = [
      { k: 'view' },
      null,
      { k: 'click' },
      { k: 'event', n: 'Order', $: [9.99, 'EUR'] },
      { k: 'event', n: 7 },
      { k: 'log', l: 'loud', m: 'careful' },
      { k: 'log', l: 'loud', m: 'too late', a: 700_000 },
      { k: 'error', m: 'x', st: null },
      { k: 'error', m: 'no error', st: 'no error' },
      { k: 'engage', ms: 1, sc: 101 },
    ];
    const { items, left } = validate(received({ ...least, i }));
    expect(items).toEqual([
      { kind: 'view', at },
      { kind: 'event', at, name: 'Order', props: {}, revenue: { amount: 9990, currency: 'EUR' } },
      { kind: 'log', at, severity: 'info', message: 'careful', props: {}, mended: ['level'] },
      { kind: 'error', at, message: 'x', stack: '' },
      { kind: 'error', at, message: 'no error', stack: '' },
    ]);
    expect(left).toEqual({ invalid: 4, late: 1 });
  });

  it.each([
    ['?x=', '&q=jane@example.com', ''],
    ['?', '&q=jane%40example.com', ''],
    ['', '/jane@example.com', '/'],
  ])('leaves out the half at the end of an address that was cut: …%s…%s', (before, secret, end) => {
    for (let half = 1; half < secret.length; half++) {
      const start = `https://example.com/a${before}`;
      const whole = start + 'a'.repeat(4096 - start.length - half) + secret;
      const { url, referrer } = validate(received({ ...least, u: whole.slice(0, 4096), r: whole }));
      expect(`${url}`).toMatch(new RegExp(`[a?&=]${end}$`));
      expect(`${referrer}`).toBe(`${url}`);
    }
  });

  it('leaves most of an address that was cut in one long step', () => {
    const { url } = validate(received({ ...least, u: `https://example.com/${'标'.repeat(4096 - 20)}` }));
    expect(decodeURIComponent(url.pathname)).toMatch(/^\/标{3000,}$/);
  });

  it('refuses nothing for what may be missing', () => {
    const odd = { ...least, b: 'short', t: 7, w: 1024, rel: 1.5, r: [], p: 7, v: '1' };
    expect(validate(received(odd))).toMatchObject({
      batch: null,
      title: '7',
      screen: '',
      release: '1.5',
      referrer: null,
      props: {},
      left: {},
    });
    expect(validate(received({ ...odd, t: {}, rel: null }))).toMatchObject({ title: '', release: '' });
  });

  it.each<[given: unknown, kept: Record<string, string>]>([
    [null, {}],
    [
      { a: null, b: { c: 1 }, d: [1, 'x', {}] },
      { a: 'null', b: '[object]', d: '1,x,[object]' },
    ],
    [{ '': 'x', ['n'.repeat(65)]: 'x', ['n'.repeat(64)]: 'x' }, { ['n'.repeat(64)]: 'x' }],
    ['{"author":"Ann"}', { author: 'Ann' }],
    ['no JSON', {}],
    ['[1]', {}],
    ['"text"', {}],
    ['null', {}],
    [7, {}],
    [[1], {}],
  ])('of the properties %j it keeps %j', (p, kept) => {
    const [event] = validate(received(item({ k: 'event', n: 'x', p }))).items;
    expect(event).toMatchObject({ props: kept });
    expect(Object.keys((event as { props: object }).props)).toEqual(Object.keys(kept));
  });

  it('keeps the first thirty properties', () => {
    const p = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`p${n}`, n]));
    const { props } = validate(received({ ...least, p }));
    expect(Object.keys(props)).toEqual(Object.keys(p).slice(0, 30));
  });

  it('takes as seen for a day what says it was seen for longer, and fractions', () => {
    const engage = { k: 'engage', ms: 50 * 3_600_000 + 0.5, sc: 12.4, vm: 60 * 3_600_000, vs: 12.6, a: 0.4 };
    expect(validate(received(item(engage))).items).toEqual([
      { kind: 'engagement', at, ms: 86_400_000, scroll: 12, viewMs: 86_400_000, viewScroll: 13 },
    ]);
  });

  it.each<[given: object, viewMs: number, viewScroll: number]>([
    [{}, 500, 30],
    [{ vm: 800, vs: 70 }, 800, 70],
    [{ vm: 800 }, 800, 30],
    [{ vs: 70 }, 500, 70],
    [{ vm: 500, vs: 30 }, 500, 30],
    [{ vm: 799.5, vs: 69.5 }, 800, 70],
    [{ vm: 499, vs: 29 }, 500, 30],
    [{ vm: 0, vs: 0 }, 500, 30],
    [{ vm: 86_400_001, vs: 100 }, 86_400_000, 100],
    [{ vm: 2 ** 53, vs: 100.1 }, 500, 30],
    [{ vm: -1, vs: -1 }, 500, 30],
    [{ vm: '800', vs: '70' }, 500, 30],
    [{ vm: null, vs: null }, 500, 30],
    [{ vm: true, vs: [70] }, 500, 30],
    [{ vm: {}, vs: {} }, 500, 30],
  ])('of a view that was seen as %j says it takes %d ms, %d percent', (given, viewMs, viewScroll) => {
    const { items, left } = validate(received(item({ k: 'engage', ms: 500, sc: 30, ...given })));
    expect(items).toEqual([{ kind: 'engagement', at, ms: 500, scroll: 30, viewMs, viewScroll }]);
    expect(left).toEqual({});
  });

  it('takes no view for seen beyond all numbers', () => {
    const body = '{"s":"example.com","u":"https://example.com/","i":[{"k":"engage","ms":5,"vm":1e999,"vs":1e999}]}';
    expect(validate(received(body)).items).toEqual([
      { kind: 'engagement', at, ms: 5, scroll: 0, viewMs: 5, viewScroll: 0 },
    ]);
  });

  it.each([
    [1, { interactive: false }],
    [undefined, {}],
    [null, {}],
    [0, {}],
    [2, {}],
    ['1', {}],
    [true, {}],
    [false, {}],
    [[1], {}],
    [{}, {}],
  ])('takes an event with ni %j as %j', (ni, interactive) => {
    const { items, left } = validate(received(item({ k: 'event', n: 'x', ni, $: [1, 'EUR'] })));
    const revenue = { amount: 1000, currency: 'EUR' };
    expect(items).toEqual([{ kind: 'event', at, name: 'x', props: {}, revenue, ...interactive }]);
    expect(left).toEqual({});
  });

  it('takes properties of the page', () => {
    expect(validate(received({ ...least, p: { author: 'Ann', year: 2026, draft: false } })).props).toEqual({
      author: 'Ann',
      year: '2026',
      draft: 'false',
    });
    expect(validate(received(least))).toMatchObject({ props: {}, via: '' });
  });

  it('takes an e-mail that was opened from an image alone, and asks for no page then', () => {
    const open = { s: 'example.com', i: [{ k: 'open', n: 'May' }] };
    const beacon = validate({ ...received(open), via: 'image' });
    expect(beacon).toMatchObject({ via: 'image', items: [{ kind: 'open', at, name: 'May' }] });
    expect(beacon.url.href).toBe('http://example.com/');
    expect(() => validate(received({ ...least, ...open }))).toThrow('must be one of');
  });

  it('takes only the name of a file opened from disk', () => {
    const { url } = validate(received({ ...least, u: 'file:///home/ann/secret/shop.html?x=1' }));
    expect(url.href).toBe('http://localhost/shop.html');
  });

  it('tells an unknown site from a wrong one', () => {
    expect(() => validate(received({ ...least, s: 'example.org' }))).toThrow(UnknownSiteError);
  });

  it.each([
    [599_999, 1, 0],
    [600_000, 1, 0],
    [600_001, 0, 1],
  ])('an item %d ms old: %d taken, %d late', (a, taken, late) => {
    const beacon = validate(received(item({ k: 'view', a })));
    expect([beacon.items.length, beacon.left.late ?? 0]).toEqual([taken, late]);
  });

  it('keeps property names that mean something to JavaScript as mere names', () => {
    const body =
      '{"s":"example.com","u":"https://example.com/","i":[{"k":"event","n":"x","p":{"__proto__":"a","constructor":true}}]}';
    const [hit] = validate(received(body)).items;
    expect(hit?.kind === 'event' && Object.entries(hit.props)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'true'],
    ]);
  });

  it('keeps of a text as much as it takes to scrub what is kept of it', () => {
    const long = 'x'.repeat(60_000);
    const beacon = validate(
      received({ ...least, t: long, rel: long, p: { a: long }, i: [{ k: 'error', m: long, st: long }] }),
    );
    expect([beacon.title.length, beacon.release.length, beacon.props.a?.length]).toEqual([556, 320, 756]);
    const [error] = beacon.items;
    expect(error?.kind === 'error' && [error.message.length, error.stack.length]).toEqual([4352, 16_640]);
  });

  it('replaces what is no Unicode, and reads no bad referrer', () => {
    const beacon = validate(
      received(`{"s":"EXAMPLE.com","u":"https://example.com/","t":"a\\ud800b","r":"nonsense","i":[{"k":"view"}]}`),
    );
    expect(beacon.title).toBe('a\uFFFDb');
    expect(beacon.referrer).toBeNull();
  });
});
