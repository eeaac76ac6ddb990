import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../support/until.ts';

/** A framework's own server, as it runs in production. */
export interface AppServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** What builds an application in its folder, and what serves it, both on Node.js. */
export interface Served {
  readonly folder: string;
  readonly build: readonly string[];
  readonly serve: readonly string[];
}

const START_MS = 60_000;
const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const QUIET = { NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1' };

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('exit', () => resolve()));

/** Builds an application that sends the paths of the script and the intake on to the collector at `passerby`, and starts it. */
export const startAppServer = async ({ folder, build, serve }: Served, passerby: string): Promise<AppServer> => {
  const copy = fileOf(`dist/${folder}`);
  rmSync(copy, { recursive: true, force: true });
  cpSync(fileOf(folder), copy, { recursive: true });
  const port = await freePort();
  const env = {
    ...process.env,
    ...QUIET,
    PASSERBY: passerby,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: `${port}`,
  };
  await promisify(execFile)(process.execPath, build, { cwd: copy, env });
  const child = spawn(process.execPath, serve, { cwd: copy, env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await until(`${folder} answers`, START_MS, () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    url,
    async stop() {
      const end = ended(child);
      child.kill();
      await end;
    },
  };
};
