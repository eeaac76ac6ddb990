import { setMaxListeners } from 'node:events';
import { expect, test } from 'vitest';
import { createFairQueue, type FairQueueOptions } from './fair-queue.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Statements that begin when it is their turn, and end when the test says so. */
const stage = (options: Partial<FairQueueOptions> = {}) => {
  const turns = createFairQueue({ places: 3, share: 2, ...options });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, signal = new AbortController().signal): Promise<string> =>
    turns.run({ account: name.charAt(0), signal }, () => {
      begun.push(name);
      return new Promise((resolve) => ends.set(name, () => resolve(name)));
    });
  /** Statements of one account, asked one after the other. */
  const askMany = (account: string, count: number, signal?: AbortSignal): Promise<string>[] =>
    Array.from({ length: count }, (_, n) => ask(`${account}${n + 1}`, signal));
  const end = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) ends.get(name)?.();
    await turn();
  };
  return { turns, begun, ask, askMany, end };
};

test('an account alone has its share and no more, in the order of asking', async () => {
  const { begun, askMany, end } = stage();
  askMany('a', 4);
  await turn();
  expect(begun).toEqual(['a1', 'a2']);
  await end('a2');
  expect(begun).toEqual(['a1', 'a2', 'a3']);
});

test('who asks little waits for nothing of who asks much', async () => {
  const { begun, askMany, ask } = stage();
  askMany('a', 100);
  await turn();
  ask('b1');
  await turn();
  expect(begun).toEqual(['a1', 'a2', 'b1']);
});

test('where all places are taken, a inviteRequest has the next one that is free', async () => {
  const { begun, askMany, ask, end } = stage();
  askMany('a', 100);
  askMany('b', 100);
  await turn();
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  ask('c1');
  await end('a1');
  expect(begun.slice(3)).toEqual(['c1']);
});

test('turns go round by account, whatever the order of arrival', async () => {
  const { begun, askMany, end } = stage({ places: 1, share: 1 });
  for (const [account, count] of Object.entries({ a: 4, b: 2, c: 1 })) askMany(account, count);
  await turn();
  for (let n = 0; n < 7; n++) await end(...begun.slice(-1));
  expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
});

test('who goes never begins, and what others asked does', async () => {
  const { begun, askMany, ask, end } = stage();
  const gone = new AbortController();
  // More than the statements of one question.
  setMaxListeners(0, gone.signal);
  const asked = askMany('a', 50, gone.signal);
  for (const answer of asked) answer.catch(() => undefined);
  const later = ask('a51');
  await turn();
  gone.abort(new Error('gone'));
  await end('a1', 'a2');
  expect(begun).toEqual(['a1', 'a2', 'a51']);
  await expect(asked[49]).rejects.toThrow('gone');
  await expect(ask('a52', gone.signal)).rejects.toThrow('gone');
  await end('a51');
  expect(await later).toBe('a51');
});

test('a statement that fails makes room, and tells of it', async () => {
  const { turns, ask, begun } = stage({ places: 1, share: 1 });
  const fails = turns.run({ account: 'a', signal: new AbortController().signal }, () =>
    Promise.reject(new Error('no')),
  );
  ask('a2');
  await expect(fails).rejects.toThrow('no');
  await turn();
  expect(begun).toEqual(['a2']);
});

test('one whose turn it is when nobody waits any more does not begin, and leaves its place', async () => {
  const { begun, ask } = stage({ places: 1, share: 1 });
  const gone = new AbortController();
  const first = ask('a1', gone.signal);
  gone.abort(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  ask('b1');
  await turn();
  expect(begun).toEqual(['b1']);
});
