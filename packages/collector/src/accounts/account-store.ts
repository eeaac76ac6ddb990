import { ApiError } from '../http/api-error.ts';
import { createMutex } from '../lib/mutex.ts';
import { randomId } from '../lib/system.ts';
import type { Collection } from '../store/collection.ts';
import type { Documents } from '../store/documents.ts';
import { type Account, type AccountBody, account, type StoredAccount, toAccount } from './account.ts';
import { anotherOwner, EmailTakenError, existing, LastOwnerError, OwnerExistsError } from './errors.ts';
import { type Invite, inviteLinks, type Reset, resetLinks } from './invite-and-reset.ts';
import type { OneTimeLinks } from './one-time-links.ts';
import { createPasswords, type PasswordCost, type Passwords } from './password.ts';
import { EVERYWHERE, type Role } from './role.ts';
import { SecondFactors } from './second-factor-store.ts';
import { isEqual, newSecret } from './secret.ts';
import { Sessions, type StartedSession } from './session-store.ts';
import { Tokens } from './token-store.ts';

/** What the accounts are made of. */
export interface AccountsDeps {
  readonly documents: Documents;
  /** A token given by the environment, for automation: good also before the store was read. */
  readonly ownerToken: string | undefined;
  /** What hashing a password costs. Missing: the product's. */
  readonly passwordCost?: PasswordCost | undefined;
  readonly now: () => number;
  /** Makes the key of an account. Missing: random ones. */
  readonly newId?: () => string;
}

/** Somebody whose password was right; nobody is signed in by that yet. */
export interface Known {
  readonly account: Account;
  /** The hash that was compared: a session begins only if it is still that. */
  readonly password: string;
}

/** The same at every collector, so that there is one owner. */
const OWNER = 'owner';

/**
 * Who may do what: accounts with their sessions, API tokens, invites and resets. What another collector changed is known
 * within seconds, a sign-out too. Before the store was read everything that needs it throws an UnreadError.
 */
export class Accounts {
  /** For commands on this machine: random, in memory, and new with every start. */
  readonly operatorToken = newSecret();
  readonly sessions: Sessions;
  readonly totp: SecondFactors;
  readonly tokens: Tokens;
  readonly invites: OneTimeLinks<Invite>;
  readonly resets: OneTimeLinks<Reset>;
  readonly #documents: Documents;
  readonly #accounts: Collection<AccountBody>;
  readonly #ownerToken: string | undefined;
  readonly #passwords: Passwords;
  readonly #newId: () => string;
  readonly #setupToken = newSecret();
  readonly #inTurn = createMutex();

