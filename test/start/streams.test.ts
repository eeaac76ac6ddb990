import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { shell, startUnheard, type Unheard } from '../support/unheard.ts';
import { until } from '../support/until.ts';

const PATIENCE_MS = 20_000;

/** Adds a site, sends it an event, and waits until that is in the statistics. */
const countOne = async ({ url, headers }: Unheard): Promise<void> => {
  const post = (path: string, body: unknown, more: Record<string, string> = headers): Promise<Response> =>
    fetch(url + path, { method: 'POST', headers: more, body: JSON.stringify(body) });
  await until('a site', PATIENCE_MS, async () => (await post('/api/sites', { domain: 'example.com' })).status === 201);
  const beacon = { s: 'example.com', u: 'https://example.com/', i: [{ k: 'event', n: 'x' }] };
  expect((await post('/in', beacon, { 'user-agent': REAL_AGENT })).headers.get('passerby')).toBe('counted=1');
  const question = { site_id: 'example.com', metrics: ['events'], date_range: '7d' };
  await until('a counted event', PATIENCE_MS, async () => {
    const { results } = (await (await post('/api/query', question)).json()) as { results?: { metrics: number[] }[] };
    return results?.[0]?.metrics[0] === 1;
  });
};

const linesLost = async ({ url, headers }: Unheard): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^passerby_log_lines_lost_total (\d+)$/m.exec(text)?.[1]);
};

/** Has it log something: that its engine has ended and is started anew. */
const killEngine = async (collector: Unheard): Promise<void> => {
  const pid = collector.enginePid();
  process.kill(pid, 'SIGKILL');
  await until('another engine', PATIENCE_MS, () => ![pid, undefined].includes(collector.enginePid()));
};

describe('a collector goes on counting, and ends in order,', () => {
  let folder: TemporaryFolder;
  let collector: Unheard | undefined;
  beforeEach(() => {
    folder = temporaryFolder();
    collector = undefined;
  });
  afterEach(async () => {
    await collector?.end().catch(() => undefined);
    folder.remove();
  });

  test.each([
    ['whose reader has gone', '| head -1', 1],
    ['whose readers have gone', '2>&1 | head -1', 1],
    ['whose streams are closed', '<&- >&- 2>&-', 0],
    ['whose output and log are on a full disk', '>/dev/full 2>/dev/full', 3],
  ])('%s', async (_how, streams, lost) => {
    collector = await startUnheard(folder.path, streams);
    await countOne(collector);
    const counting = collector;
    await until('lines that are lost', PATIENCE_MS, async () => (await linesLost(counting)) >= lost);
    expect(await collector.end()).toBe('0');
  });

  test('whose reader stands still', async () => {
    const fifo = join(folder.path, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const end = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
    expect(() => {
      for (;;) writeSync(end, 'x'.repeat(4096));
    }).toThrow('EAGAIN');
    collector = await startUnheard(folder.path, `>${fifo} 2>&1`);
    await countOne(collector);
    expect(await collector.end()).toBe('0');
    closeSync(end);
  });

  test('whose reader goes and comes back, which is told what it missed', async () => {
    const fifo = join(folder.path, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const first = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    collector = await startUnheard(folder.path, `2>${fifo}`);
    closeSync(first);
    await killEngine(collector);
    await countOne(collector);
    expect(await linesLost(collector)).toBeGreaterThan(0);
    const second = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    await killEngine(collector);
    const text = Buffer.alloc(4096);
    expect(text.toString('utf8', 0, readSync(second, text))).toMatch(
      /warn lines of this log could not be written and are lost lines=[1-9]\d*\n(.*\n)*.* warn the engine is started anew/,
    );
    closeSync(second);
  });
});

describe('a command', () => {
  const folder = temporaryFolder();
  let collector: Unheard;
  beforeAll(async () => {
    collector = await startUnheard(folder.path, '>/dev/null 2>&1');
  });
  afterAll(async () => {
    await collector.end();
    folder.remove();
  });
  const run = (line: string, ...args: readonly string[]): Promise<string> => shell(folder.path, line, args);

  test.each([
    ['help', ['help']],
    ['site list', ['site', 'list']],
    ['query', ['query', 'demo', '--json']],
    ['token create', ['token', 'create', 'x']],
  ])('whose reader has gone ends without a word: %s', async (_name, args) => {
    const errors = join(folder.path, 'errors');
    const said = await run(`exec 3>&1; { "$@" 2>${errors}; echo $? >&3; } | sleep 0`, ...args);
    expect([said, readFileSync(errors, 'utf8')]).toEqual(['0\n', '']);
  });

  test('whose answer cannot be written says so', async () => {
    expect(await run('"$@" 2>&1 >/dev/full; echo $?', 'site', 'list')).toBe(
      'The answer cannot be written to the standard output (ENOSPC).\n1\n',
    );
  });

  test('that has done something does not fail because nobody can be told', async () => {
    expect(await run('"$@" 2>&1 >/dev/full; echo $?', 'backup', join(folder.path, 'a.backup'))).toBe('0\n');
  });
});
