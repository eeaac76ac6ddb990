import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../packages/sdk/package.json' with { type: 'json' };
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const HOUR = 'public, max-age=3600';
const YEAR = 'public, max-age=31536000, immutable';

const built = (name: string): Buffer => readFileSync(new URL(`../../packages/sdk/dist/${name}`, import.meta.url));
const unpack = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes: Buffer) => bytes } as const;

const doorsOf = (stem: string): readonly [path: string, file: string, cache: string][] => [
  [`${stem}.js`, 'p.js', HOUR],
  [`${stem}.${version}.js`, 'p.js', YEAR],
  [`${stem}.full.js`, 'p.full.js', HOUR],
  [`${stem}.full.${version}.js`, 'p.full.js', YEAR],
];

describe.each([
  ['', '/p.js', doorsOf('/p')],
  ['renamed ', '/lib/stats.js', doorsOf('/lib/stats')],
  ['strangely renamed ', '/stats', doorsOf('/stats').map(([path, ...rest]) => [path.replace(/\.js$/, ''), ...rest])],
] as const)('the %sscripts', (_, script, doors) => {
  let collector: TestCollector;
  beforeAll(async () => {
    collector = await startTestCollector({ settings: { paths: { script, intake: '/in' } } });
  });
  afterAll(() => collector.stop());

  test.each(doors)('%s', async (path, file, cache) => {
    for (const encoding of ['br', 'gzip', 'identity'] as const) {
      const answer = await collector.request(path, { headers: { 'accept-encoding': encoding } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect([answer.status, unpack[encoding](bytes).equals(built(file))], encoding).toEqual([200, true]);
      expect(Object.fromEntries(answer.headers), encoding).toMatchObject({
        'access-control-allow-origin': '*',
        'cache-control': cache,
        'content-length': String(bytes.length),
        'content-type': 'text/javascript; charset=utf-8',
        'cross-origin-resource-policy': 'cross-origin',
        vary: 'accept-encoding',
        ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      });
      const etag = answer.headers.get('etag') ?? '';
      const again = await collector.request(path, { headers: { 'accept-encoding': encoding, 'if-none-match': etag } });
      expect([again.status, again.headers.get('cache-control')], encoding).toEqual([304, cache]);
    }
  });

  test.each([script.replace(/(\.js)?$/, '.9.9.9$1'), script.replace(/(\.js)?$/, '.min$1'), '/p.js.br', '/index.js'])(
    'and nothing else: %s',
    async (path) => {
      expect((await collector.request(path)).status).toBe(404);
    },
  );
});

test('each says its version in its first line, so that a copy can be told from another', () => {
  for (const file of ['p.js', 'p.full.js'])
    expect(built(file).toString().split('\n')[0]).toBe(`/*! passerby ${version} | MIT */`);
});
