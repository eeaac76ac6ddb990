import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SILENT, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { UnreadError } from '../store/collection.ts';
import { Documents } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { Accounts } from './account-store.ts';
import type { PasswordCost } from './password.ts';
import { sha256 } from './secret.ts';
import { CHEAP } from './testing.ts';
import { totpCode } from './totp.ts';

const EMAIL = 'owner@site.example';
const PASSWORD = 'a long enough password';
const OWNER_TOKEN = 'token-of-the-environment';
/** Passwords are hashed in less than a millisecond. */
const AUTOMATION = { name: 'automation', scope: 'read', sites: null, account: null } as const;

const NOW = Date.UTC(2026, 5, 1);

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

const unread = (store: Store = engine.store, passwordCost = CHEAP): Collector => {
  const documents = new Documents(store, SILENT);
  return { documents, accounts: new Accounts({ documents, ownerToken: OWNER_TOKEN, passwordCost, now: () => NOW }) };
};
const started = async (store?: Store, passwordCost?: PasswordCost): Promise<Collector> => {
  const collector = unread(store, passwordCost);
  await collector.documents.refresh();
  return collector;
};
const refreshed = (...all: readonly Collector[]) => Promise.all(all.map(({ documents }) => documents.refresh()));
const codeOf = (secret: string, ahead = 0): string => totpCode(secret, Math.floor(NOW / 30_000) + ahead);
const outcomes = async (jobs: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(jobs)).map((job) => (job.status === 'fulfilled' ? 'made' : job.reason.name)).sort();
const stored = (kind: string): Promise<{ id: string; body: string }[]> =>
  engine.store.query('SELECT id, body FROM config FINAL WHERE kind = {kind:String} AND deleted = 0', { kind });

describe('before the store was read', () => {
  test.each<[string, (accounts: Accounts) => unknown]>([
    ['hasOwner', (accounts) => accounts.hasOwner],
    ['setupToken', (accounts) => accounts.setupToken],
    ['isSetupToken', (accounts) => accounts.isSetupToken('x')],
    ['check', (accounts) => accounts.check(EMAIL, PASSWORD)],
    ['ensureOwner', (accounts) => accounts.ensureOwner(EMAIL, PASSWORD)],
    ['byId', (accounts) => accounts.byId('owner')],
    ['byEmail', (accounts) => accounts.byEmail(EMAIL)],
    ['all', (accounts) => accounts.all()],
    ['change', (accounts) => accounts.change('owner', (body) => body)],
    ['sessions.find', (accounts) => accounts.sessions.find(undefined)],
    ['sessions.begin', (accounts) => accounts.sessions.begin('owner')],
    ['sessions.of', (accounts) => accounts.sessions.of('owner')],
    ['tokens.find', (accounts) => accounts.tokens.find('x')],
    ['tokens.all', (accounts) => accounts.tokens.all()],
    ['tokens.create', (accounts) => accounts.tokens.create(AUTOMATION)],
    ['tokens.remove', (accounts) => accounts.tokens.remove('x')],
    ['invites.find', (accounts) => accounts.invites.find('x')],
    ['invites.use', (accounts) => accounts.invites.use('x', async () => 1)],
    ['resets.create', (accounts) => accounts.resets.create({ account: 'owner', keepsTotp: true })],
  ])('%s does not guess', async (_name, use) => {
    await expect((async () => use(unread().accounts))()).rejects.toBeInstanceOf(UnreadError);
  });

  test('the tokens of who runs the collector are good', () => {
    const { accounts } = unread();
    const given = [OWNER_TOKEN, accounts.operatorToken, unread().accounts.operatorToken, ''];
    expect(given.map((token) => accounts.isOperator(token))).toEqual([true, true, false, false]);
  });
});

