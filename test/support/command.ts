import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../packages/collector/dist/main.js', import.meta.url));

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `passerby` with nothing in its environment but the data folder. */
export const passerby = (dataDir: string, ...args: readonly string[]): Promise<Ended> =>
  passerbyIn({ DATA_DIR: dataDir }, ...args);

/** Runs it in an environment. */
export const passerbyIn = (env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> => {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      output[name] += chunk.toString();
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...output })));
};
