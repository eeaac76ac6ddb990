/**
 * The engine's process: ClickHouse inside (chDB), its HTTP interface outside, on the loopback address. The supervisor
 * tells it over the pipe between them where its data lies; when the pipe closes, it ends.
 */
import { rmSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDoor } from './door.ts';
import { openEngine } from './engine.ts';
import { serverConfigWith } from './limits.ts';
import type { NotStarted, Start, StartOutcome } from './messages.ts';

/** Longest wait for queries under way when told to stop, in milliseconds. Being killed harms nothing. */
const GRACE_MS = 3_000;

const start = async (options: Start): Promise<void> => {
  const { dataDir, scratchDir, host, port, readers, serverConfig, ...credentials } = options;
  // What a predecessor that was killed left of an insert goes first.
  await rm(scratchDir, { recursive: true, force: true });
  await mkdir(scratchDir, { mode: 0o700 });
  const configFile = join(scratchDir, 'engine.xml');
  await writeFile(configFile, serverConfigWith(serverConfig), { mode: 0o600 });
  const engine = await openEngine({ dataDir, scratchDir, configFile, readers });
  const door = createDoor(engine, credentials);
  await new Promise<void>((resolve, reject) => door.once('error', reject).listen(port, host, resolve));
  process.once('disconnect', () => {
    door.close();
    void engine
      .close()
      .then(() => rm(scratchDir, { recursive: true, force: true }))
      .then(() => process.exit(0));
  });
};

const endAtOnce = ({ scratchDir }: Start): void => {
  rmSync(scratchDir, { recursive: true, force: true });
  process.kill(process.pid, 'SIGKILL');
};

const failureOf = (error: unknown): NotStarted => {
  const { code, message } = error as NodeJS.ErrnoException;
  return { ready: false, code: code ?? '', message };
};

const report = (outcome: StartOutcome): void => {
  process.send?.(outcome);
};

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
