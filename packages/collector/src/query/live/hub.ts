import { ApiError } from '../../http/api-error.ts';
import type { Log } from '../../lib/logger.ts';
import type { Site } from '../../sites/site.ts';
import { Channel } from './channel.ts';
import type { Live } from './live.ts';

/** Keeps those who watch a site informed. */
export interface LiveHub {
  /**
   * Begins to listen; the messages end before the server would cut the connection. Where there is no room, one of those
   * who have most makes it for one who has less.
   * @param account whose share it is; missing: nobody's in particular
   * @throws ApiError 429 if too many of the account do, 503 if too many do
   */
  listen(site: Site, account?: string): LiveListener;
  /** How many listen. */
  size(): number;
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
export interface LiveHubDeps {
  readonly ask: (site: Site) => Promise<Live>;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

const MOST_OF_A_SITE = 50;
const MOST = 200;
const MOST_OF_AN_ACCOUNT = 10;

/** A feed that nobody listens to yet. */
export const createLiveHub = ({ ask, now, log }: LiveHubDeps): LiveHub => {
  const channels = new Map<string, Channel>();
  let isClosed = false;
  const forget = (): void => {
    for (const [id, { size }] of channels) if (size === 0) channels.delete(id);
  };
  return {
    listen(site, account) {
      const all = [...channels.values()];
      if (account !== undefined && countOf(account, all) >= MOST_OF_AN_ACCOUNT)
        throw new ApiError(
          429,
          'too_many_requests',
          'request',
          `at most ${MOST_OF_AN_ACCOUNT} live views of yours at a time: close one`,
        );
      const channel = channels.get(site.id) ?? new Channel({ ask: () => ask(site), now, log });
      const hasRoom = makeRoom([channel], MOST_OF_A_SITE, account) && makeRoom(all, MOST, account);
      if (isClosed || !hasRoom) throw new ApiError(503, 'busy', 'request', 'too many are watching, try again later');
      channels.set(site.id, channel);
      const latest = channel.join(account);
      const leave = (): void => {
        channel.leave(latest);
        forget();
      };
      return { next: () => latest.take(), leave };
    },
    size: () => [...channels.values()].reduce((sum, { size }) => sum + size, 0),
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

const listenersOf = (channels: readonly Channel[]) =>
  channels.flatMap((channel) => [...channel.listeners].map(([latest, { account }]) => ({ channel, latest, account })));

const countOf = (account: string | undefined, channels: readonly Channel[]): number =>
  listenersOf(channels).filter((one) => one.account === account).length;

/** True if there is room for one more of an account, also because one of those who have most has left. */
const makeRoom = (channels: readonly Channel[], most: number, account: string | undefined): boolean => {
  const all = listenersOf(channels);
  if (all.length < most) return true;
  const counts = new Map<string | undefined, number>();
  for (const one of all) counts.set(one.account, (counts.get(one.account) ?? 0) + 1);
  const largest = Math.max(...counts.values());
  // Who would have as many as they afterwards takes no place of theirs: places would go to and fro.
  if (largest < (counts.get(account) ?? 0) + 2) return false;
  const oldest = all.find((one) => counts.get(one.account) === largest);
  oldest?.channel.leave(oldest.latest);
  return true;
};
