import { expect, test } from 'vitest';
import { createCancelQuery } from './cancel-query.ts';

/** An engine that finds a query to kill the second time that it looks. */
const stage = () => {
  const statements: string[] = [];
  let end = (_reason: Error): void => {};
  const kill = createCancelQuery(async (statement) => {
    statements.push(statement);
    if (statements.length === 1) throw new Error('the engine could not look');
    if (statements.length === 3) end(new Error('Code: 394. DB::Exception: Query was cancelled.'));
  });
  const job = (): Promise<never> =>
    new Promise((_resolve, reject) => {
      end = reject;
    });
  return { kill, job, statements };
};

test('a query is looked for until it has ended, by a mark of its own', async () => {
  const { kill, job, statements } = stage();
  const gone = new AbortController();
  await kill.when(gone.signal, async () => 'another');
  const running = kill.when(gone.signal, job);
  gone.abort();
  await expect(running).rejects.toThrow('394');
  expect(statements).toEqual(Array(3).fill("KILL QUERY WHERE startsWith(query, '/* passerby 2 */ ') ASYNC"));
});

test('what has ended is not killed, and what nobody waits for does not begin', async () => {
  const { kill, statements } = stage();
  const gone = new AbortController();
  expect(await kill.when(gone.signal, async (mark) => mark)).toBe('/* passerby 1 */ ');
  gone.abort(new Error('gone'));
  await expect(kill.when(gone.signal, async () => 'begun')).rejects.toThrow('gone');
  expect(statements).toEqual([]);
});
