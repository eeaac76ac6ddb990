import { hmac } from '../lib/hmac.ts';
import { isPrivate } from '../lib/ip-address.ts';
import { customerOf } from '../lib/ip-range.ts';
import { fillRandomly } from '../lib/system.ts';

const WINDOW_MS = 10 * 60_000;
const KEY_BYTES = 32;
/** Attempts of one client. */
const MOST = 10;
/** Attempts for one account by all clients together that no owner needs: somebody guesses from many addresses. */
const MANY = 100;
/** Attempts of one client for such an account: enough for two slips of the finger. */
const MOST_OF_MANY = 3;
/** Numbers kept at once, of about 100 bytes each; then the oldest go. */
const MOST_COUNTED = 150_000;

/** Who tries to sign in. */
export interface Attempt {
  /** Address, normalised. */
  readonly client: string;
  readonly email: string;
}

/**
 * Limits sign-in attempts by client: ten in ten minutes, for whatever accounts, so that an attacker's wrong passwords
 * lock out that attacker and nobody else. Who guesses from many addresses has fewer attempts from each; the owner, from
 * an address of their own, still gets in. An attempt counts from its beginning, so that many at once are no way around.
 *
 * Addresses and e-mails are in memory as keyed hashes; every ten minutes they go, and the random key with them.
 */
export class LoginThrottle {
  readonly #key = Buffer.alloc(KEY_BYTES);
  readonly #counts = new Map<string, number>();
  #until = 0;

  /** @returns seconds to wait; 0: go on, and this attempt is counted */
  begin(attempt: Attempt, now: number): number {
    this.forget(now);
    const { client, account, both } = this.#names(attempt);
    const most = this.#count(account) < MANY ? MOST : MOST_OF_MANY;
    if (this.#count(client) >= most) return this.#wait(now);
    for (const name of new Set([client, account, both])) this.#add(name);
    return 0;
  }

  /**
   * Counts an attempt at the second factor of an account, wherever it comes from: six digits are guessed quickly, and
   * who has come as far as this knows the password.
   * @returns seconds to wait; 0: go on
   */
  beginCode(email: string, now: number): number {
    this.forget(now);
    const name = this.#codeName(email);
    if (this.#count(name) >= MOST) return this.#wait(now);
    this.#add(name);
    return 0;
  }

  /** The code was right. */
  codeSucceeded(email: string): void {
    this.#counts.delete(this.#codeName(email));
  }

  /** What was given was right: this client's attempts for this account are forgotten, and not those for others. */
  succeeded(attempt: Attempt): void {
    const { client, both } = this.#names(attempt);
    const others = this.#count(client) - this.#count(both);
    this.#counts.delete(both);
    if (others > 0) this.#counts.set(client, others);
    else this.#counts.delete(client);
  }

  /** Forgets what is over. To be called now and then: nobody may come to end it. */
  forget(now: number): void {
    if (now < this.#until && this.#until - now <= WINDOW_MS) return;
    this.#counts.clear();
    fillRandomly(this.#key);
    this.#until = now + WINDOW_MS;
  }

  /**
   * A private address may be that of a proxy that nobody has named in TRUSTED_PROXIES, and stand for the whole internet:
   * it is counted for each account apart, so that at least the e-mail must be known to lock its owner out.
   */
  #names({ client, email }: Attempt): Readonly<Record<'client' | 'account' | 'both', string>> {
    const account = `account ${email.toLowerCase()}`;
    const from = `client ${customerOf(client)}`;
    const both = hmac(this.#key, `${from} ${account}`);
    return { client: isPrivate(client) ? both : hmac(this.#key, from), account: hmac(this.#key, account), both };
  }

  #codeName(email: string): string {
    return hmac(this.#key, `code ${email.toLowerCase()}`);
  }

  #wait(now: number): number {
    return Math.ceil((this.#until - now) / 1000);
  }

  #count(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  #add(name: string): void {
    const [oldest] = this.#counts.keys();
    if (this.#counts.size >= MOST_COUNTED && oldest !== undefined) this.#counts.delete(oldest);
    this.#counts.set(name, this.#count(name) + 1);
  }
}
