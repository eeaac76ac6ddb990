import { setMaxListeners } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from './testing.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  await engine.store.command('CREATE TABLE slow (n UInt8) ENGINE = MergeTree ORDER BY n');
});
afterAll(() => engine.stop());
beforeEach(() => vi.waitFor(async () => expect(await running()).toBe(0), PATIENCE));

/** Longer than a busy machine needs; nothing waits for it where all is well. */
const PATIENCE = { timeout: 20_000, interval: 20 };
const WORK = 'SELECT sum(cityHash64(number, toString(number))) AS endless FROM numbers(100000000000)';

/** How many of the endless statements the engine works on, asked where none of them can be in the way. */
const running = async (): Promise<number> => {
  const [found] = await engine.store.query<{ n: number }>(
    "SELECT toUInt32(count()) AS n FROM system.processes WHERE query LIKE '%endless%' AND query NOT LIKE '%processes%'",
    {},
    { pool: 'config' },
  );
  return found?.n ?? -1;
};

/** Bytes that other statements hold. */
const held = async (): Promise<number> => {
  const [found] = await engine.store.query<{ bytes: number }>(
    "SELECT toFloat64(sum(memory_usage)) AS bytes FROM system.processes WHERE query NOT LIKE '%processes%'",
    {},
    { pool: 'config' },
  );
  return found?.bytes ?? -1;
};

/** More wait for one signal here than statements that one question has. */
const patient = (): AbortController => {
  const gone = new AbortController();
  setMaxListeners(0, gone.signal);
  return gone;
};

const ask = (signal: AbortSignal): Promise<unknown> => {
  const answer = engine.store.query(WORK, {}, { signal });
  // Whoever awaits it is told.
  answer.catch(() => undefined);
  return answer;
};

const begun = (statements: number): Promise<void> =>
  vi.waitFor(async () => expect(await running()).toBe(statements), PATIENCE);

test('a question that nobody waits for any more leaves the engine', async () => {
  const gone = new AbortController();
  const answer = ask(gone.signal);
  await begun(1);
  gone.abort();
  await expect(answer).rejects.toMatchObject({ name: 'StoreError', outcome: 'unknown', code: null });
  await begun(0);
});

test('of many questions of one who goes, none is left and none begins', async () => {
  const gone = patient();
  const answers = Array.from({ length: 12 }, () => ask(gone.signal));
  await begun(3);
  gone.abort();
  await Promise.allSettled(answers);
  await begun(0);
  // The Sessions are free again, and what others ask is answered on each of them.
  const others = Array.from({ length: 6 }, (_, n) => engine.store.query('SELECT {n:UInt32} AS n', { n }));
  expect((await Promise.all(others)).flat()).toEqual([0, 1, 2, 3, 4, 5].map((n) => ({ n })));
  expect(await running()).toBe(0);
});

test('a question that is given up before it begins is not asked', async () => {
  await expect(ask(AbortSignal.abort())).rejects.toMatchObject({ name: 'StoreError' });
  expect(await running()).toBe(0);
});

test('a question that failed gives its memory back at once', async () => {
  const large = 'SELECT groupArray(toString(number)) AS large FROM numbers(100000000)';
  await expect(engine.store.query(large)).rejects.toMatchObject({ code: 241 });
  expect(await held()).toBe(0);
});

test('with every reader taken, inserts, configuration, writes and checks go on', async () => {
  const gone = patient();
  for (let n = 0; n < 40; n++) void ask(gone.signal);
  await begun(3);
  await engine.store.command('INSERT INTO slow VALUES (1)');
  await engine.store.command(
    "INSERT INTO config (kind, id, version, body) VALUES ('a', 'b', 1, '{}')",
    {},
    { pool: 'config' },
  );
  expect(await engine.store.query('SELECT id FROM config', {}, { pool: 'config' })).toEqual([{ id: 'b' }]);
  await engine.store.ping();
  expect(await running()).toBe(3);
  gone.abort();
});