describe('two collectors that start together on an empty store', () => {
  test('make one owner of the environment', async () => {
    const [a, b] = [await started(), await started()];
    await Promise.all([a.accounts.ensureOwner(EMAIL, PASSWORD), b.accounts.ensureOwner(EMAIL, PASSWORD)]);
    await refreshed(a, b);
    expect(await stored('account')).toHaveLength(1);
    for (const { accounts } of [a, b])
      expect(await accounts.check(EMAIL, PASSWORD)).toMatchObject({ account: { email: EMAIL } });
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
    const { id, token } = await a.accounts.tokens.create(AUTOMATION);
    const knows = ({ accounts }: Collector, given: string): boolean => accounts.tokens.find(given) !== undefined;
    expect([knows(a, token), knows(b, token)]).toEqual([true, false]);
    await b.documents.refresh();
    expect([knows(b, token), knows(b, `${token}x`), knows(b, '')]).toEqual([true, false, false]);
    await b.accounts.tokens.remove(id);
    await a.documents.refresh();
    expect([knows(a, token), knows(b, token), a.accounts.tokens.all()]).toEqual([false, false, []]);
  });

  test('end the sessions that were begun at the other, also when both do so at once', async () => {
    const [a, b] = [await started(), await started()];
    const { id } = await a.accounts.createOwner(EMAIL, PASSWORD);
    await b.documents.refresh();
    const begun = await Promise.all([a, b, a, b].map(({ accounts }) => accounts.sessions.begin(id)));
    await refreshed(a, b);
    const known = ({ accounts }: Collector): boolean[] =>
      begun.map(({ cookie }) => accounts.sessions.find(cookie) !== undefined);
    expect([known(a), known(b)]).toEqual([Array(4).fill(true), Array(4).fill(true)]);
    const kept = a.accounts.sessions.find(begun[1]?.cookie)?.session;
    await Promise.all([a, a, b].map(({ accounts }) => accounts.sessions.end(id, (session) => session.id !== kept)));
    await refreshed(a, b);
    expect([known(a), known(b)]).toEqual(Array(2).fill([false, true, false, false]));
  });

  test('take a code of a second factor once, wherever it is used at once', async () => {
    const [a, b] = [await started(), await started()];
    const { id } = await a.accounts.createOwner(EMAIL, PASSWORD);
    const secret = await a.accounts.totp.begin(id);
    const [recovery = ''] = await a.accounts.totp.confirm(id, codeOf(secret, -1));
    await b.documents.refresh();
    const known = await a.accounts.check(EMAIL, PASSWORD);
    if (known === undefined) throw new Error('the password is not known');
    for (const code of [codeOf(secret), recovery]) {
      const used = await outcomes([a, b, a, b].map(({ accounts }) => accounts.signIn(known, code)));
      expect(used).toEqual([...Array(3).fill('ApiError'), 'made']);
    }
    await expect(a.accounts.signIn(known)).rejects.toMatchObject({ status: 401, field: 'code' });
    await a.accounts.setPassword(id, `${PASSWORD}!`);
    await expect(b.accounts.signIn(known, codeOf(secret, 1))).rejects.toMatchObject({ status: 401, field: 'request' });
  });

  test('let nobody who knew a password undo its reset', async () => {
    const [a, b] = [await started(), await started()];
    const { id } = await a.accounts.createOwner(EMAIL, PASSWORD);
    await b.documents.refresh();
    const known = await b.accounts.check(EMAIL, PASSWORD);
    if (known === undefined) throw new Error('the password is not known');
    await a.accounts.setPassword(id, `${PASSWORD}!`);
    await expect(b.accounts.changePassword(known, PASSWORD)).rejects.toMatchObject({ status: 403, field: 'current' });
    expect(await b.accounts.check(EMAIL, PASSWORD)).toBeUndefined();
    expect(await b.accounts.check(EMAIL, `${PASSWORD}!`)).toBeDefined();
    expect(a.accounts.sessions.of(id)).toEqual([]);
  });

  test('make one account of an e-mail, however it is spelled and whoever makes it', async () => {
    const [a, b] = [await started(), await started()];
    const made = await outcomes(
      Array.from({ length: 6 }, (_, n) =>
        a.accounts.create(n % 2 === 0 ? EMAIL : EMAIL.toUpperCase(), PASSWORD, 's1', 'viewer'),
      ),
    );
    expect(made).toEqual([...Array(5).fill('EmailTakenError'), 'made']);
    await expect(b.accounts.create(EMAIL, PASSWORD, 's1', 'viewer')).rejects.toMatchObject({
      status: 409,
      field: 'email',
    });
    const { id } = await b.accounts.create('another@site.example', PASSWORD, 's1', 'viewer');
    await expect(a.accounts.changeEmail(id, EMAIL)).rejects.toMatchObject({ status: 409, field: 'email' });
    await a.accounts.changeEmail(id, 'ANOTHER@site.example');
    expect(
      a.accounts
        .all()
        .map(({ email }) => email)
        .sort(),
    ).toEqual(['another@site.example', EMAIL]);
  });

  test('leave no two accounts of one e-mail, if they make them at the same moment', async () => {
    const [a, b] = [await started(), await started()];
    const jobs = [a, b].map(({ accounts }) => accounts.create(EMAIL, PASSWORD, 's1', 'viewer'));
    const made = (await outcomes(jobs)).filter((outcome) => outcome === 'made');
    await refreshed(a, b);
    expect(a.accounts.all()).toHaveLength(made.length);
    expect(made.length).toBeLessThanOrEqual(1);
  });

  test.each(['taken away from', 'deleted by'])('keep somebody who owns everything: it is not %s both', async (how) => {
    const [a, b] = [await started(), await started()];
    const first = await a.accounts.createOwner(EMAIL, PASSWORD);
    const second = await a.accounts.create('second@site.example', PASSWORD, '*', 'owner');
    await b.documents.refresh();
    const lose = ({ accounts }: Collector, id: string): Promise<unknown> =>
      how === 'deleted by' ? accounts.remove(id) : accounts.setRole(id, '*', 'viewer');
    await Promise.allSettled([lose(a, first.id), lose(b, second.id)]);
    await refreshed(a, b);
    expect(a.accounts.hasOwner).toBe(true);
    for (const { id } of a.accounts.all()) await lose(a, id).catch(() => undefined);
    expect(a.accounts.all().filter(({ roles }) => roles['*'] === 'owner')).toHaveLength(1);
  });
});

