import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import { type CollectorProcess, failToStart, startCollectorProcess } from '../support/collector-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const folder = temporaryFolder();
const JSON_LINES = { LOG_FORMAT: 'json', LOG_LEVEL: 'debug', DATA_DIR: folder.path };
/** In what is sent: no line has it. */
const SECRET = 'forget-me';

interface Line {
  readonly time: string;
  readonly level: string;
  readonly message: string;
  readonly [fact: string]: unknown;
}

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

/** A line of what happens without being asked for, or after a warning: not of this run alone. */
const find = (lines: readonly Line[], message: string): Line => {
  const found = lines.find((line) => line.message === message);
  if (found === undefined) throw new Error(`no line says ${message}: ${lines.map((line) => line.message).join(', ')}`);
  return found;
};

afterAll(() => folder.remove());

describe('a collector that writes JSON, over its whole life', () => {
  let collector: CollectorProcess;
  let [said, logged]: Line[][] = [];
  const hasLogged = (message: string): Promise<void> =>
    until(message, 20_000, () => collector.output().stderr.includes(`"message":"${message}`));

  beforeAll(async () => {
    collector = await startCollectorProcess(folder.path, { ...JSON_LINES, SPOOL_MAXX: '1' });
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
    const beacon = { s: 'example.com', u: `https://example.com/${SECRET}`, i: [{ k: 'event', n: SECRET }] };
    const headers = { 'user-agent': REAL_AGENT, cookie: SECRET };
    await fetch(`${collector.url}/in`, { method: 'POST', headers, body: JSON.stringify(beacon) });
    await fetch(`${collector.url}/in`, { method: 'POST', headers, body: SECRET });
    await fetch(`${collector.url}/api/sites/${SECRET}?${SECRET}`, { headers });
    await hasLogged('rows are stored');
    collector.process.kill('SIGHUP');
    await hasLogged('the country database was read anew');
    const { engine } = JSON.parse(readFileSync(join(folder.path, 'engine.json'), 'utf8')) as {
      engine: { pid: number };
    };
    process.kill(engine.pid, 'SIGKILL');
    await hasLogged('the engine is up again');
    expect(await collector.end('SIGTERM')).toBe(0);
    [said, logged] = [linesOf(collector.output().stdout), linesOf(collector.output().stderr)];
  });

  test('writes objects alone, with a time, a level and words', () => {
    for (const line of [...(said ?? []), ...(logged ?? [])]) {
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        level: expect.stringMatching(/^(?:debug|info|warn|error)$/),
        message: expect.stringMatching(/^\S/),
      });
      expect(Object.values(line).filter((fact) => typeof fact === 'object')).toEqual([]);
    }
  });

  test('says what starts, when it is ready, and how the first account is made', () => {
    const node = process.versions.node;
    expect(said?.map(({ message }) => message)).toEqual(['starting', 'ready']);
    expect(said?.[0]).toMatchObject({ version: expect.any(String), node, engine: 'embedded', data: 'new' });
    expect(said?.[1]).toMatchObject({
      took_ms: expect.any(Number),
      first_run: expect.stringMatching(/\/setup#token=\S+$/),
    });
  });

  test('says what happens to it, and what it leaves', () => {
    const lines = logged ?? [];
    expect(find(lines, 'a variable is ignored')).toMatchObject({
      level: 'warn',
      why: expect.stringContaining('SPOOL_MAX'),
    });
    expect(find(lines, 'the store answered')).toMatchObject({ level: 'debug', took_ms: expect.any(Number) });
    expect(find(lines, 'rows are stored')).toMatchObject({ level: 'debug', rows: expect.any(Number) });
    expect(find(lines, 'the engine is started anew')).toMatchObject({ level: 'warn', why: 'ended' });
    expect(find(lines, 'the engine is up again')).toMatchObject({ level: 'info', restarts: 1 });
    expect(find(lines, 'ending: what was accepted is stored first')).toMatchObject({ signal: 'SIGTERM' });
    expect(lines.at(-1)).toMatchObject({ message: 'ended', waiting: 0, took_ms: expect.any(Number) });
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });
});

test.each([
  ['a setting is wrong', { PORT: 'http' }, /^PORT: must be/],
  ['its address is not one of this machine', { LOG_LEVEL: 'error', HOST: 'no.such.host.invalid' }, /HOST/],
  ['the data folder cannot be used', { DATA_DIR: '/proc/none' }, /data folder/],
])('a start that fails because %s says so in JSON', async (_why, env, words) => {
  const { code, stdout, stderr } = await failToStart({ ...JSON_LINES, ...env });
  expect(linesOf(stdout).every(({ message }) => message === 'starting')).toBe(true);
  expect(linesOf(stderr).at(-1)).toMatchObject({ level: 'error', message: expect.stringMatching(words) });
  expect(code).not.toBe(0);
});
