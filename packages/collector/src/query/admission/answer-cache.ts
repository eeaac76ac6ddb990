import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Asker } from './asker.ts';

/** What {@link createAnswerCache} needs. */
export interface AnswerCacheDeps {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Changes with everything that is stored; undefined: nobody knows, and no answer is kept. */
  readonly changes: () => number | undefined;
  /** Changes with all of it that may be of days that are closed; undefined: nobody knows, and no answer is kept for long. */
  readonly oldChanges?: () => number | undefined;
  /** Milliseconds for which an answer is kept at most, if it is not about closed days. */
  readonly keptMs: number;
}

/** Answers that equal questions share. What is kept, all share whom a caller lets ask. */
export interface AnswerCache {
  /**
   * The answer to a question. One that the same account has under way since anything was last stored is waited for; one
   * of another account is not, for it may have to wait until it is that account's turn.
   * @param key all that the answer depends on beside the store
   * @param ask finds it out; its signal is given when nobody at all waits
   */
  share<T extends object>(key: readonly unknown[], asker: Asker, ask: Ask<T>): Promise<T>;
  /** The same; one that was given since anything was last stored is given again, and one about closed days for long. */
  keep<T extends object>(key: readonly unknown[], asker: Asker, ask: Ask<T>, closed?: Closed<T> | null): Promise<T>;
}

/** A question about days that are closed. */
export interface Closed<T> {
  /** All that its answer depends on until rows of these days change. */
  readonly key: readonly unknown[];
  /** Nothing that the answer tells of will go by itself. */
  lasts(answer: T): boolean;
}

type Ask<T> = (signal: AbortSignal) => Promise<T>;

/** A question that is being asked. */
interface KeyedConcurrency {
  readonly answer: Promise<object>;
  readonly gone: AbortController;
  waiting: number;
}

interface Kept {
  readonly answer: object;
  readonly at: number;
}

/** Bytes of all answers that are kept, those about closed days by themselves, and of one of them, as estimated. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_OF_ONE = 1024 * 1024;
/** An object takes so many times as much memory as its JSON. */
const IN_MEMORY = 3;

/** No answers yet. */
export const createAnswerCache = ({ now, changes, oldChanges, keptMs }: AnswerCacheDeps): AnswerCache => {
  const [kept, keptLong] = [createMemory(), createMemory()];
  const underWay = new Map<string, KeyedConcurrency>();
  let known = changes();
  let knownOld = oldChanges?.();
  let lastAsked = now();

  /** What is under way since before something was stored is still waited for by those who asked, and by nobody else. */
  const forgetOld = (): void => {
    // A clock that is set back makes days that were closed go on.
    if (oldChanges?.() !== knownOld || now() < lastAsked) keptLong.clear();
    knownOld = oldChanges?.();
    lastAsked = now();
    if (changes() === known) return;
    known = changes();
    kept.clear();
    underWay.clear();
  };

  const begin = (name: string, ask: Ask<object>): KeyedConcurrency => {
    const gone = new AbortController();
    const answer = ask(gone.signal).finally(() => {
      if (underWay.get(name) === begun) underWay.delete(name);
    });
    const begun: KeyedConcurrency = { answer, gone, waiting: 0 };
    underWay.set(name, begun);
    // Nobody may wait for it by the time it fails.
    answer.catch(() => undefined);
    return begun;
  };

  const wait = async (name: string, one: KeyedConcurrency, signal: AbortSignal): Promise<object> => {
    one.waiting += 1;
    try {
      return await unless(signal, one.answer);
    } finally {
      one.waiting -= 1;
      if (one.waiting === 0) {
        one.gone.abort();
        if (underWay.get(name) === one) underWay.delete(name);
      }
    }
  };

  const share = async <T extends object>(key: readonly unknown[], asker: Asker, ask: Ask<T>): Promise<T> => {
    const { account, signal } = asker;
    signal.throwIfAborted();
    forgetOld();
    const name = nameOf([account, key]);
    // The same key was asked with the same kind of answer.
    return (await wait(name, underWay.get(name) ?? begin(name, ask), signal)) as T;
  };

  return {
    share,
    keep: async <T extends object>(key: readonly unknown[], asker: Asker, ask: Ask<T>, closed?: Closed<T> | null) => {
      forgetOld();
      const lasting = closed && keptLong.get(nameOf(closed.key));
      if (lasting) return lasting.answer as T;
      const found = kept.get(nameOf(key));
      if (found !== undefined && Math.abs(now() - found.at) < keptMs) return found.answer as T;
      return share(key, asker, async (shared) => {
        const [since, sinceOld] = [changes(), oldChanges?.()];
        const answer = await ask(shared);
        if (since !== undefined && since === changes()) kept.set(nameOf(key), { answer, at: now() });
        if (closed && sinceOld !== undefined && sinceOld === oldChanges?.() && closed.lasts(answer))
          keptLong.set(nameOf(closed.key), { answer, at: now() });
        return answer;
      });
    },
  };
};

const createMemory = (): LRUCache<string, Kept> =>
  new LRUCache({
    maxSize: MOST_BYTES,
    maxEntrySize: MOST_OF_ONE,
    sizeCalculation: ({ answer }) => IN_MEMORY * JSON.stringify(answer).length + 1,
  });

/** Keys may be long, as that of a filter by many values. */
const nameOf = (key: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(key)).digest('base64');

/** The promise, or the signal's reason if that is given before. */
const unless = <T>(signal: AbortSignal, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
