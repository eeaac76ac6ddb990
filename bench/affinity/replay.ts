import { until } from '../../test/support/until.ts';
import type { Browser, View } from '../scale-sim/population.ts';
import type { Change } from '../scale-sim/simulate.ts';
import { askHealth, sendView } from './client.ts';
import type { Stand } from './stand.ts';

/** A day that is played through a balancer. */
export interface Replay {
  readonly stand: Stand;
  /** Where the balancer listens. */
  readonly port: number;
  /** Times are whole minutes: what happens in one is sent at once. */
  readonly views: readonly View[];
  /** Of the first collector, in order. */
  readonly changes: readonly Change[];
  /** How it goes down. */
  readonly signal: NodeJS.Signals;
  /** A client that belongs to the first collector; null: not known yet. */
  readonly mine: Browser | null;
  /** Seconds between the views' day and the one on which they are played. */
  readonly later: number;
}

/** Which collectors an address was sent to. */
export type Routes = ReadonlyMap<string, ReadonlySet<number>>;

/** The balancer may take so long to see that a collector is gone, or back, in milliseconds. */
const PATIENCE_MS = 20_000;

/** Plays it, and says who went where. @throws Error if a view is not answered 202 */
export const play = async (replay: Replay): Promise<Routes> => {
  const { stand, port, views, later } = replay;
  const routes = new Map<string, Set<number>>();
  const changes = [...replay.changes];

  const send = async (view: View): Promise<void> => {
    const { status, collector } = await sendView(port, view);
    if (status !== 202) throw new Error(`a view was answered ${status}`);
    const { address } = view.browser;
    routes.set(address, (routes.get(address) ?? new Set()).add(stand.collectors.indexOf(collector)));
  };

  for (const [minute, ofMinute] of groups(views, ({ at }) => at)) {
    stand.setTime(minute + later);
    for (let due = changes[0]; due !== undefined && due.at <= minute; due = changes[0]) {
      await change(replay, due);
      changes.shift();
    }
    const browsers = [...groups(ofMinute, ({ browser }) => browser.id).values()];
    await Promise.all(browsers.map((own) => inTurn(own, send)));
  }
  return routes;
};

/** Stops or starts the first collector, and waits until its clients are sent where they must be. */
const change = async ({ stand, port, signal, mine }: Replay, { to }: Change): Promise<void> => {
  if (to === 'up') await stand.start();
  else await stand.end(0, signal);
  if (mine === null) throw new Error('no client of the first collector is known');
  const now = stand.collectors[to === 'up' ? 0 : 1];
  await until(`clients are sent to ${now}`, PATIENCE_MS, async () => {
    const { status, collector } = await askHealth(port, mine);
    return status === 200 && collector === now;
  });
};

const inTurn = async <T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> => {
  for (const item of items) await each(item);
};

const groups = <T>(items: readonly T[], key: (item: T) => number): Map<number, T[]> => {
  const found = new Map<number, T[]>();
  for (const item of items) {
    const group = found.get(key(item));
    if (group) group.push(item);
    else found.set(key(item), [item]);
  }
  return found;
};
