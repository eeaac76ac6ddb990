import { z } from 'zod';
import { ApiError } from '../http/api-error.ts';
import { randomUuid } from '../lib/system.ts';
import type { Collection, Stored } from '../store/collection.ts';
import type { Documents } from '../store/documents.ts';
import { isEqual, newSecret, sha256 } from './secret.ts';

/** What is kept of a link. */
interface Link<T> {
  /** Of the token in it. */
  readonly sha256: string;
  /** ISO time. */
  readonly expires: string;
  /** Who is using it now; empty: nobody. */
  readonly claim: string;
  readonly about: T;
}

/** A link, as listed. */
export interface OneTimeLinkInfo<T> {
  readonly id: string;
  readonly expires: string;
  readonly about: T;
}

/** The one error of a link that is unknown, used, taken back or too old: which of them it is, nobody learns. */
export const deadLink = (): ApiError =>
  new ApiError(404, 'bad_link', 'token', 'this link is not good any more: ask for a new one');

/** Links of one kind that are good once and for a while. Their tokens are random and kept as hashes. */
export class OneTimeLinks<T> {
  readonly #links: Collection<Link<T>>;
  readonly #lifetimeMs: number;
  readonly #now: () => number;

  constructor(documents: Documents, kind: string, about: z.ZodType<T>, lifetimeMs: number, now: () => number) {
    const shape = z.object({ sha256: z.string(), expires: z.iso.datetime(), claim: z.string(), about });
    this.#links = documents.collection(kind, shape);
    this.#lifetimeMs = lifetimeMs;
    this.#now = now;
  }

  /** A new link; those that are over are deleted. */
  async create(about: T): Promise<OneTimeLinkInfo<T> & { token: string }> {
    await this.#removeWhere(({ body }) => this.#isOver(body));
    const token = newSecret();
    const expires = new Date(this.#now() + this.#lifetimeMs).toISOString();
    const { id } = await this.#links.put(randomUuid(), { sha256: sha256(token), expires, claim: '', about }, 0);
    return { id, expires, about, token };
  }

  /** @throws UnreadError */
  find(token: string): OneTimeLinkInfo<T> | undefined {
    const hash = sha256(token);
    const found = this.#links.all().filter(({ body }) => isEqual(body.sha256, hash));
    return found.filter(({ body }) => body.claim === '' && !this.#isOver(body)).map(listed)[0];
  }

  /**
   * Uses a link up. Whoever else uses it at the same time is refused; if the job fails it is good again.
   * @throws ApiError 404
   */
  async use<R>(token: string, job: (about: T) => Promise<R>): Promise<R> {
    const id = this.find(token)?.id ?? '';
    const claim = randomUuid();
    const claimed = await this.#links.update(id, (link) => (link.claim === '' ? { ...link, claim } : link));
    if (claimed?.body.claim !== claim) throw deadLink();
    try {
      const result = await job(claimed.body.about);
      await this.remove(id).catch(() => {
        // Nobody can use it any more, and it goes when it is over.
      });
      return result;
    } catch (error) {
      await this.#links
        .update(id, (link) => ({ ...link, claim: '' }))
        .catch(() => {
          // It stays used up: what failed may have been done.
        });
      throw error;
    }
  }

  /** Those that are good. */
  all(): OneTimeLinkInfo<T>[] {
    return this.#links
      .all()
      .filter(({ body }) => !this.#isOver(body))
      .map(listed);
  }

  async remove(id: string): Promise<void> {
    await this.#links.update(id, () => null);
  }

  /** Takes back all links that are about this. */
  removeAbout(is: (about: T) => boolean): Promise<void> {
    return this.#removeWhere(({ body }) => is(body.about));
  }

  async #removeWhere(is: (link: Stored<Link<T>>) => boolean): Promise<void> {
    for (const { id } of this.#links.all().filter(is)) await this.remove(id);
  }

  #isOver({ expires }: Link<T>): boolean {
    return this.#now() >= Date.parse(expires);
  }
}

const listed = <T>({ id, body }: Stored<Link<T>>): OneTimeLinkInfo<T> => ({
  id,
  expires: body.expires,
  about: body.about,
});
