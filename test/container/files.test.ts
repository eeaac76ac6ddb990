import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../packages/collector/src/config/config.ts';
import { settings } from '../../packages/collector/src/config/variables.ts';
import { copies, environment, instructions, ROOT } from './dockerfile.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const names = settings.map(({ name }) => name);

const compose = read('compose.yml');

/** Parts of the patterns of `.dockerignore`, as those of expressions. */
const GLOB: Readonly<Record<string, string>> = { '**/': '(?:.+/)?', '*': '[^/]*', '.': '\\.' };

/** True if a path is kept out of the build: the last line of `.dockerignore` decides that means it or a folder of it. */
const isKeptOut = (path: string): boolean =>
  read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .reduce((isOut, line) => {
      const pattern = line.replace('!', '').replaceAll(/\*\*\/|[*.]/g, (part) => GLOB[part] ?? part);
      return new RegExp(`^${pattern}(?:/|$)`).test(path) ? !line.startsWith('!') : isOut;
    }, false);

describe('the image', () => {
  test('is built from files that are there, and not kept out of the build', () => {
    const copied = ['manifests', 'modules', 'build'].flatMap(copies).flatMap(({ paths }) => paths);
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(copied.filter((path) => path !== '.' && isKeptOut(path))).toEqual([]);
  });

  test('knows of every package', () => {
    for (const name of readdirSync(join(ROOT, 'packages')))
      expect(instructions('COPY')).toContain(`packages/${name}/package.json packages/${name}/`);
  });

  test.each([
    ['packages/collector/src/main.ts', false],
    ['packages/collector/demo/index.html', false],
    ['deploy/container/passerby', false],
    ['packages/collector/dist/main.js', true],
    ['packages/collector/src/config/config.test.ts', true],
    ['node_modules/zod/index.js', true],
    ['data/spool/1.rows', true],
    ['packages/collector/data/config.json', true],
    ['.env', true],
    ['.git/config', true],
    ['packages/collector/.env.local', true],
    ['packages/collector/.npmrc', true],
    ['deploy/container/tls.key', true],
    ['packages/collector/passerby.backup', true],
    ['deploy/nginx.conf', true],
    ['test/container/files.test.ts', true],
  ])('is built with %s kept out: %s', (path, isOut) => {
    expect(isKeptOut(path)).toBe(isOut);
  });

  test('sets variables that the collector takes', () => {
    const set = environment();
    expect(Object.keys(set).filter((name) => !names.includes(name))).toEqual(['NODE_ENV']);
    expect(readConfig(set)).toMatchObject({ DATA_DIR: '/data' });
    expect(instructions('VOLUME')).toEqual(['/data']);
  });

  test('says what it is, in which version', () => {
    const { description, license, version } = JSON.parse(read('package.json')) as Record<string, string>;
    const [labels = ''] = instructions('LABEL');
    const label = (name: string): string | undefined =>
      new RegExp(`org\\.opencontainers\\.image\\.${name}="([^"]*)"`).exec(labels)?.[1];
    expect(label('title')).toBe('Passerby');
    expect(label('description')).toBe(description);
    expect(label('licenses')).toBe(license);
    expect([label('version'), label('revision')]).toEqual(['$VERSION', '$REVISION']);
    expect(instructions('ARG')).toContain(`VERSION=${version}`);
  });

  test('makes nobody root', () => {
    expect(instructions('USER')).toEqual(['10001:10001']);
    expect(instructions('RUN', 'base').join()).toContain('-perm /6000 -exec chmod a-s {} +');
  });
});

describe('compose.yml', () => {
  test('sets variables that the collector takes', () => {
    const [, block = ''] = /^ {4}environment:\n((?: {6}.*\n)+)/m.exec(compose) ?? [];
    const set = Object.fromEntries(
      [...block.matchAll(/^ {6}(\w+): "?([^"\n]*)"?$/gm)].map(([, name, value]) => [name, value]),
    );
    expect(Object.keys(set).length).toBeGreaterThan(0);
    expect(Object.keys(set).filter((name) => !names.includes(name))).toEqual([]);
    expect(() => readConfig(set)).not.toThrow();
  });

  test('asks for health as the image does', () => {
    const [image] = instructions('HEALTHCHECK');
    const [, command = '[]'] = /CMD (\[.*\])/.exec(image ?? '') ?? [];
    const [, asked = '[]'] = /test: (\[.*\])/.exec(compose) ?? [];
    expect(JSON.parse(asked)).toEqual(['CMD', ...JSON.parse(command)]);
    for (const option of ['interval', 'timeout', 'start-period'])
      expect(compose).toContain(
        `${option.replace('-', '_')}: ${new RegExp(`--${option}=(\\S+)`).exec(image ?? '')?.[1]}`,
      );
  });

  test.each(['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true', 'core: 0', '- data:/data'])(
    'has %s',
    (line) => {
      expect(compose).toContain(line);
    },
  );
});

test.each([
  'docs/install.md',
  'deploy/passerby.service',
  'deploy/nginx.conf',
  'deploy/Caddyfile',
  'deploy/traefik.yml',
])('%s names no variable that there is not', (path) => {
  const foreign = ['NODE_ENV', 'CLICKHOUSE_PORT', 'AF_INET', 'AF_UNIX'];
  const named = read(path).match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? [];
  expect(named.filter((name) => !names.includes(name) && !foreign.includes(name))).toEqual([]);
});

test.each(['deploy/nginx.conf', 'deploy/Caddyfile', 'deploy/traefik-dynamic.yml'])(
  '%s finds the collector where it listens by default',
  (path) => {
    expect(read(path)).toContain(`127.0.0.1:${readConfig({}).PORT}`);
  },
);
