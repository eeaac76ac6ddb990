import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, told from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in words of the platform: equal for one process, different for two with one number. */
  readonly started: string;
}

/** Who runs under the number; null: nobody, or only what is left of a process that ended. */
export const identify = (pid: number): ProcessIdentity | null => {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedElsewhere(pid);
  return started === null ? null : { pid, started };
};

/** Whether this very process still runs. */
export const isRunning = (known: ProcessIdentity): boolean => identify(known.pid)?.started === known.started;

/**
 * State and start time, fields 3 and 22 of `/proc/PID/stat` (proc_pid_stat(5)), in ticks since boot: with the boot's id,
 * or they would come again. The second field is the program's name in parentheses, which may hold anything.
 */
const startedOnLinux = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return state === 'Z' ? null : `${boot} ${fields[18] ?? ''}`;
  } catch {
    // No such process.
    return null;
  }
};

const startedElsewhere = (pid: number): string | null => {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    // No such process.
    return null;
  }
};
