import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const DEPLOY = fileURLToPath(new URL('../../deploy', import.meta.url));
const read = (name: string): string => readFileSync(join(DEPLOY, name), 'utf8');
const EXAMPLES = [
  ...readdirSync(DEPLOY, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name),
  ...readdirSync(join(DEPLOY, 'kubernetes')).map((name) => `kubernetes/${name}`),
];

test.each(EXAMPLES)('deploy/%s says at its head whether it was run', (name) => {
  const [first = '', second = ''] = read(name).split('\n');
  expect(first.startsWith('#!') ? second : first).toMatch(
    /^# (?:Run here by `npm run check:deploy`\.|Written, not run)/,
  );
});

test.each(EXAMPLES.filter((name) => /\.(?:conf|cfg)$|Caddyfile/.test(name)))(
  '%s is one that check:deploy runs',
  (name) => {
    const folder = fileURLToPath(new URL('../../scripts/check-deploy/proxies', import.meta.url));
    const sources = readdirSync(folder).map((source) => readFileSync(join(folder, source), 'utf8'));
    expect(sources.some((source) => source.includes(`example('${name}'`))).toBe(true);
  },
);

describe('the commands beside the service', () => {
  const properties = [...read('passerby').matchAll(/--property="?([A-Za-z]+)=(.*?)"? \\$/gm)];

  test.each(properties.map(([, name = '', value = '']) => [name, value.replace(/^"/, '')]))(
    'have its %s',
    (name, value) => {
      expect(read('passerby.service').split('\n')).toContain(`${name}=${value}`);
    },
  );

  let bin: TemporaryFolder;
  beforeAll(() => {
    bin = temporaryFolder();
    const say = (name: string, script: string): void => {
      writeFileSync(join(bin.path, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin.path, name), 0o755);
    };
    say('systemd-run', 'for given in "$@"; do echo "$given"; done; cat; exit 4');
    say('id', 'echo "$AS_USER"');
  });
  afterAll(() => bin.remove());
  const call = (user: string, args: readonly string[], input = '') =>
    spawnSync('/bin/sh', [join(DEPLOY, 'passerby'), ...args], {
      env: { PATH: `${bin.path}${delimiter}${process.env.PATH}`, AS_USER: user },
      input,
      encoding: 'utf8',
    });

  test('are run by systemd as its user, with their arguments, input, output and exit code', () => {
    const { stdout, status } = call('0', ['backup', 'a name with spaces', '$HOME', ''], 'what comes in');
    const [, , command = ''] = stdout.split(/^(\/usr\/bin\/env)$/m);
    expect(command).toBe(
      '\nnode\n/opt/passerby/packages/collector/dist/main.js\nbackup\na name with spaces\n$HOME\n\nwhat comes in',
    );
    expect(stdout).toMatch(/^--property=DynamicUser=yes$/m);
    expect(status).toBe(4);
    expect(properties.length).toBeGreaterThan(5);
  });

  test('are refused to who is not root', () => {
    const { stdout, stderr, status } = call('1000', ['site', 'list']);
    expect([stdout, status]).toEqual(['', 5]);
    expect(stderr).toMatch(/^passerby: only root .*sudo passerby …\n$/);
  });
});
