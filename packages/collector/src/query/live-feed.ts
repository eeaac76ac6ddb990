import type { Log } from '../log.ts';
import { RefusedError } from '../refused.ts';
import type { Site } from '../sites/site.ts';
import type { Live } from './live.ts';
import { Channel } from './live-channel.ts';

/** Keeps those who watch a site informed. */
export interface LiveFeed {
  /**
   * Begins to listen; the messages end before the server would cut the connection.
   * @throws RefusedError if too many do
   */
  listen(site: Site): LiveListener;
  /** Asks what is due; to be called about every second. */
  tick(): void;
  /** Ends all messages; nobody may listen any more. */
  close(): void;
}

/** One who listens. */
export interface LiveListener {
  /** The next server-sent event, as text; those that were not taken in time are left out. undefined: the end. */
  next(): Promise<string | undefined>;
  /** Brings about the end. */
  leave(): void;
}

/** What a feed is made of. */
export interface LiveFeedDeps {
  readonly ask: (site: Site) => Promise<Live>;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

const MOST_OF_A_SITE = 50;
const MOST = 200;

/** A feed that nobody listens to yet. */
export const createLiveFeed = ({ ask, now, log }: LiveFeedDeps): LiveFeed => {
  const channels = new Map<string, Channel>();
  let isClosed = false;
  const listeners = (): number => [...channels.values()].reduce((sum, { size }) => sum + size, 0);
  const forget = (): void => {
    for (const [id, { size }] of channels) if (size === 0) channels.delete(id);
  };
  return {
    listen(site) {
      const channel = channels.get(site.id) ?? new Channel({ ask: () => ask(site), now, log });
      if (isClosed || channel.size >= MOST_OF_A_SITE || listeners() >= MOST)
        throw new RefusedError(503, 'request', 'too many are watching, try again later');
      channels.set(site.id, channel);
      const outbox = channel.join();
      const leave = (): void => {
        channel.leave(outbox);
        forget();
      };
      return { next: () => outbox.take(), leave };
    },
    tick() {
      for (const channel of channels.values()) channel.look();
      forget();
    },
    close() {
      isClosed = true;
      for (const channel of channels.values()) channel.end();
      channels.clear();
    },
  };
};
