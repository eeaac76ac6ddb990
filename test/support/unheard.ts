import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../../packages/collector/dist/main.js', import.meta.url));
const PATIENCE_MS = 20_000;

/** The built collector, started by a shell that puts its standard streams somewhere. */
export interface Unheard {
  readonly url: string;
  /** What says to it that one may do everything. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its engine's process. */
  readonly enginePid: () => number;
  /** Tells it to end; resolves to its exit code. */
  readonly end: () => Promise<string>;
}

/** Runs a line of shell in which `"$@"` is the built program, and resolves to its standard output. */
export const shell = (dataDir: string, line: string, args: readonly string[], env = {}): Promise<string> => {
  const child = spawn('/bin/sh', ['-c', line, 'sh', process.execPath, MAIN, ...args], {
    env: { PATH: process.env.PATH, TZ: 'UTC', PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve) => child.once('close', () => resolve(said)));
};

/**
 * Starts it and waits until it and its store are there.
 * @param streams what follows the command in a shell, such as `2>&1 | head -1`
 */
export const startUnheard = async (dataDir: string, streams: string): Promise<Unheard> => {
  const code = join(dataDir, 'exit-code');
  const ended = shell(dataDir, `{ "$@"; echo $? > "$CODE"; } ${streams}`, ['serve'], {
    CODE: code,
    PASSERBY_DATA_DIR: 'x',
  });
  const read = <T>(file: string): T => JSON.parse(readFileSync(join(dataDir, file), 'utf8')) as T;
  const note = () => read<{ url: string; token: string }>('operator.json');
  const alive = (): boolean => {
    if (existsSync(code)) throw new Error(`the collector ended with ${readFileSync(code, 'utf8')}`);
    return true;
  };
  await until('the collector', PATIENCE_MS, () => alive() && existsSync(join(dataDir, 'operator.json')));
  const { url, token } = note();
  await until('its store', PATIENCE_MS, async () => {
    alive();
    const answer = (await (await fetch(`${url}/readyz`)).json()) as { store?: string };
    return answer.store === 'ready';
  });
  return {
    url,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    enginePid: () => read<{ engine: { pid: number } }>('engine.json').engine.pid,
    async end() {
      alive();
      process.kill(read<{ collector: { pid: number } }>('engine.json').collector.pid, 'SIGTERM');
      await ended;
      return readFileSync(code, 'utf8').trim();
    },
  };
};
