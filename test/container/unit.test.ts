import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startCollectorProcess } from '../support/collector-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ROOT } from './dockerfile.ts';

/** Version of systemd that knows all that the unit says. */
const SYSTEMD = 247;
const { stdout } = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });
const systemd = Number(/^systemd (\d+)/.exec(stdout ?? '')?.[1] ?? 0);

/** The repository instead of the one in /opt, and this Node. */
const here = (text: string): string =>
  text.replaceAll('/opt/passerby/', ROOT).replaceAll('/usr/bin/node', process.execPath);

const unit = readFileSync(join(ROOT, 'deploy/passerby.service'), 'utf8');
const [, command = ''] = /^ExecStart=(.+)$/m.exec(unit) ?? [];
const environment = [...unit.matchAll(/^Environment=(.+)$/gm)].flatMap(([, rest = '']) =>
  rest.split(' ').map((pair) => pair.split('=') as [string, string]),
);

describe('the unit of systemd', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  test('starts the collector', async () => {
    const [program = '', ...args] = command.split(' ').map(here);
    const env = { ...Object.fromEntries(environment), DATA_DIR: folder.path };
    const collector = await startCollectorProcess(folder.path, env, [program, ...args]);
    const answer = await fetch(`${collector.url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok', store: 'ready' }]);
    expect(await collector.end()).toBe(0);
  });

  test('keeps the data where systemd lets it write', () => {
    const [, state] = /^StateDirectory=(.+)$/m.exec(unit) ?? [];
    expect(environment).toContainEqual(['DATA_DIR', `/var/lib/${state}`]);
  });

  test.skipIf(systemd < SYSTEMD)('has nothing that systemd does not know', () => {
    const path = join(folder.path, 'passerby.service');
    writeFileSync(path, here(unit));
    const { stderr } = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' });
    // It looks at other units of the machine, too.
    expect(stderr.split('\n').filter((line) => line.includes('passerby'))).toEqual([]);
  });
});