test('an account has the key that is passed in, and the owner the one that all collectors know', async () => {
  const documents = new Documents(engine.store, SILENT);
  await documents.refresh();
  const newId = () => 'a1';
  const accounts = new Accounts({ documents, ownerToken: undefined, passwordCost: CHEAP, now: () => NOW, newId });
  await accounts.createOwner(EMAIL, PASSWORD);
  await accounts.create('second@site.example', PASSWORD, '*', 'viewer');
  expect((await stored('account')).map(({ id }) => id).sort()).toEqual(['a1', 'owner']);
});

describe('a password that was hashed at another cost', () => {
  const storedPassword = async (): Promise<string> => JSON.parse((await stored('account'))[0]?.body ?? '').password;
  /** As if it had been stored before costs were; made by scrypt with N = 2^15, r = 8, p = 3. */
  const UNWRITTEN = {
    password: 'correct horse battery',
    stored: 'ABEiM0RVZneImaq7zN3u/w==:8NyWN9kGw00CYFuH+cfLK4uucRsEafzZ3qzXxI6Z/YY=',
  };

  test('is hashed anew by who signs in, and by nobody else', async () => {
    const { id } = await (await started()).accounts.createOwner(EMAIL, PASSWORD);
    const before = await storedPassword();
    const { accounts } = await started(engine.store, { ...CHEAP, p: 2 });
    expect(await accounts.check(EMAIL, `${PASSWORD}!`)).toBeUndefined();
    expect(await storedPassword()).toBe(before);
    const known = await accounts.check(EMAIL, PASSWORD);
    expect(await storedPassword()).toMatch(/^\$scrypt\$ln=1,r=8,p=2\$/);
    expect(known).toEqual({ account: accounts.byId(id), password: await storedPassword() });
    const after = await storedPassword();
    await accounts.check(EMAIL, PASSWORD);
    expect(await storedPassword()).toBe(after);
  });

  test('is known though its cost was not stored, also to who signs in twice at once', async () => {
    const { id } = await (await started()).accounts.createOwner(EMAIL, PASSWORD);
    const { accounts } = await started();
    await accounts.change(id, (body) => ({ ...body, password: UNWRITTEN.stored }));
    const begun = await Promise.all(
      [1, 2, 3].map(async () => {
        const known = await accounts.check(EMAIL, UNWRITTEN.password);
        return known && accounts.signIn(known);
      }),
    );
    expect(begun.map((one) => one?.account.id)).toEqual([id, id, id]);
    expect(await storedPassword()).toMatch(/^\$scrypt\$ln=1,r=8,p=1\$/);
    expect(accounts.sessions.of(id)).toHaveLength(3);
  });

  test('is known while the store is away', async () => {
    await (await started()).accounts.createOwner(EMAIL, PASSWORD);
    const command = () => Promise.reject(new StoreError('away', 'unknown', null, ''));
    const { accounts } = await started({ ...engine.store, command }, { ...CHEAP, p: 2 });
    expect(await accounts.check(EMAIL, PASSWORD)).toMatchObject({ account: { email: EMAIL } });
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

test('neither passwords nor tokens, cookies, links or recovery codes are stored as they are', async () => {
  const { accounts } = await started();
  const { id } = await accounts.createOwner(EMAIL, PASSWORD);
  const { token } = await accounts.tokens.create(AUTOMATION);
  const { cookie } = await accounts.sessions.begin(id);
  const invite = await accounts.invites.create({ site: '*', role: 'viewer', by: id, email: null });
  const reset = await accounts.newReset({ account: id, keepsTotp: true });
  const codes = await accounts.totp.confirm(id, codeOf(await accounts.totp.begin(id)));
  const kinds = await Promise.all(['account', 'token', 'invite', 'reset'].map(stored));
  expect(kinds.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  const all = JSON.stringify(kinds);
  const secrets = [PASSWORD, token, token.slice(4), cookie.split('.')[1] ?? '', invite.token, reset.token, ...codes];
  expect(secrets.filter((secret) => all.includes(secret) || secret === '')).toEqual([]);
});

test('the account of earlier days owns everything, and its tokens go on', async () => {
  const put = (kind: string, id: string, body: object): Promise<void> =>
    engine.store.command(
      'INSERT INTO config (kind, id, version, body, deleted) SELECT {kind:String}, {id:String}, 1, {body:String}, 0',
      {
        kind,
        id,
        body: JSON.stringify(body),
      },
    );
  await put('account', 'owner', { email: EMAIL, password: 'x:y', epoch: 7 });
  await put('token', 't', { name: 'old', sha256: sha256('psb_old'), created: '2026-01-01T00:00:00.000Z' });
  const { accounts } = await started();
  expect([accounts.byId('owner'), accounts.hasOwner]).toEqual([
    { id: 'owner', email: EMAIL, roles: { '*': 'owner' }, totp: false },
    true,
  ]);
  expect(accounts.tokens.find('psb_old')).toEqual({ id: 't', roles: { '*': 'editor' } });
});
