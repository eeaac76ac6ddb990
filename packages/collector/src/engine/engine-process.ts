/**
 * The engine's process: ClickHouse inside (chDB), its HTTP interface outside, on a socket or a port. The supervisor
 * tells it over the pipe between them where its data lies; when the pipe closes, it ends.
 */
import { writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { keepOutOfCoreDumps } from '../lib/core-dump.ts';
import { singleFlight } from '../lib/single-flight.ts';
import { openEngine } from './engine.ts';
import { grantsConfigFor } from './grants.ts';
import { createHttpInterface } from './http-interface.ts';
import { serverConfigWith } from './limits.ts';
import type { Check, Checked, NotStarted, Start, StartOutcome } from './messages.ts';
import { removeScratchDir } from './scratch-dir.ts';

/** Longest wait for queries under way when told to stop, in milliseconds. Being killed harms nothing. */
const GRACE_MS = 3_000;

const start = async ({ dataDir, scratchDir, listen, readers, serverConfig }: Start): Promise<void> => {
  // Whatever it makes, its socket too, is for this user alone.
  process.umask(0o077);
  const configFile = join(scratchDir, 'engine.xml');
  const usersFile = join(scratchDir, 'users.xml');
  await writeFile(usersFile, grantsConfigFor(serverConfig), { mode: 0o600 });
  const users = `<users_config>${usersFile}</users_config>`;
  await writeFile(configFile, serverConfigWith(users + serverConfig), { mode: 0o600 });
  const engine = await openEngine({ dataDir, scratchDir, configFile, readers });
  const check = singleFlight(engine.check);
  const server = createHttpInterface({ ...engine, check }, listen);
  await opened(server, listen);
  process.on('message', ({ check: number }: Check) => void answerCheck(number, check));
  process.once('disconnect', () => {
    server.close();
    void engine.close().finally(() => {
      removeScratchDir(scratchDir);
      process.exit(0);
    });
  });
};

const opened = (server: Server, listen: Start['listen']): Promise<void> =>
  new Promise((resolve, reject) => {
    const at = 'key' in listen ? { path: listen.socketPath } : { host: listen.host, port: listen.port };
    // Later ones are about a caller that cannot be let in: its end, not the engine's.
    server.on('error', reject).listen(at, resolve);
  });

const answerCheck = (number: number, check: () => Promise<void>): Promise<void> =>
  check().then(
    () => report({ check: number, isWell: true }),
    () => report({ check: number, isWell: false }),
  );

const endAtOnce = ({ scratchDir }: Start): void => {
  removeScratchDir(scratchDir);
  process.kill(process.pid, 'SIGKILL');
};

const failureOf = (error: unknown): NotStarted => {
  const { code, message } = error as NodeJS.ErrnoException;
  return { ready: false, code: code ?? '', message };
};

const report = (message: StartOutcome | Checked): void => {
  process.send?.(message, () => {
    // Nobody is there any more to hear it: the closing of the pipe ends this process, in order.
  });
};

keepOutOfCoreDumps();
// The collector decides when the engine ends: a signal to the whole group, as from a terminal, must not end it first.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.once('message', (message: Start) => {
  process.once('disconnect', () => setTimeout(() => endAtOnce(message), GRACE_MS).unref());
  start(message).then(
    () => report({ ready: true }),
    (error: unknown) => report(failureOf(error)),
  );
});
