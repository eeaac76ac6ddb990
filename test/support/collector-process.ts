import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Question } from '../../packages/collector/src/query/stats/query.ts';

const MAIN = fileURLToPath(new URL('../../packages/collector/dist/main.js', import.meta.url));

/** The built collector, as a process of its own. */
export interface CollectorProcess {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it wrote to its standard output and to its standard error. */
  readonly output: () => { stdout: string; stderr: string };
  /** Token of the one-time link; null: none was printed. */
  readonly setupToken: string | null;
  /** Asks as who has `OWNER_TOKEN`. */
  readonly api: (method: string, path: string, body?: unknown) => Promise<Response>;
  /** Asks a question; throws if it is not answered. */
  readonly query: (question: Question) => Promise<Answer>;
  /** Sends a signal and waits for the end; resolves to the exit code, null if a signal ended it. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** How a start ended that led nowhere. */
export interface FailedStart {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const OWNER_TOKEN = 'token-of-the-test-collector';

type Env = Readonly<Record<string, string>>;
/** A program and its arguments. */
type CommandLine = readonly [string, ...string[]];

/** Without a build, as it is worked on. */
export const SOURCE: CommandLine = [
  process.execPath,
  '--import',
  import.meta.resolve('tsx'),
  fileURLToPath(new URL('../../packages/collector/src/main.ts', import.meta.url)),
];

/** As `npm start` starts it. */
export const BUILT: CommandLine = [process.execPath, MAIN];

interface Run {
  readonly child: ChildProcess;
  readonly output: () => { stdout: string; stderr: string };
  readonly exited: Promise<number | null>;
}

/** Runs the collector with nothing in its environment but what is given, on a free port of the loopback. */
const run = (env: Env, [program, ...args] = BUILT): Run => {
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, TZ: 'UTC', PORT: '0', HOST: '127.0.0.1', OWNER_TOKEN, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output: () => ({ stdout, stderr }), exited };
};

/** Resolves when the collector has said something; rejects if it ends before. */
const said = ({ child, output, exited }: Run, words: RegExp): Promise<void> =>
  Promise.race([
    new Promise<void>((resolve) => child.stdout?.on('data', () => words.test(output().stdout) && resolve())),
    exited.then((code) => {
      throw new Error(`the collector ended with ${code}: ${output().stderr}`);
    }),
  ]);

const collectorAt = (url: string, { child, output, exited }: Run): CollectorProcess => {
  const api = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${OWNER_TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    url,
    process: child,
    output,
    setupToken: /\/setup#token=([^\s"]+)/.exec(output().stdout)?.[1] ?? null,
    api,
    async query(question) {
      const response = await api('POST', '/api/query', question);
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return exited;
    },
  };
};

/**
 * Starts the collector on a data folder and waits until it is ready.
 * @param program how it is started, if not as `npm start` does
 */
export const startCollectorProcess = async (
  dataDir: string,
  env: Env = {},
  program?: CommandLine,
): Promise<CollectorProcess> => {
  const running = run({ DATA_DIR: dataDir, ...env }, program);
  await said(running, /is ready|"ready"/);
  const port = /http:\/\/localhost:(\d+)\//.exec(running.output().stdout)?.[1];
  return collectorAt(`http://127.0.0.1:${port}`, running);
};

/** Starts the collector on a port, where its store may be away. It takes requests from the first words on that it says. */
export const beginCollectorProcess = async (
  dataDir: string,
  port: number,
  env: Env = {},
): Promise<{ collector: CollectorProcess; settled: Promise<void> }> => {
  const running = run({ DATA_DIR: dataDir, PORT: String(port), ...env });
  const settled = said(running, /is ready|the store does not answer/i);
  settled.catch(() => {
    // Whoever waits for it is told.
  });
  await said(running, /./);
  return { collector: collectorAt(`http://127.0.0.1:${port}`, running), settled };
};

/** Starts the collector where it cannot start, and waits for it to give up. */
export const failToStart = async (env: Env): Promise<FailedStart> => {
  const { child, output, exited } = run(env);
  const patience = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const code = await exited;
  clearTimeout(patience);
  return { code, ...output() };
};

/** Starts the collector and tells it to end with the first words it says; resolves to its exit code. */
export const endWhileStarting = async (dataDir: string): Promise<number | null> => {
  const { child, exited } = run({ DATA_DIR: dataDir });
  child.stdout?.once('data', () => child.kill('SIGTERM'));
  return exited;
};
