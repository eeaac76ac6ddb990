import type { ServerResponse } from 'node:http';

/** Answers that were given and not read yet: they are in memory for as long as whoever asked lets them lie. */
export interface UnreadAnswers {
  /** Watches an answer until it is read, or its connection ends. */
  watch(account: string, response: ServerResponse): void;
  /** True if so much lies there for an account that it is to read before it asks on. */
  isFull(account: string): boolean;
}

/** Bytes for an account; the largest answers have some ten million. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Nothing lies unread. */
export const createUnreadAnswers = (): UnreadAnswers => {
  const answers = new Map<string, Set<ServerResponse>>();
  const forget = (account: string, response: ServerResponse): void => {
    const of = answers.get(account);
    of?.delete(response);
    if (of?.size === 0) answers.delete(account);
  };
  return {
    watch(account, response) {
      if (response.closed) return;
      const of = answers.get(account) ?? new Set();
      answers.set(account, of.add(response));
      response.once('close', () => forget(account, response));
    },
    isFull(account) {
      const bytes = [...(answers.get(account) ?? [])].map(({ writableLength }) => writableLength);
      return bytes.reduce((sum, more) => sum + more, 0) >= MOST_BYTES;
    },
  };
};
