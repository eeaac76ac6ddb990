import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DROP_REASONS, type DropReason } from '../../packages/collector/src/ingest/drop.ts';
import type { Question } from '../../packages/collector/src/query/stats/query.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { createClock } from '../support/clock.ts';
import { placed } from '../support/geo.ts';
import { type Client, startTestCollector, type TestCollector } from '../support/test-collector.ts';

const LIMIT = 3;
const BROWSERS = 2;
const VIEW = { k: 'view' as const };
const TWO = { i: [VIEW, { k: 'event', n: 'x' }] };
/** What the geo database knows: this address is Austrian, all others are not. */
const AUSTRIAN = '203.0.113.200';

type Send = (beacon: object, client?: Client) => Promise<Response>;

/** A way to be dropped. */
interface Case {
  /** What the owner has set. */
  readonly rules?: object;
  /** Sends what is dropped to a site; resolves to how the last of it was answered. */
  readonly make: (send: Send) => Promise<Response>;
  /** Status and the header that says what became of the items. */
  readonly answer: string;
  /** How much the owner sees left out. */
  readonly dropped: number;
  /** Views and events among what was counted. Missing: all of it are views. */
  readonly kept?: (counted: number) => [views: number, events: number];
}

const withHeaders =
  (headers: Record<string, string>): Case['make'] =>
  (send) =>
    send(TWO, { headers });

const CASES: Record<DropReason, Case> = {
  bot: {
    make: (send) => send(TWO, { agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }),
    answer: '202 bot=2',
    dropped: 2,
  },
  prefetch: { make: withHeaders({ 'sec-purpose': 'prefetch;prerender' }), answer: '202 prefetch=2', dropped: 2 },
  gpc: { make: withHeaders({ 'sec-gpc': '1' }), answer: '202 gpc=2', dropped: 2 },
  dnt: { make: withHeaders({ dnt: '1' }), answer: '202 dnt=2', dropped: 2 },
  ignored: {
    rules: { ignoredAddresses: ['192.0.2.99', '198.51.100.0/24'] },
    make: (send) => send(TWO, { address: '198.51.100.77' }),
    answer: '202 ignored=2',
    dropped: 2,
  },
  hostname: {
    rules: { hostnames: ['hostname.example', '*.hostname.example'] },
    make: (send) => send({ ...TWO, u: 'https://copy.example/' }),
    answer: '202 hostname=2',
    dropped: 2,
  },
  page: {
    rules: { excludedPages: ['/admin/*'] },
    make: (send) =>
      send({ u: 'https://page.example/admin/users?id=7', i: [VIEW, { k: 'engage', ms: 1 }, { k: 'error', m: 'x' }] }),
    answer: '202 page=3',
    dropped: 3,
  },
  country: {
    rules: { blockedCountries: ['AT'] },
    make: (send) => send(TWO, { address: AUSTRIAN }),
    answer: '202 country=2',
    dropped: 2,
  },
  source: {
    rules: { blockedSources: ['bad.example'] },
    make: (send) => send({ ...TWO, r: 'https://www.bad.example/page' }),
    answer: '202 source=2',
    dropped: 2,
  },
  spam: {
    make: (send) => send({ ...TWO, r: 'http://site3.semalt.com/crawler.php' }),
    answer: '202 spam=2',
    dropped: 2,
  },
  injected: {
    make: (send) =>
      send({
        i: [
          VIEW,
          {
            k: 'error',
            m: 'Error: x',
            st: 'Error: x\n    at run (chrome-extension://abcdefghijklmnop/content.js:1:2)',
          },
          { k: 'error', m: "ReferenceError: Can't find variable: gmo" },
        ],
      }),
    answer: '202 counted=1, injected=2',
    dropped: 2,
  },
  duplicate: {
    make: async (send) => {
      await send({ b: 'batch-of-the-test', i: [VIEW] });
      return send({ b: 'batch-of-the-test', i: [VIEW] });
    },
    answer: '202 duplicate=1',
    dropped: 1,
  },
  late: {
    make: (send) => send({ i: [VIEW, { ...VIEW, a: 600_001 }] }),
    answer: '202 counted=1, late=1',
    dropped: 1,
  },
  invalid: {
    make: async (send) => {
      await send({ i: [{ k: 'nothing' }, { k: 'event' }] });
      return send({ i: [VIEW, { k: 'nothing' }, null] });
    },
    answer: '202 counted=1, invalid=2',
    dropped: 3,
  },
  size: {
    make: (send) => send({ u: `https://size.example/${'a'.repeat(1990)}`, i: Array(100).fill(VIEW) }),
    answer: '202 counted=76, size=24',
    dropped: 24,
  },
  quota: {
    rules: { dailyItems: 1 },
    make: (send) => send(TWO),
    answer: '202 quota=2',
    dropped: 2,
  },
  logs: {
    rules: { dailyLogMegabytes: 0 },
    make: (send) => send({ i: [VIEW, { k: 'log', l: 'info', m: 'x' }, { k: 'error', m: 'x' }] }),
    answer: '202 counted=1, logs=2',
    dropped: 2,
  },
  browsers: {
    make: async (send) => {
      for (let n = 0; n < BROWSERS; n++) await send({ i: [VIEW] }, { agent: `${REAL_AGENT} ${n}` });
      return send(TWO, { agent: `${REAL_AGENT} one more` });
    },
    answer: '202 browsers=2',
    dropped: 2,
  },
  revenue: {
    rules: { maxRevenue: 100 },
    make: (send) => {
      const worth = [[100, 'EUR'], [100.01, 'EUR'], [-1, 'EUR'], '1,234 EUR'];
      return send({ i: worth.map(($) => ({ k: 'event', n: 'order', $ })) });
    },
    answer: '202 counted=4, revenue=3',
    dropped: 3,
    kept: (counted) => [1, counted - 1],
  },
  other: {
    make: async (send) => {
      await send({ t: 'One', i: [VIEW] });
      return send({ t: 'Two', i: [VIEW] });
    },
    answer: '202 counted=1, other=1',
    dropped: 1,
  },
  flood: {
    make: async (send) => {
      for (let i = 0; i < LIMIT; i++) await send({ i: [VIEW] }, { address: '203.0.113.99' });
      return send({ i: [VIEW] }, { address: '203.0.113.99' });
    },
    answer: '429 flood=1',
    dropped: 1,
  },
  overload: {
    make: async (send) => {
      for (let i = 0; ; i++) {
        const response = await send({ i: Array(100).fill({ k: 'event', n: 'x' }) }, { address: `198.51.100.${i}` });
        if (response.status !== 202) return response;
      }
    },
    answer: '503 overload=100',
    dropped: 100,
    kept: (counted) => [1, counted - 1],
  },
  level: {
    make: (send) => send({ i: [VIEW, { k: 'log', l: 'loud', m: 'x' }, { k: 'log', m: 'x' }] }),
    answer: '202 counted=3, level=2',
    dropped: 2,
    kept: (counted) => [counted - 2, 0],
  },
};

