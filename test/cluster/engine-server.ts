import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../packages/collector/dist/main.js', import.meta.url));

/** `passerby engine`, as a process of its own. */
export interface EngineServer {
  readonly process: ChildProcess;
  /** What it says to use as `CLICKHOUSE_URL`. */
  readonly url: string;
  /** Sends a signal and waits for the end; resolves to the exit code, null if a signal ended it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (args: readonly string[], env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [MAIN, 'engine', ...args], {
    env: { PATH: process.env.PATH, TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...output })));
  return { child, output, ended };
};

/** Starts it and waits until it is ready. */
export const startEngineServer = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<EngineServer> => {
  const { child, output, ended } = run(args, env);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const said = /CLICKHOUSE_URL=(\S+)/.exec(output.stdout)?.[1];
      if (said !== undefined) resolve(said);
    });
    void ended.then(({ code, stderr }) => reject(new Error(`the engine ended with ${code}: ${stderr}`)));
  });
  return {
    process: child,
    url,
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      return (await ended).code;
    },
  };
};

/** Starts it where it cannot start, and waits for it to give up. */
export const failToStartEngine = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => {
  const { child, ended } = run(args, env);
  const patience = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const outcome = await ended;
  clearTimeout(patience);
  return outcome;
};
