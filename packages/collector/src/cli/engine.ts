import { createServer } from 'node:net';
import packageJson from '../../package.json' with { type: 'json' };
import { dataDirIn, readLogStyle, secretIn } from '../config/config.ts';
import { prepareDataDir } from '../config/data-dir.ts';
import { ignoredByEngine } from '../config/ignored.ts';
import { listenError } from '../config/listen-error.ts';
import { UsageError } from '../config/start-error.ts';
import { lockDataDir, warnIfUnguarded } from '../engine/data-dir-lock.ts';
import { type Engine, startEngine } from '../engine/supervisor.ts';
import { isLoopback } from '../lib/loopback.ts';
import { command } from './command.ts';
import { processLog, say, writeAs } from './output.ts';
import { onSignals } from './signals.ts';
import { catchStrayOutput } from './stray-output.ts';

interface Arguments {
  readonly port: number;
  readonly host: string;
  readonly data: string;
}

const MIN_LENGTH = 16;
const MIN_DIFFERENT = 8;

/** `passerby engine` */
export const engine = command({
  name: 'engine',
  does: 'Runs the embedded engine as a ClickHouse server of its own, for collectors that share it.',
  takes: {},
  options: {
    port: { type: 'string', value: '8123', default: '8123', what: 'where it listens' },
    host: { type: 'string', value: '127.0.0.1', default: '127.0.0.1', what: 'the address on which it listens' },
    data: { type: 'string', value: './data', what: 'the folder of its data; without it DATA_DIR' },
  },
  examples: ['CLICKHOUSE_PASSWORD=… passerby engine --host 0.0.0.0 --data /var/lib/passerby-engine'],
  async run({ values }, env, parts) {
    writeAs(readLogStyle(env));
    catchStrayOutput(processLog, process, console);
    const { port, host, data } = checked(values, dataDirIn(env));
    // Whatever is written is for this user alone.
    process.umask(0o077);
    for (const { name, why } of ignoredByEngine(env)) processLog.warn('a variable is ignored', { name, why });
    const password = secretIn(env, 'CLICKHOUSE_PASSWORD');
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
    const end = async (signal: NodeJS.Signals): Promise<void> => {
      if (ending) return;
      const begun = performance.now();
      processLog.info('ending', { signal });
      await stop();
      processLog.info('ended', { took_ms: Math.round(performance.now() - begun) });
      process.exit(0);
    };
    onSignals(
      (signal) => void end(signal),
      () => processLog.info('there is nothing to read anew: settings are read at the start alone'),
    );
    const { version } = packageJson;
    say(`Passerby ${version}, Node ${process.versions.node}: starting the engine …`, {
      message: 'starting',
      facts: { version, node: process.versions.node },
    });
    try {
      await running.ready;
    } catch (error) {
      if (ending) return;
      await stop();
      throw error;
    }
    say(`The engine is ready: CLICKHOUSE_URL=${addressOf(running, password)}`);
  },
});

/** What only this machine reaches may have any password, as its users are trusted or not; what others reach can be guessed at. */
const expectStrong = (password: string, host: string): void => {
  if (password.length >= MIN_LENGTH && new Set(password).size >= MIN_DIFFERENT) return;
  const wanted = `at least ${MIN_LENGTH} characters, ${MIN_DIFFERENT} of them different`;
  if (!isLoopback(host)) throw new UsageError('CLICKHOUSE_PASSWORD', `must have ${wanted}, as others reach ${host}.`);
  processLog.warn(`CLICKHOUSE_PASSWORD can be guessed by other users of this machine: give it ${wanted}`);
};

/** A password that was given is not shown. */
const addressOf = ({ url, username, password }: Engine, given: string | undefined): string =>
  url.replace('//', `//${username}:${given ? '<CLICKHOUSE_PASSWORD>' : password}@`);

interface Given {
  readonly port: string;
  readonly host: string;
  readonly data: string | undefined;
}

const checked = ({ port, host, data }: Given, dataDir: string): Arguments => {
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
    throw new UsageError('--port', `must be a port from 1 to 65535, not ${JSON.stringify(port)}.`);
  if (host === '') throw new UsageError('--host', 'must be an address of this machine, such as 127.0.0.1.');
  return { port: Number(port), host, data: data ?? dataDir };
};

const NAMES = { port: '--port', host: '--host' };

/** A port that is taken is known before anything else is done. */
const expectFree = (port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, { port, host, names: NAMES })))
      .listen(port, host, () => server.close(() => resolve()));
  });
