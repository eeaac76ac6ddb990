import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readConfig, settings } from '../../packages/collector/src/config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const names = settings.map(({ name }) => name);

const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
const compose = read('compose.yml');
const instructions = (verb: string): string[] =>
  [...dockerfile.matchAll(new RegExp(`^${verb} (.+)$`, 'gm'))].map(([, rest = '']) => rest);

describe('the image', () => {
  test('is built from files that are there, and not kept out of the build', () => {
    const copied = instructions('COPY')
      .filter((rest) => !rest.startsWith('--from') && !rest.startsWith('. '))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    const kept =
      read('.dockerignore')
        .match(/^!(.+)$/gm)
        ?.map((line) => line.slice(1)) ?? [];
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(copied.filter((path) => !kept.some((folder) => path.startsWith(folder)))).toEqual([]);
  });

  test('knows of every package', () => {
    for (const name of readdirSync(join(root, 'packages')))
      expect(instructions('COPY')).toContain(`packages/${name}/package.json packages/${name}/`);
  });

  test('has every module that the built programs ask for: none of them is needed for development only', () => {
    const { dependencies } = JSON.parse(read('packages/collector/package.json')) as { dependencies: object };
    const asked = ['main.js', 'engine-process.js']
      .flatMap((file) => [...read(`packages/collector/dist/${file}`).matchAll(/(?:\bfrom |\bimport\()"([^"]+)"/g)])
      .map(([, specifier = '']) => specifier)
      .filter((specifier) => !specifier.startsWith('node:') && !builtinModules.includes(specifier))
      .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0]);
    expect(asked).toContain('chdb');
    expect(asked.filter((name) => !Object.keys(dependencies).includes(name ?? ''))).toEqual([]);
  });

  test('sets variables that the collector takes', () => {
    const set = Object.fromEntries(
      instructions('ENV').flatMap((rest) => rest.split(' ').map((pair) => pair.split('=') as [string, string])),
    );
    expect(Object.keys(set).filter((name) => !names.includes(name))).toEqual(['NODE_ENV']);
    expect(readConfig(set)).toMatchObject({ DATA_DIR: '/data' });
    expect(instructions('VOLUME')).toEqual(['/data']);
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
