import { createServer } from 'node:net';
import { prepareDataDir } from '../config/data-dir.ts';
import { listenError } from '../config/listen-error.ts';
import { StartError } from '../config/start-error.ts';
import { lockDataDir, warnIfUnguarded } from '../engine/data-dir-lock.ts';
import { type Engine, startEngine } from '../engine/supervisor.ts';
import { isLoopback } from '../lib/loopback.ts';
import { type Command, readArguments } from './command.ts';
import { processLog, say } from './output.ts';

interface Arguments {
  readonly port: number;
  readonly host: string;
  readonly data: string;
}

const MIN_LENGTH = 16;
const MIN_DIFFERENT = 8;

/** `passerby engine` */
export const engine: Command = {
  name: 'engine',
  takes: '[--port 8123] [--host 127.0.0.1] [--data ./data]',
  does: 'Runs the embedded engine as a ClickHouse server of its own, for collectors that share it.',
  run: async (args, env, parts) => {
    const { port, host, data } = argumentsOf(args, env.DATA_DIR);
    // Whatever is written is for this user alone.
    process.umask(0o077);
    const password = env.CLICKHOUSE_PASSWORD;
    if (password) expectStrong(password, host);
    await expectFree(port, host);
    prepareDataDir(data, processLog);
    const lock = await lockDataDir(data);
    warnIfUnguarded(lock, processLog);
    const running = await startEngine({
      ...parts.engine,
      lock,
      log: processLog,
      listen: { host, port },
      ...(password && { password }),
    });
    let ending = false;
    const stop = async (): Promise<void> => {
      ending = true;
      await running.stop();
      lock.release();
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => void stop().then(() => process.exit(0)));
    say('Starting the engine …');
    try {
      await running.ready;
    } catch (error) {
      if (ending) return;
      await stop();
      throw error;
    }
    say(`The engine is ready: CLICKHOUSE_URL=${addressOf(running, password)}`);
  },
};

/** What only this machine reaches may have any password, as its users are trusted or not; what others reach can be guessed at. */
const expectStrong = (password: string, host: string): void => {
  if (password.length >= MIN_LENGTH && new Set(password).size >= MIN_DIFFERENT) return;
  const wanted = `at least ${MIN_LENGTH} characters, ${MIN_DIFFERENT} of them different`;
  if (!isLoopback(host)) throw new StartError(`CLICKHOUSE_PASSWORD: must have ${wanted}, as others reach ${host}.`);
  processLog.warn(`CLICKHOUSE_PASSWORD can be guessed by other users of this machine: give it ${wanted}`);
};

/** A password that was given is not shown. */
const addressOf = ({ url, username, password }: Engine, given: string | undefined): string =>
  url.replace('//', `//${username}:${given ? '<CLICKHOUSE_PASSWORD>' : password}@`);

const argumentsOf = (args: readonly string[], dataDir: string | undefined): Arguments => {
  const { port, host, data } = readArguments(engine, args, [], {
    port: { type: 'string', default: '8123' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
  }).values;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
    throw new StartError(`--port: must be a port from 1 to 65535, not ${JSON.stringify(port)}.`);
  if (host === '') throw new StartError('--host: must be an address of this machine, such as 127.0.0.1.');
  return { port: Number(port), host, data: data ?? (dataDir || './data') };
};

const NAMES = { port: '--port', host: '--host' };

/** A port that is taken is known before anything else is done. */
const expectFree = (port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, { port, host, names: NAMES })))
      .listen(port, host, () => server.close(() => resolve()));
  });
