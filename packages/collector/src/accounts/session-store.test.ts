import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { SILENT, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { Documents } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { account } from './account.ts';
import { Sessions } from './session-store.ts';

const DAY = 24 * 3_600_000;
let now = Date.UTC(2026, 5, 1, 12);

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());
afterEach(() => engine.store.command('TRUNCATE TABLE config'));

/** A collector that knows one account, as far as it knows sessions. */
const started = async (store: Store = engine.store): Promise<Sessions> => {
  const documents = new Documents(store, SILENT);
  const accounts = documents.collection('account', account);
  await documents.refresh();
  await accounts.put('ann', account.parse({ email: 'ann@site.example', password: 'x:y' }), 0);
  let ids = 0;
  return new Sessions(
    accounts,
    () => now,
    () => `session ${++ids}`,
  );
};

test('a session is known by its cookie, and by no other text', async () => {
  const sessions = await started();
  const { cookie } = await sessions.begin('ann');
  const [id, secret = ''] = cookie.split('.');
  expect(sessions.find(cookie)?.account).toMatchObject({ id: 'ann', roles: { '*': 'owner' } });
  const others = [undefined, '', '.', id, `${id}.`, `.${secret}`, `bob.${secret}`, `${id}.${secret.slice(1)}`, secret];
  expect(others.filter((other) => sessions.find(other) !== undefined)).toEqual([]);
});

test('sessions are listed by ids of their own, the newest first', async () => {
  const sessions = await started();
  for (let i = 0; i < 2; i++) await sessions.begin('ann');
  expect(sessions.of('ann').map(({ id }) => id)).toEqual(['session 2', 'session 1']);
});

test('a session ends after 30 days, however much it is used', async () => {
  const sessions = await started();
  const { cookie } = await sessions.begin('ann');
  now += 30 * DAY - 1;
  expect([sessions.find(cookie)?.account.id, sessions.of('ann').length]).toEqual(['ann', 1]);
  now += 1;
  expect([sessions.find(cookie), sessions.of('ann')]).toEqual([undefined, []]);
});

test('of more than fifty sessions the oldest end', async () => {
  const sessions = await started();
  const cookies: string[] = [];
  for (let n = 0; n < 52; n++) cookies.push((await sessions.begin('ann')).cookie);
  const known = cookies.map((cookie) => sessions.find(cookie) !== undefined);
  expect(known).toEqual([false, false, ...Array(50).fill(true)]);
});

test('the day of the last use is written once a day', async () => {
  let writes = 0;
  const counting: Store['command'] = (...args) => {
    writes += 1;
    return engine.store.command(...args);
  };
  const sessions = await started({ ...engine.store, command: counting });
  const { cookie } = await sessions.begin('ann');
  writes = 0;
  now += DAY;
  const today = new Date(now).toISOString().slice(0, 10);
  for (let n = 0; n < 50; n++) sessions.find(cookie);
  await vi.waitFor(() => expect(sessions.of('ann')[0]?.used).toBe(today), { timeout: 20_000 });
  for (let n = 0; n < 50; n++) sessions.find(cookie);
  expect(writes).toBe(1);
});

test('nobody is signed out because the store is away', async () => {
  let store = engine.store;
  const command: Store['command'] = (...args) => store.command(...args);
  const sessions = await started({ ...engine.store, command });
  const { cookie } = await sessions.begin('ann');
  store = { ...engine.store, command: () => Promise.reject(new StoreError('away', 'unknown', null, '')) };
  now += DAY;
  expect(sessions.find(cookie)?.account.id).toBe('ann');
  await expect(sessions.begin('ann')).rejects.toBeInstanceOf(StoreError);
  expect(sessions.find(cookie)?.account.id).toBe('ann');
});

test('an account that is gone begins none', async () => {
  await expect((await started()).begin('bob')).rejects.toMatchObject({ status: 401 });
});
