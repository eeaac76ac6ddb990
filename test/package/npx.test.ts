import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import { startCollectorProcess } from '../support/collector-process.ts';
import { removeFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const PACKAGE = fileURLToPath(new URL('../../packages/collector', import.meta.url));
const BEACON = JSON.stringify({ s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] });
/** Half a gigabyte is unpacked, and fetched where npm has not fetched it before. */
const INSTALL_MS = 240_000;
const PATIENCE_MS = 20_000;

/** Packs what has been built, as `npm pack` does after it has built. */
const pack = (to: string): string => {
  execFileSync(process.execPath, ['../../scripts/assemble.mjs', 'package', 'packed'], { cwd: PACKAGE });
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', to], { cwd: PACKAGE, stdio: 'pipe' });
  return join(to, readdirSync(to).find((name) => name.endsWith('.tgz')) ?? '');
};

/**
 * What npm needs to know. It finds again what it has fetched before, but installs below a folder of the test's: what it
 * installs for npx it never deletes.
 */
const npmEnvironment = (folder: string): Record<string, string> => {
  const cache = join(folder, 'cache');
  mkdirSync(cache);
  const [known = '', user = ''] = ['cache', 'userconfig'].map((name) =>
    execFileSync('npm', ['config', 'get', name], { encoding: 'utf8' }).trim(),
  );
  mkdirSync(join(known, '_cacache'), { recursive: true });
  symlinkSync(join(known, '_cacache'), join(cache, '_cacache'));
  return { HOME: folder, npm_config_cache: cache, npm_config_userconfig: user, npm_config_update_notifier: 'false' };
};

/** Runs a command in a folder as a terminal does: told to end, it interrupts all processes of the command, as Ctrl-C does. */
const TERMINAL = `
  const [cwd, program, ...args] = process.argv.slice(1);
  const { pid } = require('node:child_process').spawn(program, args, { cwd, stdio: 'inherit', detached: true });
  process.once('SIGTERM', () => process.kill(-pid, 'SIGINT'));`;

describe('the npm package, as it would be published', () => {
  // On the disk, which half a gigabyte belongs to, and outside the repository, whose packages would be found from within.
  const folder = mkdtempSync('/var/tmp/passerby-npx-');
  /** Has the package in it, and nothing else. */
  const place = join(folder, 'place');
  let tarball: string;
  let npx: readonly string[];
  let env: Record<string, string>;
  beforeAll(() => {
    mkdirSync(place);
    tarball = pack(place);
    npx = ['npx', '--yes', '--prefer-offline', `./${basename(tarball)}`];
    env = npmEnvironment(folder);
  });
  afterAll(() => removeFolder(folder));

  const run = async (...args: readonly string[]): Promise<string> => {
    const [program = '', ...before] = npx;
    const options = { cwd: place, env: { PATH: process.env.PATH, TZ: 'UTC', ...env } };
    return (await promisify(execFile)(program, [...before, ...args], options)).stdout;
  };

  test('publint has nothing to say', async () => {
    const bytes = new Uint8Array(readFileSync(tarball));
    const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });

  test('holds what runs and what is served, and nothing else', () => {
    const names = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    const served = /^package\/packed\/packages\/(?:dashboard\/dist|sdk\/dist\/p\.|collector\/demo)/;
    expect(names.filter((name) => served.test(name)).length).toBeGreaterThan(50);
    expect(names.filter((name) => !served.test(name)).sort()).toEqual(
      [
        'LICENSE',
        'README.md',
        'bin/passerby.js',
        'package.json',
        'packed/packages/collector/dist/engine-process.js',
        'packed/packages/collector/dist/main.js',
        'packed/scripts/machine.mjs',
      ].map((name) => `package/${name}`),
    );
    expect(names.filter((name) => /\.(?:map|ts)$/.test(name))).toEqual([]);
  });

  test(
    'runs by npx in an empty folder: counts a visit, serves its pages, takes commands, and ends',
    async () => {
      const terminal = [process.execPath, '--eval', TERMINAL, place, ...npx] as const;
      const collector = await startCollectorProcess('./data', env, terminal);
      const { url, api, query } = collector;
      try {
        const { stdout } = collector.output();
        const { port } = new URL(url);
        expect(stdout).toContain(`http://localhost:${port}/setup#token=`);
        expect(stdout).toContain(`<script defer src="http://localhost:${port}/p.js" data-site="example.com"></script>`);

        expect((await api('POST', '/api/sites', { domain: 'example.com' })).status).toBe(201);
        const sent = await fetch(`${url}/in`, { method: 'POST', headers: { 'user-agent': REAL_AGENT }, body: BEACON });
        expect([sent.status, sent.headers.get('passerby')]).toEqual([202, 'counted=1']);
        await until('the view', PATIENCE_MS, async () => {
          const { results } = await query({ site_id: 'example.com', metrics: ['pageviews'], date_range: '7d' });
          return results[0]?.metrics[0] === 1;
        });
        for (const path of ['/', '/p.js', '/p.full.js', '/demo/', '/api/reference'])
          expect([path, (await fetch(url + path, { headers: { accept: 'text/html' } })).status]).toEqual([path, 200]);

        expect(readdirSync(place).sort()).toEqual(['data', basename(tarball)]);
        expect(await run('site', 'list')).toContain('example.com');
      } finally {
        // Resolves when the last of the processes has closed its output.
        await collector.end();
      }
      expect(collector.output().stderr).toContain('ending: what was accepted is stored first');
      await expect(fetch(url)).rejects.toThrow();
    },
    INSTALL_MS,
  );
});
