import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countRows } from '../support/rows.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

type Headers = Readonly<Record<string, string>>;

/** What a browser says, and what becomes of its view on a site that honours Do Not Track and on one that does not. */
const SIGNALS: readonly [string, Headers, string, string][] = [
  ['nothing', {}, 'counted=1', 'counted=1'],
  ['Global Privacy Control', { 'sec-gpc': '1' }, 'gpc=1', 'gpc=1'],
  ['Do Not Track', { dnt: '1' }, 'dnt=1', 'counted=1'],
  ['both', { 'sec-gpc': '1', dnt: '1' }, 'gpc=1', 'gpc=1'],
  ['that tracking is welcome', { 'sec-gpc': '0', dnt: '0' }, 'counted=1', 'counted=1'],
];

describe('a browser says', () => {
  let collector: TestCollector;

  beforeAll(async () => {
    collector = await startTestCollector();
    for (const domain of ['honours.example', 'ignores.example']) await collector.api('POST', '/api/sites', { domain });
    expect((await collector.api('PATCH', '/api/sites/ignores.example', { dnt: false })).status).toBe(200);
  });
  afterAll(() => collector.stop());

  test.each(SIGNALS)('%s', async (_what, headers, honoured, ignored) => {
    for (const [domain, answer] of [
      ['honours.example', honoured],
      ['ignores.example', ignored],
    ] as const) {
      const before = await countRows(collector.store, 'hits');
      const response = await collector.send({ s: domain, u: `https://${domain}/`, i: [{ k: 'view' }] }, { headers });
      await collector.flush();
      expect([response.status, response.headers.get('passerby')]).toEqual([202, answer]);
      expect((await countRows(collector.store, 'hits')) - before).toBe(answer === 'counted=1' ? 1 : 0);
    }
  });

  test('nothing, and all kinds of items are left out when it does ask for privacy', async () => {
    const before = [await countRows(collector.store, 'hits'), await countRows(collector.store, 'logs')];
    const response = await collector.send(
      {
        s: 'honours.example',
        u: 'https://honours.example/',
        i: [
          { k: 'view' },
          { k: 'event', n: 'x' },
          { k: 'engage', ms: 1 },
          { k: 'log', l: 'info', m: 'x' },
          { k: 'error', m: 'x' },
        ],
      },
      { headers: { 'sec-gpc': '1' } },
    );
    await collector.flush();
    expect(response.headers.get('passerby')).toBe('gpc=5');
    expect([await countRows(collector.store, 'hits'), await countRows(collector.store, 'logs')]).toEqual(before);
  });
});
