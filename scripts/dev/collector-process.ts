import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { path } from './places.ts';
import { messageOf, type Print, secondsSince } from './print.ts';

const PROGRAM = path('scripts/dev/collector.ts');

/** The collector from source, in a process that is replaced when something has changed. */
export class CollectorProcess {
  readonly #env: NodeJS.ProcessEnv;
  readonly #mayBegin: () => Promise<unknown>;
  readonly #print: Print;
  #child: ChildProcess | undefined;
  /** Resolves when all but the last one are gone. */
  #alone: Promise<unknown> = Promise.resolve();
  #turns = 0;
  #up: Promise<boolean> = Promise.resolve(false);

  /**
   * @param env its settings
   * @param mayBegin resolves when what it needs is there; its source is read meanwhile
   */
  constructor(env: NodeJS.ProcessEnv, mayBegin: () => Promise<unknown>, print: Print) {
    this.#env = env;
    this.#mayBegin = mayBegin;
    this.#print = print;
  }

  /** Resolves when the last start has led somewhere; false: it is not running. */
  get up(): Promise<boolean> {
    return this.#up;
  }

  /** Starts it, or starts it anew. @returns whether it came up */
  restart(): Promise<boolean> {
    this.#up = this.#replace();
    return this.#up;
  }

  async stop(): Promise<void> {
    this.#turns += 1;
    this.#up = Promise.resolve(false);
    await Promise.all([this.#alone, end(this.#child)]);
  }

  async #replace(): Promise<boolean> {
    const turn = ++this.#turns;
    const began = performance.now();
    this.#alone = Promise.all([this.#alone, end(this.#child)]);
    const child = this.#spawn();
    const ended = once(child, 'exit');
    try {
      await Promise.all([this.#alone, this.#mayBegin()]);
    } catch (error) {
      this.#print(messageOf(error));
      child.kill();
    }
    // Something else has changed meanwhile: that start is the one to wait for.
    if (turn !== this.#turns) return this.#up;
    const isUp = await Promise.race([beginning(child), ended.then(() => false)]);
    if (turn !== this.#turns) return this.#up;
    if (isUp) this.#print(`ready in ${secondsSince(began)}`);
    void ended.then(() => this.#ended(turn));
    return isUp;
  }

  #spawn(): ChildProcess {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), PROGRAM, 'serve'], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    // Its standard output tells addresses that are not the one to open.
    child.stderr?.on('data', (chunk: Buffer) => this.#print(chunk.toString()));
    return child;
  }

  #ended(turn: number): void {
    if (turn !== this.#turns) return;
    this.#up = Promise.resolve(false);
    this.#print('not running: waiting for the next change');
  }
}

/** Lets it begin; resolves when it says that it is ready. */
const beginning = (child: ChildProcess): Promise<true> =>
  new Promise((resolve) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('is ready')) resolve(true);
    });
    child.send('begin', () => {
      // It has ended, which is seen by itself.
    });
  });

const end = async (child: ChildProcess | undefined): Promise<void> => {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
};
