import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installPackedSdk } from '../support/packed-sdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

const USES = `
  init({ site: 'example.com', to: 'https://stats.example.com/in', props: { author: 'Ann' } });
  track('signup', { plan: 'pro' }, [12.5, 'EUR']);
  const beacon: Beacon = { s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] };
  const options: Options = { to: beacon.u };
  init(options);
`;
const PAGE = `
  import { init, track, view, type Options } from '@passerby/sdk';
  import type { Beacon } from '@passerby/sdk/wire';
  view();
  ${USES}`;
const FULL = `
  import { init, log, track, type Options } from '@passerby/sdk/full';
  import type { Beacon } from '@passerby/sdk/wire';
  log('warn', 'text');
  ${USES}`;
const WRONG = `
  import { log } from '@passerby/sdk';
  import { track } from '@passerby/sdk/full';
  track(1);`;
/** What a page says of its own events and options, and what is wrong with it. */
const TYPED = `
  import { init, stop, track, type EventOptions } from '@passerby/sdk';
  interface Events { 'Sign-up': { plan: 'free' | 'pro' }; Search: { words: number } | undefined; Order: { bread: string } }
  track<Events>('Sign-up', { plan: 'pro' });
  track<Events>('Search');
  track<Events>('Order', { bread: 'rye' }, { amount: 12.5, currency: 'EUR' });
  track<Events>('Order', { bread: 'rye' }, null, { interactive: false });
  track<Events>('Search', undefined, undefined, { interactive: true } satisfies EventOptions);
  track('shown', null, null, { interactive: false });
  init({ site: ['a.example', 'b.example'], to: '/in', auto: ['outbound', '404'], exclude: ['/admin/*'], query: 'v' });
  stop();`;
const MISTYPED = `
  import { init, track } from '@passerby/sdk';
  interface Events { 'Sign-up': { plan: 'free' | 'pro' }; Search: undefined }
  track<Events>('Signup', { plan: 'pro' });
  track<Events>('Sign-up', { plan: 'gold' });
  track<Events>('Sign-up');
  track<Events>('Search', undefined, undefined, { interactive: 'no' });
  track('shown', { interactive: false }, { interactive: false });
  init({ to: '/in', auto: ['download'] });
  init({ to: '/in', auto: 'outbound,downloads' });`;

describe('the package, as it would be published', () => {
  const { path: folder, remove } = temporaryFolder();
  const installed = join(folder, 'node_modules/@passerby/sdk');
  let tarball: Buffer;
  beforeAll(() => {
    tarball = installPackedSdk(folder);
  });
  afterAll(remove);

  /** Compiles code as who has installed the package; returns the compiler's errors. */
  const errorsIn = (files: Readonly<Record<string, string>>, module: 'nodenext' | 'preserve'): string[] => {
    for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
    const resolution = module === 'nodenext' ? 'nodenext' : 'bundler';
    const options = `--noEmit --ignoreConfig --strict --target es2022 --lib es2022,dom --skipDefaultLibCheck --module ${module} --moduleResolution ${resolution}`;
    const args = [TSC, ...options.split(' '), ...Object.keys(files)];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    return [...stdout.matchAll(/^(\S+)\(.*?error (TS\d+)/gm)].map(([, file, error]) => `${file} ${error}`).sort();
  };

  test('publint has nothing to say', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });

  test('its types are right for every way in which it may be found', async () => {
    const scripts = ['./p.js', './p.full.js', './package.json'];
    const result = await checkPackage(createPackageFromTarballData(tarball), { excludeEntrypoints: scripts });
    expect(Object.keys('entrypoints' in result ? result.entrypoints : {})).toEqual(['.', './full', './wire']);
    expect('problems' in result ? result.problems : 'no types').toEqual([]);
  });

  test('holds what it needs and nothing else', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
    expect(files.filter((name) => !/^dist\/[\w.-]+\.(?:c?js(?:\.map)?|d\.c?ts)$/.test(name)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
      'src/wire.ts',
    ]);
  });

  test('has its types for modules of Node and for CommonJS, which say what is wrong', () => {
    const files = { 'page.mts': PAGE, 'full.mts': FULL, 'page.cts': PAGE, 'full.cts': FULL, 'wrong.mts': WRONG };
    expect(errorsIn(files, 'nodenext')).toEqual(['wrong.mts TS2305', 'wrong.mts TS2345']);
  });

  test('has its types for bundlers', () => {
    const files = { 'page.ts': PAGE, 'full.ts': FULL, 'wrong.ts': WRONG };
    expect(errorsIn(files, 'preserve')).toEqual(['wrong.ts TS2305', 'wrong.ts TS2345']);
  });

  test('knows a map of events, and the words of options', () => {
    const errors = errorsIn({ 'typed.ts': TYPED, 'mistyped.ts': MISTYPED }, 'preserve');
    expect(errors.map((error) => error.split(' ')[0])).toEqual(Array(7).fill('mistyped.ts'));
  });

  test.each([
    ['import', `const { init } = await import('@passerby/sdk'); init({ to: '/in' });`],
    [
      'require',
      `const { init } = (await import('node:module')).createRequire(import.meta.url)('@passerby/sdk/full'); init({ to: '/in' });`,
    ],
  ])('can be loaded by %s on a server, where it does nothing', (_, code) => {
    writeFileSync(join(folder, 'server.mjs'), code);
    expect(spawnSync(process.execPath, ['server.mjs'], { cwd: folder, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });
});

test.each(['sdk', 'collector'])('the licence of the repository goes with packages/%s', (name) => {
  const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  expect(read(`packages/${name}/LICENSE`)).toBe(read('LICENSE'));
});
