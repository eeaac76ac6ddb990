import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import { SETTINGS } from '../../packages/collector/src/store/bindings.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const SITE = 'example.com';

/** What the statements of questions end with beside their settings. */
let ending = '';
let engine: TestEngine;
let collector: TestCollector;
beforeAll(async () => {
  engine = await startTestEngine();
  const store = {
    ...engine.store,
    query: ((sql, params, options) =>
      engine.store.query(
        ending === '' ? sql : sql.replace(SETTINGS, `${SETTINGS}, ${ending}`),
        params,
        options,
      )) as typeof engine.store.query,
  };
  collector = await startTestCollector({ engine: { ...engine, store } });
  await collector.api('POST', '/api/sites', { domain: SITE });
  await collector.send({ s: SITE, u: `https://${SITE}/`, i: [{ k: 'view' }] });
  await collector.flush();
});
afterAll(() => collector.stop());

const QUESTION = { site_id: SITE, metrics: ['visits'], date_range: '7d' };
const ASKED = [
  ['POST', '/api/query', QUESTION],
  ['POST', '/api/query', { ...QUESTION, dimensions: ['event:page', 'visit:source'] }],
  ['GET', `/api/logs?site_id=${SITE}&view=problems`],
  ['GET', '/api/overview'],
] as const;

test.each(ASKED)(
  '%s %s: what takes too long may be asked again, what is too much may not',
  async (method, path, body?) => {
    const ask = (): Promise<Response> => collector.api(method, path, body);
    ending = 'max_execution_time = 0.000001';
    const slow = await ask();
    expect([slow.status, slow.headers.get('retry-after'), await slow.json()]).toMatchObject([
      503,
      expect.stringMatching(/^\d+$/),
      { error: { code: 'busy', field: 'store' } },
    ]);
    ending = 'max_memory_usage = 1000';
    const large = await ask();
    expect([large.status, large.headers.get('retry-after'), await large.json()]).toMatchObject([
      400,
      null,
      { error: { code: 'over_limit', field: 'date_range' } },
    ]);
    ending = '';
    expect((await ask()).status).toBe(200);
  },
);
