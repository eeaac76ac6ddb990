import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { SILENT, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { Documents } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import type { Roles } from './role.ts';
import { type Scope, Tokens } from './token-store.ts';

let now = Date.UTC(2026, 5, 1, 23);
let ids = 0;

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());
afterEach(() => engine.store.command('TRUNCATE TABLE config'));

const started = async (
  rolesOf: (account: string) => Roles = () => ({}),
  store: Store = engine.store,
): Promise<Tokens> => {
  const documents = new Documents(store, SILENT);
  const tokens = new Tokens(
    documents,
    rolesOf,
    () => now,
    () => `token ${++ids}`,
  );
  await documents.refresh();
  return tokens;
};

/** A token may do what its account may, and no more than it says itself. */
const CAPS: readonly [account: Roles | null, scope: Scope, sites: string[] | null, may: Roles][] = [
  [null, 'read', null, { '*': 'viewer' }],
  [null, 'write', null, { '*': 'editor' }],
  [null, 'write', ['a'], { a: 'editor' }],
  [{ '*': 'owner' }, 'read', null, { '*': 'viewer' }],
  [{ '*': 'owner' }, 'write', ['a'], { a: 'editor' }],
  [{ '*': 'viewer' }, 'write', ['a'], { a: 'viewer' }],
  [{ a: 'owner', b: 'viewer' }, 'write', null, { a: 'editor', b: 'viewer' }],
  [{ a: 'owner', b: 'viewer' }, 'read', ['b', 'c'], { b: 'viewer' }],
  [{ '*': 'viewer', a: 'editor' }, 'write', ['a', 'b'], { a: 'editor', b: 'viewer' }],
  [{ b: 'owner' }, 'write', ['a'], {}],
  [{}, 'write', null, {}],
];

test.each(CAPS)('of %j a %s token of %j may do %j', async (roles, scope, sites, may) => {
  const tokens = await started(() => roles ?? {});
  const { id, token } = await tokens.create({ name: 'x', scope, sites, account: roles === null ? null : 'ann' });
  expect(tokens.find(token)).toEqual({ id, roles: may });
});

test('a token is known by an id that tells nothing of it', async () => {
  ids = 0;
  const { id, token } = await (await started()).create({ name: 'x', scope: 'read', sites: null, account: null });
  expect([id, token.includes(id)]).toEqual(['token 1', false]);
});

test('what an account loses its tokens lose at once', async () => {
  let roles: Roles = { a: 'owner' };
  const tokens = await started(() => roles);
  const { token } = await tokens.create({ name: 'x', scope: 'write', sites: ['a'], account: 'ann' });
  roles = { a: 'viewer' };
  expect(tokens.find(token)?.roles).toEqual({ a: 'viewer' });
  roles = {};
  expect(tokens.find(token)?.roles).toEqual({});
});

test('the day of the last use is written once a day', async () => {
  let writes = 0;
  const counting: Store['command'] = (...args) => {
    writes += 1;
    return engine.store.command(...args);
  };
  const tokens = await started(undefined, { ...engine.store, command: counting });
  const { id } = await tokens.create({ name: 'x', scope: 'read', sites: null, account: null });
  writes = 0;
  for (const day of ['2026-06-01', '2026-06-02']) {
    for (let n = 0; n < 50; n++) tokens.used(id);
    await vi.waitFor(() => expect(tokens.all()[0]?.lastUsed).toBe(day), { timeout: 20_000 });
    now += 3_600_000;
  }
  expect(writes).toBe(2);
});

test('a token is good while its day cannot be written, and after', async () => {
  let store = engine.store;
  const command: Store['command'] = (...args) => store.command(...args);
  const tokens = await started(undefined, { ...engine.store, command });
  const { id, token } = await tokens.create({ name: 'x', scope: 'read', sites: null, account: null });
  store = { ...engine.store, command: () => Promise.reject(new StoreError('away', 'unknown', null, '')) };
  tokens.used(id);
  expect(tokens.find(token)?.id).toBe(id);
  store = engine.store;
  await tokens.remove(id);
  expect(tokens.find(token)).toBeUndefined();
});

test('are deleted with their account, and no others', async () => {
  const tokens = await started();
  for (const account of ['ann', 'bob', null, 'ann'])
    await tokens.create({ name: 'x', scope: 'read', sites: null, account });
  await tokens.removeOf('ann');
  expect(
    tokens
      .all()
      .map(({ account }) => account)
      .sort(),
  ).toEqual(['bob', null]);
});
