import { expect, it } from 'vitest';
import { createSessionPool, PoolFullError } from './session-pool.ts';

/** A job that ends when it is told to, and what it was given. */
const openJob = () => {
  let end = (): void => {};
  const given: string[] = [];
  const job = (resource: string): Promise<void> => {
    given.push(resource);
    return new Promise((resolve) => {
      end = resolve;
    });
  };
  return { job, given, end: () => end() };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('gives each resource to one job at a time, in the order of asking', async () => {
  const pool = createSessionPool(['a'], 2, () => 0);
  const [first, second, third] = [openJob(), openJob(), openJob()];
  const done = [first, second, third].map(({ job }) => pool.run(job));
  await turn();
  expect([first.given, second.given, third.given]).toEqual([['a'], [], []]);
  first.end();
  await turn();
  expect([second.given, third.given]).toEqual([['a'], []]);
  second.end();
  await turn();
  third.end();
  await Promise.all(done);
});

it('refuses what does not fit into the queue, and has room again afterwards', async () => {
  const pool = createSessionPool(['a'], 1, () => 0);
  const running = openJob();
  const done = pool.run(running.job);
  const waiting = pool.run(async () => 'waited');
  await expect(pool.run(async () => 'never')).rejects.toBeInstanceOf(PoolFullError);
  running.end();
  await done;
  expect(await waiting).toBe('waited');
  expect(await pool.run(async () => 'again')).toBe('again');
});

it('gives the resource back after a job that fails', async () => {
  const pool = createSessionPool(['a'], 0, () => 0);
  await expect(pool.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await pool.run(async (resource) => resource)).toBe('a');
});

it('tells how long the longest job has been running', async () => {
  let now = 100;
  const pool = createSessionPool(['a', 'b'], 0, () => now);
  expect(pool.longest()).toBe(0);
  const [old, young] = [openJob(), openJob()];
  const done = [pool.run(old.job)];
  await turn();
  now = 250;
  done.push(pool.run(young.job));
  await turn();
  now = 300;
  expect(pool.longest()).toBe(200);
  old.end();
  await turn();
  expect(pool.longest()).toBe(50);
  young.end();
  await Promise.all(done);
});

it('a job that waits when its signal is given never begins, and the others keep their order', async () => {
  const pool = createSessionPool(['a'], 3, () => 0);
  const [running, given, next] = [openJob(), openJob(), openJob()];
  const gone = new AbortController();
  const done = pool.run(running.job);
  const waiting = pool.run(given.job, gone.signal);
  const last = pool.run(next.job);
  gone.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  await expect(pool.run(given.job, gone.signal)).rejects.toThrow('gone');
  running.end();
  await done;
  await turn();
  next.end();
  await last;
  expect([given.given, next.given]).toEqual([[], ['a']]);
});

it('whoever goes makes room in the queue', async () => {
  const pool = createSessionPool(['a'], 1, () => 0);
  const running = openJob();
  const done = pool.run(running.job);
  const gone = new AbortController();
  const waiting = pool.run(async () => 'never', gone.signal);
  gone.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  const other = pool.run(async () => 'other');
  running.end();
  await done;
  expect(await other).toBe('other');
});
