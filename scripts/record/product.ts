import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A built `passerby` that runs. */
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Sets its clock, in Unix milliseconds. */
  readonly setClock: (now: number) => Promise<void>;
}

/** The built product of a checkout: `passerby` with its arguments, and nothing in its environment but what is given. */
export type Product = (args: readonly string[], env?: Readonly<Record<string, string>>) => Running;

/** When a recording begins: a Wednesday so far away that the engine, whose clock is the real one, finds nothing to be too old. */
export const BEGIN = Date.UTC(2040, 4, 16, 10);

const STILL = new URL('./still.mjs', import.meta.url).href;

/** @param folder in which its commands are run */
export const productOf = (checkout: string, folder: string): Product => {
  const main = join(checkout, 'packages/collector/dist/main.js');
  return (args, env = {}) => {
    const child = spawn(process.execPath, ['--import', STILL, main, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, TZ: 'UTC', RECORD_NOW: String(BEGIN), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const { stdout, stderr } = child as ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream };
    const ended = Promise.all([text(stdout), text(stderr), once(child, 'exit')]).then(([out, err, [code]]) => ({
      code: code as number | null,
      stdout: out,
      stderr: err,
    }));
    const setClock = async (now: number): Promise<void> => {
      child.send(now);
      await once(child, 'message');
    };
    return { process: child, ended, setClock };
  };
};

/** Waits until it has said something; returns what the words caught. */
export const said = async ({ process, ended }: Running, words: RegExp): Promise<RegExpExecArray> => {
  let output = '';
  const found = new Promise<RegExpExecArray>((resolve) =>
    process.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const match = words.exec(output);
      if (match) resolve(match);
    }),
  );
  const failed = ended.then(({ code, stderr }) => {
    throw new Error(`passerby ended with ${code}: ${stderr}`);
  });
  failed.catch(() => undefined);
  return Promise.race([found, failed]);
};