  constructor({ documents, ownerToken, passwordCost, now, newId = randomId }: AccountsDeps) {
    this.#documents = documents;
    this.#accounts = documents.collection('account', account);
    this.#ownerToken = ownerToken;
    this.#passwords = createPasswords(passwordCost);
    this.#newId = newId;
    this.sessions = new Sessions(this.#accounts, now);
    this.totp = new SecondFactors(this.#accounts, now);
    this.tokens = new Tokens(documents, (id) => this.byId(id)?.roles ?? {}, now);
    this.invites = inviteLinks(documents, now);
    this.resets = resetLinks(documents, now);
  }

  /** Somebody owns everything. */
  get hasOwner(): boolean {
    return this.#accounts.all().some(ownsEverything);
  }

  /** What the one-time link of this collector carries; null once there is an owner. */
  get setupToken(): string | null {
    return this.hasOwner ? null : this.#setupToken;
  }

  /** True for the token of the one-time link, as long as it is good. */
  isSetupToken(given: string): boolean {
    return this.setupToken !== null && isEqual(given, this.#setupToken);
  }

  /** True for the token of this start, and for the one of the environment: both may do everything. */
  isOperator(given: string): boolean {
    return isEqual(given, this.operatorToken) || (this.#ownerToken !== undefined && isEqual(given, this.#ownerToken));
  }

  /**
   * Makes the owner's account; all one-time links are used up. One after the other, so that a link that is used many
   * times at once hashes one password.
   * @throws OwnerExistsError
   */
  createOwner(email: string, password: string): Promise<Account> {
    return this.#inTurn(async () => {
      await this.#documents.refresh();
      if (this.hasOwner) throw new OwnerExistsError();
      this.#checkUnused(email);
      const owner = newBody(email, await this.#passwords.hash(password), { [EVERYWHERE]: 'owner' });
      return toAccount(await this.#accounts.put(OWNER, owner, 0).catch(anotherOwner));
    });
  }

  /** Makes the owner's account unless there is one, here or by another collector that starts at the same time. */
  async ensureOwner(email: string, password: string): Promise<void> {
    try {
      if (!this.hasOwner) await this.createOwner(email, password);
    } catch (error) {
      if (!(error instanceof OwnerExistsError)) throw error;
    }
  }

  /**
   * Makes an account with a role. As with domains, whoever sees another one of the same e-mail after writing withdraws.
   * @param site id of a site, or `*`
   * @throws EmailTakenError
   */
  create(email: string, password: string, site: string, role: Role): Promise<Account> {
    return this.#inTurn(async () => {
      await this.#documents.refresh();
      this.#checkUnused(email);
      const body = newBody(email, await this.#passwords.hash(password), { [site]: role });
      const made = await this.#accounts.put(this.#newId(), body, 0);
      if (this.byEmail(email, made.id) === undefined) return toAccount(made);
      await this.#accounts.remove(made.id);
      throw new EmailTakenError();
    });
  }

  /** All accounts, by id. */
  all(): Account[] {
    return this.#accounts.all().map(toAccount);
  }

  byId(id: string): Account | undefined {
    const found = this.#accounts.get(id);
    return found && toAccount(found);
  }

  /** @param but id of an account that is not meant */
  byEmail(email: string, but?: string): Account | undefined {
    const found = this.#accounts.all().find(({ id, body }) => id !== but && body.email === email.toLowerCase());
    return found && toAccount(found);
  }

  /**
   * The account with this e-mail and password; takes as long for an unknown e-mail as for a wrong password. One that was
   * hashed at another cost is hashed anew.
   */
  async check(email: string, password: string): Promise<Known | undefined> {
    const found = this.#accounts.all().find(({ body }) => body.email === email.toLowerCase());
    const isRight = await this.#passwords.isRight(password, found?.body.password);
    if (!isRight || found === undefined) return undefined;
    const stored = found.body.password;
    const current = this.#passwords.isCurrent(stored) ? stored : await this.#hashAnew(found, password);
    // It is another one by now if it was reset meanwhile, or hashed anew by another sign-in.
    return current === stored || (await this.#passwords.isRight(password, current))
      ? { account: toAccount(found), password: current }
      : undefined;
  }

  /** @returns what is stored afterwards: as before if the store is away, or too many wait */
  async #hashAnew({ id, body: { password: before } }: StoredAccount, password: string): Promise<string> {
    try {
      const hash = await this.#passwords.hash(password);
      const changed = await this.#accounts.update(id, (body) =>
        body.password === before ? { ...body, password: hash } : body,
      );
      return changed?.body.password ?? before;
    } catch {
      return before;
    }
  }

  /** Changes an account's document; its errors are thrown. */
  async change(id: string, change: (body: AccountBody) => AccountBody): Promise<Account> {
    return toAccount(existing(await this.#accounts.update(id, change)));
  }

  /** @throws EmailTakenError */
  changeEmail(id: string, email: string): Promise<Account> {
    return this.#inTurn(async () => {
      await this.#documents.refresh();
      this.#checkUnused(email, id);
      const before = this.byId(id)?.email ?? '';
      const changed = await this.change(id, (body) => ({ ...body, email: email.toLowerCase() }));
      if (this.byEmail(email, id) === undefined) return changed;
      await this.change(id, (body) => ({ ...body, email: before }));
      throw new EmailTakenError();
    });
  }

  /**
   * Begins a session of somebody whose password was right.
   * @param code six digits or a recovery code; used up
   * @throws ApiError 401, of the field `code` if a second factor is missing or wrong
   */
  signIn({ account, password }: Known, code?: string): Promise<StartedSession> {
    return this.sessions.begin(account.id, (body) => {
      if (body.password !== password)
        throw new ApiError(401, 'wrong_credentials', 'request', 'e-mail or password is wrong');
      return this.totp.checked(body, code);
    });
  }

  /**
   * Sets another password of somebody whose password was right, and begins a session; all others end. Links to reset the
   * one before are dead.
   * @throws ApiError 403 if it is another one by now: a reset is not undone by who knew the password before
   */
  async changePassword({ account: { id }, password: was }: Known, password: string): Promise<StartedSession> {
    const hash = await this.#passwords.hash(password);
    const begun = await this.sessions.begin(id, (body) => {
      if (body.password !== was) throw new ApiError(403, 'wrong_password', 'current', 'is wrong');
      return { ...body, password: hash, sessions: [] };
    });
    await this.resets.removeAbout(({ account }) => account === id);
    return begun;
  }

  /** Sets a password: all sessions end, and links to reset the one before are dead. */
  async setPassword(id: string, password: string, keepsTotp = true): Promise<Account> {
    const hash = await this.#passwords.hash(password);
    const changed = await this.change(id, ({ secondFactor, ...body }) => ({
      ...body,
      password: hash,
      sessions: [],
      secondFactor: keepsTotp ? secondFactor : null,
    }));
    await this.resets.removeAbout((about) => about.account === id);
    return changed;
  }

  /** A link to set a new password; those before it are dead. */
  async newReset(about: Reset): Promise<{ token: string; expires: string }> {
    await this.resets.removeAbout(({ account }) => account === about.account);
    return this.resets.create(about);
  }

  /**
   * Sets or (null) takes away a role.
   * @param site id of a site, or `*`
   * @throws LastOwnerError
   */
  setRole(id: string, site: string, role: Role | null): Promise<Account> {
    return this.#keepingAnOwner(id, (body) => {
      const { [site]: _, ...others } = body.roles;
      return { ...body, roles: role === null ? others : { ...others, [site]: role } };
    });
  }

