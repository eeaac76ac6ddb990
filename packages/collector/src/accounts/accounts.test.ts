import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SILENT, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { UnreadError } from '../store/collection.ts';
import { Documents } from '../store/documents.ts';
import { StoreError } from '../store/error.ts';
import type { Store } from '../store/store.ts';
import { Accounts } from './accounts.ts';

const EMAIL = 'owner@site.example';
const PASSWORD = 'a long enough password';
const OWNER_TOKEN = 'token-of-the-environment';

/** A collector, as far as it knows accounts. */
interface Collector {
  readonly accounts: Accounts;
  readonly documents: Documents;
}

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());
afterEach(() => engine.store.command('TRUNCATE TABLE config'));

const unread = (store: Store = engine.store): Collector => {
  const documents = new Documents(store, SILENT);
  return { documents, accounts: new Accounts({ documents, ownerToken: OWNER_TOKEN, now: Date.now }) };
};
const started = async (store?: Store): Promise<Collector> => {
  const collector = unread(store);
  await collector.documents.refresh();
  return collector;
};
const refreshed = (...all: readonly Collector[]) => Promise.all(all.map(({ documents }) => documents.refresh()));
const outcomes = async (jobs: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(jobs)).map((job) => (job.status === 'fulfilled' ? 'made' : job.reason.name)).sort();
const stored = (kind: string): Promise<{ id: string; body: string }[]> =>
  engine.store.query('SELECT id, body FROM config FINAL WHERE kind = {kind:String} AND deleted = 0', { kind });

describe('before the store was read', () => {
  test.each<[string, (accounts: Accounts) => unknown]>([
    ['hasOwner', (accounts) => accounts.hasOwner],
    ['setupToken', (accounts) => accounts.setupToken],
    ['isSetupToken', (accounts) => accounts.isSetupToken('x')],
    ['signIn', (accounts) => accounts.signIn(EMAIL, PASSWORD)],
    ['ensureOwner', (accounts) => accounts.ensureOwner(EMAIL, PASSWORD)],
    ['byId', (accounts) => accounts.byId('owner')],
    ['sessionSecret', (accounts) => accounts.sessionSecret],
    ['ensureSessionSecret', (accounts) => accounts.ensureSessionSecret()],
    ['isToken', (accounts) => accounts.isToken('x')],
    ['tokens', (accounts) => accounts.tokens()],
    ['createToken', (accounts) => accounts.createToken('x')],
    ['removeToken', (accounts) => accounts.removeToken('x')],
  ])('%s does not guess', async (_name, use) => {
    await expect((async () => use(unread().accounts))()).rejects.toBeInstanceOf(UnreadError);
  });

  test('the token of the environment is good', () => {
    expect(unread().accounts.isToken(OWNER_TOKEN)).toBe(true);
  });
});

describe('two collectors that start together on an empty store', () => {
  test('sign sessions with the same secret', async () => {
    const [a, b] = [await started(), await started()];
    const secrets = await Promise.all([a.accounts.ensureSessionSecret(), b.accounts.ensureSessionSecret()]);
    await refreshed(a, b);
    expect(new Set([...secrets, a.accounts.sessionSecret, b.accounts.sessionSecret]).size).toBe(1);
    expect(secrets[0]).toMatch(/^[\w-]{43}$/);
  });

  test('make one owner of the environment', async () => {
    const [a, b] = [await started(), await started()];
    await Promise.all([a.accounts.ensureOwner(EMAIL, PASSWORD), b.accounts.ensureOwner(EMAIL, PASSWORD)]);
    await refreshed(a, b);
    expect(await stored('account')).toHaveLength(1);
    for (const { accounts } of [a, b]) expect(await accounts.signIn(EMAIL, PASSWORD)).toMatchObject({ email: EMAIL });
  });

  test('make one owner by their links, each used ten times at once, and both links are dead', async () => {
    const [a, b] = [await started(), await started()];
    const links = [a.accounts.setupToken ?? '', b.accounts.setupToken ?? ''];
    expect([a.accounts.isSetupToken(links[0] ?? ''), a.accounts.isSetupToken(links[1] ?? '')]).toEqual([true, false]);
    const made = Array.from({ length: 20 }, (_, n) =>
      (n % 2 === 0 ? a : b).accounts.createOwner(`owner${n}@site.example`, PASSWORD),
    );
    expect(await outcomes(made)).toEqual([...Array(19).fill('OwnerExistsError'), 'made']);
    const owner = (await Promise.allSettled(made)).find(({ status }) => status === 'fulfilled');
    await refreshed(a, b);
    expect((await stored('account')).map(({ id }) => id)).toEqual(['owner']);
    for (const { accounts } of [a, b]) {
      expect(accounts.byId('owner')).toEqual(owner?.status === 'fulfilled' ? owner.value : undefined);
      expect([accounts.setupToken, ...links.map((link) => accounts.isSetupToken(link))]).toEqual([null, false, false]);
    }
  });
});

