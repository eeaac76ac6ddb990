import { errorOf, type Log } from '../../lib/logger.ts';
import { createLatestValue, type LatestValue } from './latest-value.ts';
import type { Live } from './live.ts';

/** What a channel is made of. */
export interface ChannelDeps {
  readonly ask: () => Promise<Live>;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

const EVERY_MS = 3_000;
/** Shorter than an exchange with the server may take (`LIMITS` in `server/listen.ts`); who listens on is asked anew who they are. */
const LIFE_MS = 50_000;

const PING = ': ping\n\n';

/** One who listens. */
export interface Listener {
  /** Whose share it is; undefined: nobody's in particular. */
  readonly account: string | undefined;
  /** When it began, in Unix milliseconds. */
  readonly since: number;
}

/** A site that somebody watches: one question for all of them, its answers as server-sent events. */
export class Channel {
  readonly #deps: ChannelDeps;
  readonly #listeners = new Map<LatestValue, Listener>();
  #askedAt = Number.NEGATIVE_INFINITY;
  #isAsking = false;
  #isFailing = false;
  /** Empty: none yet. */
  #newestEvent = '';

  constructor(deps: ChannelDeps) {
    this.#deps = deps;
  }

  /** How many are listening. */
  get size(): number {
    return this.#listeners.size;
  }

  /** Who is listening, whoever came first before the others. */
  get listeners(): ReadonlyMap<LatestValue, Listener> {
    return this.#listeners;
  }

  /** Opens a place for the latest message, which is filled from now on. */
  join(account: string | undefined): LatestValue {
    const latest = createLatestValue();
    this.#listeners.set(latest, { account, since: this.#deps.now() });
    if (this.#newestEvent !== '') latest.put(this.#newestEvent);
    this.look();
    return latest;
  }

  leave(latest: LatestValue): void {
    latest.end();
    this.#listeners.delete(latest);
  }

  end(): void {
    for (const latest of this.#listeners.keys()) this.leave(latest);
  }

  /** Ends what is old, and asks if it is time to. */
  look(): void {
    const now = this.#deps.now();
    for (const [latest, { since }] of this.#listeners) if (now - since >= LIFE_MS) this.leave(latest);
    if (this.size === 0 || now - this.#askedAt < EVERY_MS) return;
    if (this.#isAsking) this.#ping();
    else void this.#ask();
  }

  async #ask(): Promise<void> {
    const { ask, now, log } = this.#deps;
    this.#isAsking = true;
    this.#askedAt = now();
    try {
      this.#tell(await ask());
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) log.warn('a live view cannot be read', { error: errorOf(error) });
      this.#isFailing = true;
      this.#ping();
    }
    this.#isAsking = false;
  }

  /** Also what has not changed: a page sees by it that the connection holds, for comments are not shown to it. */
  #tell(live: Live): void {
    this.#newestEvent = `event: live\ndata: ${JSON.stringify(live)}\n\n`;
    for (const latest of this.#listeners.keys()) latest.put(this.#newestEvent);
  }

  /** Nothing is known that is new; proxies see that the connection is in use. */
  #ping(): void {
    for (const latest of this.#listeners.keys()) if (latest.isEmpty) latest.put(PING);
  }
}
