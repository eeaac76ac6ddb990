import { ApiError } from '../http/api-error.ts';
import { randomId } from '../lib/system.ts';
import { utcDay } from '../lib/time-zone.ts';
import type { Collection } from '../store/collection.ts';
import { type Account, type AccountBody, type Session, type StoredAccount, toAccount } from './account.ts';
import { OnceADay } from './once-a-day.ts';
import { isEqual, newSecret, sha256 } from './secret.ts';

const ID_BYTES = 8;
export const SESSION_S = 30 * 24 * 60 * 60;
/** Sessions of an account; the oldest ends when there is one more. */
const MOST_SESSIONS = 50;

/** A session that has just begun. */
export interface StartedSession {
  readonly account: Account;
  /** What the cookie carries: the account and a secret that is kept as a hash. */
  readonly cookie: string;
}

/** A session of an account, as listed. */
export interface SessionInfo {
  readonly id: string;
  /** ISO time. */
  readonly begun: string;
  /** UTC day. */
  readonly used: string;
}

/** Who is signed in. Known from memory: nobody is signed out because the store is away. */
export class Sessions {
  readonly #accounts: Collection<AccountBody>;
  readonly #now: () => number;
  readonly #newId: () => string;
  readonly #onceADay = new OnceADay();

  constructor(accounts: Collection<AccountBody>, now: () => number, newId = () => randomId(ID_BYTES)) {
    this.#accounts = accounts;
    this.#now = now;
    this.#newId = newId;
  }

  /**
   * The account and the session of a cookie.
   * @throws UnreadError, also without a cookie
   */
  find(cookie: string | undefined): { account: Account; session: string } | undefined {
    const [id = '', secret = ''] = cookie?.split('.') ?? [];
    const account = this.#accounts.get(id);
    const hash = sha256(secret);
    const session = account?.body.sessions.find((known) => isEqual(known.sha256, hash) && !this.#isOver(known));
    if (account === undefined || session === undefined) return undefined;
    this.#use(account, session);
    return { account: toAccount(account), session: session.id };
  }

  /**
   * Begins a session.
   * @param check throws if there shall be none, or gives what else changes in the account with it
   * @throws ApiError 401: the account is gone
   */
  async begin(id: string, check = (body: AccountBody): AccountBody => body): Promise<StartedSession> {
    const secret = newSecret();
    const now = this.#now();
    const session: Session = {
      id: this.#newId(),
      sha256: sha256(secret),
      begun: new Date(now).toISOString(),
      used: utcDay(now),
    };
    const begun = await this.#accounts.update(id, (body) => {
      const checked = check(body);
      const others = checked.sessions.filter((other) => !this.#isOver(other)).slice(1 - MOST_SESSIONS);
      return { ...checked, sessions: [...others, session] };
    });
    if (begun === undefined) throw new ApiError(401, 'not_signed_in', 'request', 'this account is gone');
    return { account: toAccount(begun), cookie: `${id}.${secret}` };
  }

  /** Sessions of an account, the newest first. */
  of(id: string): SessionInfo[] {
    const sessions = this.#accounts.get(id)?.body.sessions ?? [];
    return sessions
      .filter((session) => !this.#isOver(session))
      .map(({ id, begun, used }) => ({ id, begun, used }))
      .reverse();
  }

  /** Ends the sessions of an account for which this is true: whoever copied their cookies is out as well. */
  async end(id: string, isEnded: (session: SessionInfo) => boolean): Promise<void> {
    await this.#accounts.update(id, (body) => {
      const sessions = body.sessions.filter((session) => !isEnded(session));
      return sessions.length === body.sessions.length ? body : { ...body, sessions };
    });
  }

  #isOver({ begun }: Session): boolean {
    return this.#now() - Date.parse(begun) >= SESSION_S * 1000;
  }

  /** Writes the day on which a session is used, once; nobody waits for it. */
  #use({ id }: StoredAccount, { id: session, used }: Session): void {
    const day = utcDay(this.#now());
    if (used === day || !this.#onceADay.isFirst(session, day)) return;
    this.#accounts
      .update(id, (body) => ({
        ...body,
        sessions: body.sessions.map((other) => (other.id === session ? { ...other, used: day } : other)),
      }))
      .catch(() => {
        // The list is a day behind then.
      });
  }
}