describe('two collectors', () => {
  test('know that there is an owner before they make another, however old what they have read is', async () => {
    const [a, b] = [await started(), await started()];
    await a.accounts.createOwner(EMAIL, PASSWORD);
    expect(b.accounts.hasOwner).toBe(false);
    expect(await outcomes([b.accounts.createOwner('thief@site.example', PASSWORD)])).toEqual(['OwnerExistsError']);
    expect(b.accounts.setupToken).toBeNull();
  });

  test('know an owner of earlier days, whose account has another key', async () => {
    const early = await started();
    await engine.store.command(
      "INSERT INTO config (kind, id, version, body, deleted) SELECT 'account', 'f5a4', 1, {body:String}, 0",
      { body: JSON.stringify({ email: EMAIL, password: 'x:y', epoch: 1 }) },
    );
    const { accounts } = await started();
    expect([accounts.setupToken, accounts.byId('f5a4')?.email]).toEqual([null, EMAIL]);
    for (const collector of [{ accounts }, early])
      expect(await outcomes([collector.accounts.createOwner('thief@site.example', PASSWORD)])).toEqual([
        'OwnerExistsError',
      ]);
  });

  test('know the tokens that the other made and removed', async () => {
    const [a, b] = [await started(), await started()];
    const { id, token } = await a.accounts.createToken('automation');
    expect([a.accounts.isToken(token), b.accounts.isToken(token)]).toEqual([true, false]);
    await b.documents.refresh();
    expect([b.accounts.isToken(token), b.accounts.isToken(`${token}x`), b.accounts.isToken('')]).toEqual([
      true,
      false,
      false,
    ]);
    await b.accounts.removeToken(id);
    await a.documents.refresh();
    expect([a.accounts.isToken(token), b.accounts.isToken(token), a.accounts.tokens()]).toEqual([false, false, []]);
  });

  test('end the sessions that were begun at the other, also when both do so at once', async () => {
    const [a, b] = [await started(), await started()];
    const owner = await a.accounts.createOwner(EMAIL, PASSWORD);
    await b.documents.refresh();
    await Promise.all([a, a, b].map(({ accounts }) => accounts.endSessions(owner)));
    await refreshed(a, b);
    const after = b.accounts.byId(owner.id);
    expect([after?.epoch === owner.epoch, a.accounts.byId(owner.id)]).toEqual([false, after]);
    if (after !== undefined) await b.accounts.endSessions(after);
    const last = b.accounts.byId(owner.id);
    await b.accounts.endSessions(owner);
    expect([last?.epoch === after?.epoch, b.accounts.byId(owner.id)]).toEqual([false, last]);
  });
});

test('a link whose account could not be stored is good again', async () => {
  let store = engine.store;
  const command: Store['command'] = (...args) => store.command(...args);
  const { accounts } = await started({ ...engine.store, command });
  const link = accounts.setupToken ?? '';
  store = { ...engine.store, command: () => Promise.reject(new StoreError('away', 'unknown', null, '')) };
  await expect(accounts.createOwner(EMAIL, PASSWORD)).rejects.toBeInstanceOf(StoreError);
  expect(accounts.isSetupToken(link)).toBe(true);
  store = engine.store;
  await expect(accounts.createOwner(EMAIL, PASSWORD)).resolves.toMatchObject({ email: EMAIL });
  expect(accounts.isSetupToken(link)).toBe(false);
});

test('neither passwords nor tokens are stored as they are', async () => {
  const { accounts } = await started();
  await accounts.createOwner(EMAIL, PASSWORD);
  const { token } = await accounts.createToken('automation');
  const all = JSON.stringify([...(await stored('account')), ...(await stored('token'))]);
  expect([all.includes(PASSWORD), all.includes(token), all.includes(token.slice(4))]).toEqual([false, false, false]);
});