describe('whatever is left out is counted, and the owner sees why', () => {
  let collector: TestCollector;
  beforeAll(async () => {
    collector = await startTestCollector({
      now: createClock(Date.parse('2040-03-02T10:00:00Z')).now,
      geo: placed((address) => (address === AUSTRIAN ? 'AT' : 'DE')),
      settings: { clientLimit: LIMIT, browserLimit: BROWSERS, valueLimits: { title: 1 }, spoolMax: 512 * 1024 },
    });
  });
  afterAll(() => collector.stop());

  const ask = async (domain: string, question: Pick<Question, 'metrics' | 'dimensions'>): Promise<unknown> =>
    (await collector.query({ site_id: domain, date_range: 'day', ...question })).results.map((row) => [
      ...row.dimensions,
      ...row.metrics,
    ]);

  /** What is accepted is held; resolves what it returns when the store answers again. */
  const storeGoesAway = (): (() => void) => {
    const { insert } = collector.store;
    let comeBack = (): void => {};
    const away = new Promise<void>((resolve) => {
      comeBack = resolve;
    });
    collector.store.insert = (batch) => away.then(() => insert(batch));
    return () => {
      collector.store.insert = insert;
      comeBack();
    };
  };

  test.each(Object.entries(CASES))('%s', async (reason, { rules, make, answer, dropped, kept }) => {
    const domain = `${reason}.example`;
    await collector.api('POST', '/api/sites', { domain });
    if (rules !== undefined) expect((await collector.api('PATCH', `/api/sites/${domain}`, rules)).status).toBe(200);
    const answers: string[] = [];
    const send: Send = async (beacon, client) => {
      const address = `203.0.113.${Object.keys(CASES).indexOf(reason)}`;
      const body = JSON.stringify({ s: domain, u: `https://${domain}/`, ...beacon });
      const response = await collector.send(body, { address, ...client });
      answers.push([response.status, response.headers.get('passerby')].filter(Boolean).join(' '));
      return response;
    };

    await send({ i: [VIEW] }, { address: `192.0.2.${Object.keys(CASES).indexOf(reason)}` });
    expect(answers).toEqual(['202 counted=1']);
    const comesBack = storeGoesAway();
    await make(send);
    comesBack();
    expect(answers.at(-1)).toBe(answer);

    // What was dropped while the spool was full is stored after the rest.
    await collector.flush();
    await collector.flush();
    expect(await ask(domain, { metrics: ['events'], dimensions: ['drop:reason'] })).toEqual([[reason, dropped]]);
    const counted = answers.reduce((sum, said) => sum + Number(/counted=(\d+)/.exec(said)?.[1] ?? 0), 0);
    expect(await ask(domain, { metrics: ['pageviews', 'events'] })).toEqual([kept?.(counted) ?? [counted, 0]]);
    const series = `passerby_items_total{outcome="${reason}"} ${dropped}`;
    expect((await (await collector.api('GET', '/metrics')).text()).split('\n')).toContain(series);
  });

  test('docs/left-out.md tells every reason, and nothing else', async () => {
    const page = await readFile(new URL('../../docs/left-out.md', import.meta.url), 'utf8');
    expect([...page.matchAll(/^\| `([a-z]+)` /gm)].map(([, reason]) => reason)).toEqual(DROP_REASONS);
  });
});
