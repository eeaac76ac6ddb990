import { isDenied } from '../lib/denied.ts';
import { ExpectedError } from '../lib/expected-error.ts';

/** Ends the start: the sentence says what is wrong. */
export class StartError extends ExpectedError {
  override readonly name: string = 'StartError';
}

/** An argument is wrong: the sentence begins with its name. */
export class UsageError extends StartError {
  override readonly name = 'UsageError';

  constructor(field: string, problem: string, code = 'invalid') {
    super(`${field}: ${problem}`, { kind: 'usage', field, code });
  }
}

/** What the collector needs to start is damaged. Hits may be kept until it is repaired. */
export class DamageError extends StartError {
  override readonly name = 'DamageError';
}

/** What the system says, by its code, and what to do about it. */
const KNOWN: Readonly<Record<string, string>> = {
  EMFILE: 'this process may not open more files: raise its limit (ulimit -n, LimitNOFILE) to 1024 or more',
  ENFILE: 'the system has no room for more open files: raise fs.file-max',
  ENOSPC: 'the disk is full: make room',
  EDQUOT: 'this user may not store more: make room, or raise the quota',
  EROFS: 'the disk is mounted read-only: choose another DATA_DIR',
  EACCES: 'this user may not: run it as the user whom the file belongs to',
  EPERM: 'this user may not: run it as the user whom the file belongs to',
  EIO: 'the disk does not work: look at the log of the system',
  EEXIST: 'something else is in its place: move it away',
  ENOTDIR: 'something else than a folder is in its place: move it away',
  EISDIR: 'a folder is in its place: move it away',
  ENOENT: 'it is not there, or a link to it leads nowhere',
  ENAMETOOLONG: 'the name is too long: choose a shorter one',
  ELOOP: 'links lead in a circle: choose another path',
  ESTALE: 'the network disk has lost it: mount it anew',
  EBUSY: 'something else is using it: end that first',
  ENOTFOUND: 'the name is not known: look at the spelling, and at the name server',
  EAI_AGAIN: 'the name server does not answer: try again, or name an address',
  EAFNOSUPPORT: 'this machine has no such addresses: is IPv6 off?',
  ENOMEM: 'there is not enough memory',
  EAGAIN: 'there are too many processes or too little memory: raise the limit (ulimit -u, TasksMax)',
  EADDRNOTAVAIL: 'this address is not one of this machine: is 127.0.0.1 up (ip link set lo up)?',
};

/** One sentence on a failure that the system reports; null: it is not the system's. */
export const systemFailure = (error: unknown): StartError | null => {
  const { code, syscall, path } = error as Partial<NodeJS.ErrnoException>;
  if (!(error instanceof Error) || code === undefined || syscall === undefined) return null;
  const where = path === undefined ? '' : ` ${path}`;
  const sentence = `${syscall}${where} failed (${code}): ${KNOWN[code] ?? 'the system does not allow it'}.`;
  return new StartError(sentence, isDenied(code) ? { kind: 'forbidden', code } : { code });
};
