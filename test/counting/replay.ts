import { deepEqual } from 'node:assert/strict';
import type { Answer, Question } from '../../packages/collector/src/query/stats/query.ts';
import { createQuery } from '../../packages/collector/src/query/stats/run.ts';
import type { Beacon } from '../../packages/sdk/src/wire.ts';
import type { Clock } from '../support/clock.ts';
import type { Client, TestCollector } from '../support/test-collector.ts';
import { askTextbook, type Expected } from './answer.ts';
import type { Sending } from './beacons.ts';
import { differences } from './compare.ts';
import { type Fate, type Most, Textbook } from './model.ts';
import type { TestSite } from './world.ts';

/** An answer that was compared, and what is wrong about it, in words; empty if nothing. */
export interface Compared {
  readonly source: Answer['meta']['source'];
  readonly wrong: string;
}

/** Housekeeping is done so often. */
const TICK_MS = 5 * 60_000;
/** Questions asked at a time. */
const ABREAST = 8;

/** A collector and, for each site, a textbook that is told the same. */
export class Replay {
  #collector: TestCollector;
  readonly #clock: Clock;
  readonly #books = new Map<string, Textbook>();

  constructor(collector: TestCollector, clock: Clock) {
    this.#collector = collector;
    this.#clock = clock;
  }

  async add({ domain, timezone, places }: TestSite, most?: Most): Promise<void> {
    const added = await this.#collector.api('POST', '/api/sites', { domain, timezone });
    const changed = await this.#collector.api('PATCH', `/api/sites/${domain}`, { collect: { places }, refunds: true });
    deepEqual([added.status, changed.status], [201, 200]);
    this.#books.set(domain, new Textbook(timezone, most));
  }

  book(domain: string): Textbook {
    const book = this.#books.get(domain);
    if (book === undefined) throw new Error(`There is no textbook of ${domain}.`);
    return book;
  }

  /** Another collector goes on where this one ended, and knows nobody. */
  restart(collector: TestCollector): void {
    this.#collector = collector;
    for (const book of this.#books.values()) book.restart();
  }

  /** Lets beacons arrive, each at its time; the clock stays at the last one's. */
  async deliver(sendings: readonly Sending[]): Promise<void> {
    for (const { beacon, client, arrival } of sendings) {
      const ticks = Math.floor(arrival.at / TICK_MS) - Math.floor(this.#clock.now() / TICK_MS);
      this.#clock.set(arrival.at);
      if (ticks > 0) this.#collector.collector.tick();
      const isImage = arrival.via === 'image';
      const { status, headers } = await (isImage ? this.#show(beacon, client) : this.#collector.send(beacon, client));
      const said = inWords(this.book(beacon.s).receive(arrival));
      deepEqual({ status, said: headers.get('passerby') }, { status: isImage ? 200 : 202, said });
    }
    await this.#collector.flush();
  }

  #show({ s, u, r = '' }: Beacon, { address = '', agent = '', headers }: Client): Promise<Response> {
    return this.#collector.request(`/in.gif?${new URLSearchParams({ s, u, r })}`, {
      headers: { 'user-agent': agent, 'x-forwarded-for': address, ...headers },
    });
  }

  /** Asks about a site, and if the answer comes from the sums once more, from the hits. */
  async compare(domain: string, questions: readonly Question[]): Promise<Compared[]> {
    const book = this.book(domain);
    const expected = askTextbook(book, Math.floor(this.#clock.now() / 1000));
    const askHits = this.#askHits(domain, book.firstDay);
    const ask = async (question: Question): Promise<Compared[]> => {
      const answer = await this.#collector.query(question);
      const answers = answer.meta.source === 'hits' ? [answer] : [answer, await askHits(question)];
      const due = expected(question);
      return answers.map((each) => ({ source: each.meta.source, wrong: complaint(question, each, due) }));
    };
    const compared: Compared[] = [];
    for (let at = 0; at < questions.length; at += ABREAST)
      compared.push(...(await Promise.all(questions.slice(at, at + ABREAST).map(ask))).flat());
    return compared;
  }

  #askHits(domain: string, firstDay: string): (question: Question) => Promise<Answer> {
    const query = createQuery({ store: this.#collector.store, now: this.#clock.now });
    const site = this.#collector.collector.sites.find(domain);
    if (site === undefined) throw new Error(`There is no site ${domain}.`);
    return (question) => query.ask(question, site, firstDay, { source: 'hits' });
  }
}

const complaint = (question: Question, answer: Answer, expected: Expected): string => {
  const wrong = differences(question, answer, expected);
  return wrong.length === 0
    ? ''
    : [`${JSON.stringify(question)} from ${answer.meta.source}`, ...wrong.slice(0, 5)].join('\n  ');
};

const inWords = (fate: Fate): string =>
  Object.entries(fate)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${what}=${count}`)
    .join(', ');
