import { createHash, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { createInTurn } from '../in-turn.ts';
import { type Collection, StaleError, type Stored } from '../store/collection.ts';
import type { Documents } from '../store/documents.ts';
import { hashPassword, isPassword } from './password.ts';

const account = z.object({
  email: z.string(),
  password: z.string(),
  /** Sessions begun under another number are over. */
  epoch: z.int(),
});
const token = z.object({ name: z.string(), sha256: z.string(), created: z.iso.datetime() });
const secret = z.object({ value: z.string() });

type StoredAccount = Stored<z.infer<typeof account>>;

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

  constructor() {
    super('there is an owner already');
  }
}

/** What the accounts are made of. */
export interface AccountsDeps {
  readonly documents: Documents;
  /** A token given by the environment, for automation: good also before the store was read. */
  readonly ownerToken: string | undefined;
  readonly now: () => number;
}

/** The same at every collector, so that there is one owner. */
const OWNER = 'owner';
const SESSION = 'session';
/** Epochs begin anywhere: a session of an account that lost a race is none of the one that won. */
const FIRST_EPOCHS = 2 ** 31;

/**
 * Who may read: the owner's account, API tokens, and the secret that signs sessions. What another collector changed is
 * known within seconds, a sign-out too. Before the store was read everything that needs it throws an UnreadError.
 */
export class Accounts {
  readonly #documents: Documents;
  readonly #accounts: Collection<z.infer<typeof account>>;
  readonly #tokens: Collection<z.infer<typeof token>>;
  readonly #secrets: Collection<z.infer<typeof secret>>;
  readonly #ownerToken: string | undefined;
  readonly #now: () => number;
  readonly #setupToken = randomBytes(24).toString('base64url');
  readonly #inTurn = createInTurn();

  constructor({ documents, ownerToken, now }: AccountsDeps) {
    this.#documents = documents;
    this.#accounts = documents.collection('account', account);
    this.#tokens = documents.collection('token', token);
    this.#secrets = documents.collection('secret', secret);
    this.#ownerToken = ownerToken;
    this.#now = now;
  }

  get hasOwner(): boolean {
    return this.#accounts.all().length > 0;
  }

  /** What the one-time link of this collector carries; null once there is an owner. */
  get setupToken(): string | null {
    return this.hasOwner ? null : this.#setupToken;
  }

  /** True for the token of the one-time link, as long as it is good. */
  isSetupToken(given: string): boolean {
    return this.setupToken !== null && isEqual(given, this.#setupToken);
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
      const owner = {
        email: email.toLowerCase(),
        password: await hashPassword(password),
        epoch: randomInt(1, FIRST_EPOCHS),
      };
      return shown(await this.#accounts.put(OWNER, owner, 0).catch(anotherOwner));
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

  /** The account with this e-mail and password; takes as long for an unknown e-mail as for a wrong password. */
  async signIn(email: string, password: string): Promise<Account | undefined> {
    const found = this.#accounts.all().find(({ body }) => body.email === email.toLowerCase());
    const isRight = await isPassword(password, found?.body.password ?? NOBODYS);
    return isRight && found !== undefined ? shown(found) : undefined;
  }

  byId(id: string): Account | undefined {
    const found = this.#accounts.get(id);
    return found && shown(found);
  }

  /** Ends all the sessions of an account: whoever copied the cookie is out as well. */
  async endSessions({ id, epoch }: Account): Promise<void> {
    const found = this.#accounts.get(id);
    if (found === undefined || found.body.epoch !== epoch) return;
    await this.#accounts.put(id, { ...found.body, epoch: epoch + 1 }, found.version);
  }

  /** Signs session cookies; undefined: nobody has signed in yet. */
  get sessionSecret(): string | undefined {
    return this.#secrets.get(SESSION)?.body.value;
  }

  /** The secret that signs session cookies, which is made when somebody signs in for the first time. */
  async ensureSessionSecret(): Promise<string> {
    return (await this.#secrets.ensure(SESSION, { value: randomBytes(32).toString('base64url') })).body.value;
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

const shown = ({ id, body: { email, epoch } }: StoredAccount): Account => ({ id, email, epoch });

const anotherOwner = (error: unknown): never => {
  throw error instanceof StaleError ? new OwnerExistsError() : error;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const isEqual = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));

/** Compared with when there is no such account: nobody's hash. */
const NOBODYS = `${Buffer.alloc(16).toString('base64')}:${Buffer.alloc(32).toString('base64')}`;