  /**
   * Deletes an account, its sessions, its tokens, and the links that it gave or that are for it.
   * @throws LastOwnerError
   */
  async remove(id: string): Promise<void> {
    // Without roles first: whoever would be the last owner is found by the same check.
    await this.#keepingAnOwner(id, (body) => ({ ...body, roles: {}, sessions: [] }));
    await this.tokens.removeOf(id);
    await this.invites.removeAbout(({ by }) => by === id);
    await this.resets.removeAbout(({ account }) => account === id);
    await this.#accounts.update(id, () => null);
  }

  /** Changes an account as long as somebody owns everything afterwards, also if two collectors do so at once. */
  #keepingAnOwner(id: string, change: (body: AccountBody) => AccountBody): Promise<Account> {
    return this.#inTurn(async () => {
      await this.#documents.refresh();
      const before = existing(this.#accounts.get(id));
      const wasOwner = ownsEverything(before);
      const hasAnother = this.#accounts.all().some((other) => other.id !== id && ownsEverything(other));
      const checked = (body: AccountBody): AccountBody => {
        const after = change(body);
        if (wasOwner && !hasAnother && after.roles[EVERYWHERE] !== 'owner') throw new LastOwnerError();
        return after;
      };
      const changed = await this.change(id, checked);
      if (!wasOwner || this.hasOwner) return changed;
      await this.change(id, (body) => ({ ...body, roles: before.body.roles }));
      throw new LastOwnerError();
    });
  }

  #checkUnused(email: string, but?: string): void {
    if (this.byEmail(email, but) !== undefined) throw new EmailTakenError();
  }
}

const ownsEverything = ({ body }: StoredAccount): boolean => body.roles[EVERYWHERE] === 'owner';

const newBody = (email: string, password: string, roles: Record<string, Role>): AccountBody => ({
  email: email.toLowerCase(),
  password,
  roles,
  sessions: [],
  secondFactor: null,
});
