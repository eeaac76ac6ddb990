import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Clock ticks a second in /proc (USER_HZ, 100 on every Linux since 2.6). */
const TICKS = 100;

/** CPU time of a process so far, in microseconds, and its resident memory in MB. */
export const usage = (pid: number): { cpuUs: number; rssMb: number } => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return { cpuUs: ((Number(stat[11]) + Number(stat[12])) / TICKS) * 1e6, rssMb: Math.round(Number(rss) / 1024) };
};

/** Process ids of a process's children. */
export const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => {
      try {
        return Number(readFileSync(`/proc/${other}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]) === pid;
      } catch {
        // It has ended meanwhile.
        return false;
      }
    });

/** The child that takes most memory: an engine beside what compiles TypeScript. */
export const largestChildOf = (pid: number): number => {
  const [largest] = childrenOf(pid).sort((a, b) => usage(b).rssMb - usage(a).rssMb);
  if (largest === undefined) throw new Error('there is no child process');
  return largest;
};

/** Starts a Node process and waits until an address answers. */
export const startServer = async (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  url: string,
): Promise<ChildProcess & { pid: number }> => {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let tries = 0; tries < 300; tries++) {
    const answers = await fetch(url).then(
      (response) => response.status < 500,
      () => false,
    );
    if (answers && child.pid !== undefined) return Object.assign(child, { pid: child.pid });
    await sleep(100);
  }
  throw new Error(`${url} does not answer`);
};

/** Ends a process and waits for it. */
export const stopServer = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
