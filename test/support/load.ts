import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Beacon, Item } from '../../packages/sdk/src/wire.ts';
import { REAL_AGENT } from './agent.ts';

/** What one try of a beacon came to. `none`: there was no answer. */
export type Reply = 'counted' | 'duplicate' | 'refused' | 'none';

/** A beacon, however often it was tried. Its event's name, and the title of its page, are its own. */
export interface Sent {
  readonly name: string;
  readonly items: number;
  readonly replies: readonly Reply[];
}

/** Browsers that send for as long as they are let. */
export interface Load {
  /** All beacons of which at least one try was made. */
  readonly sent: readonly Sent[];
  /** Tries so far, by what they came to. */
  readonly tries: Readonly<Record<Reply, number>>;
  /** Answers that no collector should give, in any trouble. */
  readonly strange: readonly string[];
  /** Begins no beacon any more; resolves when the last try of the last retry is over. */
  stop(): Promise<void>;
}

/** How browsers send. */
export interface LoadOptions {
  /** Domain of the site. */
  readonly site: string;
  /** Address of the collector that a client is led to, always the same one; null: it is not up, and the client waits. */
  readonly target: (client: number) => string | null;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  /** Browsers that send at a time. */
  readonly clients?: number;
  /** Longest pause between two beacons of a client, in milliseconds. */
  readonly pauseMs?: number;
  /** Whether a beacon that was refused or not answered is tried again, as the SDK does. */
  readonly retries?: boolean;
  /** Whether every beacon is sent a second time, soon after the first or while that is under way. */
  readonly twice?: boolean;
  /** Beginning of the beacons' names. */
  readonly prefix?: string;
  /** Beacons of one browser; then its client is another one. */
  readonly perBrowser?: number;
  /** Different names; missing: every beacon has its own. */
  readonly names?: number;
}

/** A beacon on its way. */
interface Parcel {
  readonly client: number;
  readonly address: string;
  readonly body: string;
  readonly replies: Reply[];
}

const TIMEOUT_MS = 8_000;
/** The SDK's first waits (`send.ts`), twenty times as fast. */
const RETRIES_MS = [100, 400, 1_600];
const PAGES = 20;

/** Starts browsers that send. */
export const startLoad = (options: LoadOptions): Load => {
  const { site, target, random, retries = true, twice = false, prefix = 'e' } = options;
  const { clients = 8, pauseMs = 16, perBrowser = 100, names = Number.POSITIVE_INFINITY } = options;
  const agent = new Agent({ keepAlive: true });
  const parcels: Sent[] = [];
  const tries = { counted: 0, duplicate: 0, refused: 0, none: 0 };
  const strange: string[] = [];
  const background = new Set<Promise<void>>();
  let stopped = false;
  let browsers = 0;

  /** Waits for the client's collector; null: nobody waits any more. */
  const whereTo = async (client: number): Promise<string | null> => {
    let url = target(client);
    while (url === null && !stopped) {
      await sleep(5);
      url = target(client);
    }
    return url;
  };

  /** @returns whether the SDK would try again */
  const attempt = async ({ client, address, body, replies }: Parcel): Promise<boolean> => {
    const url = await whereTo(client);
    if (url === null) return false;
    const answer = await post(agent, url, body, address);
    const reply = replyOf(answer);
    if (reply === null) {
      strange.push(`${answer?.status} ${answer?.passerby}`);
      return false;
    }
    tries[reply] += 1;
    replies.push(reply);
    return retries && (reply === 'refused' || reply === 'none');
  };

  const retry = async (parcel: Parcel): Promise<void> => {
    for (const wait of RETRIES_MS) {
      await sleep(wait * (1 + random()));
      if (!(await attempt(parcel))) return;
    }
  };

  const again = async (parcel: Parcel): Promise<void> => {
    await sleep(random() * pauseMs);
    if (await attempt(parcel)) await retry(parcel);
  };

  const inBackground = (job: Promise<void>): void => {
    const tracked = job.finally(() => background.delete(tracked));
    background.add(tracked);
  };

  const send = async (client: number, address: string): Promise<void> => {
    const name = `${prefix}-${parcels.length % names}`;
    const beacon = compose(site, name, random);
    const parcel: Parcel = { client, address, body: JSON.stringify(beacon), replies: [] };
    parcels.push({ name, items: beacon.i.length, replies: parcel.replies });
    if (twice) inBackground(again(parcel));
    if (await attempt(parcel)) inBackground(retry(parcel));
  };

  const browse = async (client: number): Promise<void> => {
    while (!stopped) {
      const address = addressOf(browsers++);
      for (let beacons = 0; beacons < perBrowser && !stopped; beacons++) {
        if ((await whereTo(client)) === null) return;
        await send(client, address);
        await sleep(random() * pauseMs);
      }
    }
  };
  const browsing = Array.from({ length: clients }, (_, client) => browse(client));

  return {
    get sent() {
      return parcels.filter(({ replies }) => replies.length > 0);
    },
    tries,
    strange,
    async stop() {
      stopped = true;
      await Promise.all(browsing);
      while (background.size > 0) await Promise.all(background);
      agent.destroy();
    },
  };
};

/** A beacon with an event, often with other items beside it. */
const compose = (site: string, name: string, random: () => number): Beacon => {
  const items: Item[] = random() < 0.4 ? [{ k: 'view' }] : [];
  items.push({ k: 'event', n: name });
  if (random() < 0.2) items.push({ k: 'engage', ms: Math.floor(random() * 30_000), sc: 5 });
  if (random() < 0.2) items.push({ k: 'log', l: 'info', m: name });
  const batch = Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32)).join('-');
  return { b: batch, s: site, u: `https://${site}/page/${Math.floor(random() * PAGES)}`, t: name, i: items };
};

/** Addresses of the public internet, one a browser. */
const addressOf = (browser: number): string => `86.${150 + (browser >> 16)}.${(browser >> 8) % 256}.${browser % 256}`;

interface Answer {
  readonly status: number;
  /** The header that says what became of the items. */
  readonly passerby: string;
}

/** Sends a beacon as a proxy on this machine would; null: no answer. */
const post = (agent: Agent, url: string, body: string, address: string): Promise<Answer | null> =>
  new Promise((resolve) => {
    const headers = {
      'content-type': 'text/plain',
      'content-length': Buffer.byteLength(body),
      'user-agent': REAL_AGENT,
      'x-forwarded-for': address,
    };
    const sending = request(`${url}/in`, { method: 'POST', agent, headers, timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, passerby: String(response.headers.passerby ?? '') });
    });
    sending.once('timeout', () => sending.destroy());
    sending.once('error', () => resolve(null));
    sending.end(body);
  });

/** null: a reply that nobody should get. */
const replyOf = (answer: Answer | null): Reply | null => {
  if (answer === null) return 'none';
  if (answer.status === 503 || answer.status === 429) return 'refused';
  if (answer.status !== 202) return null;
  const [, word] = /^(counted|duplicate)=\d+$/.exec(answer.passerby) ?? [];
  return word === 'counted' || word === 'duplicate' ? word : null;
};
