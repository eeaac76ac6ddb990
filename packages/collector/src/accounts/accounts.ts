import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Documents } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import { hashPassword, isPassword } from './password.ts';

const account = z.object({
  email: z.string(),
  password: z.string(),
  /** Sessions begun under another number are over. */
  epoch: z.int(),
});
const token = z.object({ name: z.string(), sha256: z.string(), created: z.iso.datetime() });
const secret = z.object({ value: z.string() });

/** An account, as its owner sees it. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly epoch: number;
}

/** An API token, as listed; the token itself is shown once, when it is made. */
export interface TokenInfo {
  readonly id: string;
  readonly name: string;
  readonly created: string;
}

/** There is an owner already. */
export class OwnerExistsError extends Error {
  override readonly name = 'OwnerExistsError';
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const isEqual = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));

/** Who may read: the owner's account, API tokens, and the secret that signs sessions. */
export class Accounts {
  readonly #accounts: Documents<z.infer<typeof account>>;
  readonly #tokens: Documents<z.infer<typeof token>>;
  readonly #now: () => number;
  readonly #ownerToken: string | undefined;
  #setupToken: string | null;
  /** Signs session cookies. */
  readonly sessionSecret: string;

  private constructor(
    accounts: Documents<z.infer<typeof account>>,
    tokens: Documents<z.infer<typeof token>>,
    sessionSecret: string,
    ownerToken: string | undefined,
    now: () => number,
  ) {
    this.#accounts = accounts;
    this.#tokens = tokens;
    this.sessionSecret = sessionSecret;
    this.#ownerToken = ownerToken;
    this.#now = now;
    this.#setupToken = this.hasOwner ? null : randomBytes(24).toString('base64url');
  }

  /** @param ownerToken a token given by the environment, for automation */
  static async load(store: Store, ownerToken: string | undefined, now: () => number): Promise<Accounts> {
    const secrets = await Documents.load(store, 'secret', secret);
    const session =
      secrets.get('session') ?? (await secrets.put('session', { value: randomBytes(32).toString('base64url') }, 0));
    return new Accounts(
      await Documents.load(store, 'account', account),
      await Documents.load(store, 'token', token),
      session.body.value,
      ownerToken,
      now,
    );
  }

  get hasOwner(): boolean {
    return this.#accounts.all().length > 0;
  }

  /** What the one-time link carries; null once there is an owner. */
  get setupToken(): string | null {
    return this.#setupToken;
  }

  /** True for the token of the one-time link, as long as it is good. */
  isSetupToken(given: string): boolean {
    return this.#setupToken !== null && isEqual(given, this.#setupToken);
  }

  /**
   * Makes the owner's account; the one-time link is used up.
   * @throws OwnerExistsError
   */
  async createOwner(email: string, password: string): Promise<Account> {
    if (this.hasOwner) throw new OwnerExistsError('there is an owner already');
    const hash = await hashPassword(password);
    // Hashing took a while: another request may have been faster. The write itself is seen at once.
    if (this.hasOwner) throw new OwnerExistsError('there is an owner already');
    const { id, body } = await this.#accounts.put(
      randomUUID(),
      { email: email.toLowerCase(), password: hash, epoch: 1 },
      0,
    );
    this.#setupToken = null;
    return { id, email: body.email, epoch: body.epoch };
  }

  /** The account with this e-mail and password; takes as long for an unknown e-mail as for a wrong password. */
  async signIn(email: string, password: string): Promise<Account | undefined> {
    const found = this.#accounts.all().find(({ body }) => body.email === email.toLowerCase());
    const right = await isPassword(password, found?.body.password ?? NOBODYS);
    return right && found !== undefined
      ? { id: found.id, email: found.body.email, epoch: found.body.epoch }
      : undefined;
  }

  byId(id: string): Account | undefined {
    const found = this.#accounts.get(id);
    return found && { id, email: found.body.email, epoch: found.body.epoch };
  }

  /** Ends all the sessions of an account: whoever copied the cookie is out as well. */
  async endSessions(id: string): Promise<void> {
    const found = this.#accounts.get(id);
    if (found !== undefined)
      await this.#accounts.put(id, { ...found.body, epoch: found.body.epoch + 1 }, found.version);
  }

  /** True for a token that may read and write everything. */
  isToken(given: string): boolean {
    if (this.#ownerToken !== undefined && isEqual(given, this.#ownerToken)) return true;
    const hash = sha256(given);
    return this.#tokens.all().some(({ body }) => timingSafeEqual(Buffer.from(body.sha256), Buffer.from(hash)));
  }

  tokens(): TokenInfo[] {
    return this.#tokens.all().map(({ id, body }) => ({ id, name: body.name, created: body.created }));
  }

  /** A new token. It is kept as a hash: this is the only time it can be shown. */
  async createToken(name: string): Promise<TokenInfo & { token: string }> {
    const given = `psb_${randomBytes(24).toString('base64url')}`;
    const created = new Date(this.#now()).toISOString();
    const { id } = await this.#tokens.put(randomUUID(), { name, sha256: sha256(given), created }, 0);
    return { id, name, created, token: given };
  }

  removeToken(id: string): Promise<void> {
    return this.#tokens.remove(id);
  }
}

/** Compared with when there is no such account: nobody's hash. */
const NOBODYS = `${Buffer.alloc(16).toString('base64')}:${Buffer.alloc(32).toString('base64')}`;
