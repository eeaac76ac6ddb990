import { FieldError } from '../http/field-error.ts';
import { networkOf } from '../lib/ip-address.ts';
import type { Site } from '../sites/site.ts';
import { UnreadError } from '../store/collection.ts';
import type { AnonymousBeacon, ReceivedBeacon, ValidBeacon, VisitedBeacon } from './beacon.ts';
import type { RecentIds } from './dedupe/recent-ids.ts';
import { alsoLeft, type Drop, type DropReason, drop, isDrop, itemsOf, type Left, NOTHING_LEFT } from './drop.ts';
import type { DropCounter } from './drop-counter.ts';
import { withoutInjected } from './errors/without-injected.ts';
import { bookOn, createLogRoom, createQuota } from './limits/daily-quota.ts';
import { createFoldValues } from './limits/fold-values.ts';
import { costOf, ITEM_BYTES } from './limits/item-cost.ts';
import type { NewBrowsers } from './limits/new-browsers.ts';
import type { RateLimiter } from './limits/rate-limit.ts';
import { withinRevenue } from './limits/revenue-range.ts';
import { bytesOfRows } from './limits/row-bytes.ts';
import type { SiteDays } from './limits/site-days.ts';
import { type Spool, SpoolError } from './spool/spool.ts';
import { type FindSite, siteOfBody, UnknownSiteError } from './validate.ts';

/** What became of a beacon. */
export type Outcome = Became & {
  /** The site that it is for; null: it names none here, or was not read so far. */
  readonly site: Site | null;
};

type Became =
  | {
      readonly status: 202;
      /** Items stored for good. */
      readonly counted: number;
      /** Items left out or mended, by reason. */
      readonly dropped: Left;
    }
  | { readonly status: 400; readonly field: string; readonly message: string; readonly dropped: Left }
  | {
      readonly status: 404;
      readonly field: string;
      readonly message: string;
      /** The name that is no site here, as it came. */
      readonly named: string;
      readonly dropped: Left;
    }
  | { readonly status: 429 | 503; readonly retryAfterS: number; readonly message: string; readonly dropped: Left }
  /** What became of it is not known: no answer is given. */
  | { readonly status: null; readonly dropped: Left };

/** The stages and what the runner asks of the collector. */
export interface PipelineDeps {
  readonly validate: (received: ReceivedBeacon) => ValidBeacon;
  readonly anonymise: (beacon: ValidBeacon) => AnonymousBeacon | Drop;
  readonly visit: (beacon: AnonymousBeacon) => VisitedBeacon;
  readonly spool: Spool;
  readonly rateLimiter: RateLimiter;
  readonly newBrowsers: NewBrowsers;
  readonly days: SiteDays;
  readonly recent: RecentIds;
  readonly drops: DropCounter;
  readonly findSite: FindSite;
}

/** What a client pays for a beacon. */
interface Bill {
  readonly network: string;
  /** Charges what is dearer than what was charged; returns what the beacon costs so far. */
  readonly charge: (cost: number) => number;
}

/** A full spool empties at the store's pace. */
const OVERLOAD_RETRY_S = 5;
/** The store is read every few seconds. */
const UNREAD_RETRY_S = 5;

/** The stages in their order, and the one runner. 202 is its answer only after the spool has the rows. */
export const createPipeline = (deps: PipelineDeps): ((received: ReceivedBeacon) => Promise<Outcome>) => {
  const { validate, anonymise, visit, spool, rateLimiter, newBrowsers, days, recent, drops, findSite } = deps;

  /** Past this stage a beacon is new: its batch id was not met before. */
  const once = (beacon: ValidBeacon): ValidBeacon | Drop => (isKnown(beacon) ? drop('duplicate') : beacon);

  const isKnown = (beacon: ValidBeacon): boolean => {
    const id = batchKey(beacon);
    return id !== null && recent.has(id);
  };

  /** Past this stage its rows fit: nothing is remembered of a visit that could not be stored. */
  const fits = (beacon: AnonymousBeacon): AnonymousBeacon | Drop => (spool.hasRoom() ? beacon : drop('overload'));

  const known = from(once).to(anonymise).to(fits);
  const bounded = from(createQuota(days))
    .to(withoutInjected)
    .to(createLogRoom(days))
    .to(withinRevenue)
    .to(createFoldValues(days))
    .to(visit);

  /** Between the two the browser is met: new ones are limited by their network, which no stage past `anonymise` knows. */
  const stages = (beacon: ValidBeacon, network: string): VisitedBeacon | Drop => {
    const anonymous = known.run(beacon);
    return isDrop(anonymous) ? anonymous : bounded.run(newBrowsers.admit(anonymous, network));
  };

  const run = async (received: ReceivedBeacon): Promise<Outcome> => {
    const network = networkOf(received.sender.address);
    const wait = rateLimiter.wait(network, received.at);
    if (wait > 0) {
      const retryAfterS = Math.ceil(wait / 1000);
      return { status: 429, retryAfterS, message: 'this client sends too much', ...tell(received, 'flood') };
    }
    const bill = billOf(network);
    // Before it is read: what cannot be read costs as much.
    bill.charge(costOf(1, Buffer.byteLength(received.body)));
    const beacon = validate(received);
    bill.charge(beacon.items.length + itemsOf(beacon.left));
    return { ...(await pass(beacon, bill)), site: beacon.site };
  };

  /** What a client pays for a beacon is what is dearest about it, as far as that is known. */
  const billOf = (network: string): Bill => {
    let paid = 1;
    return {
      network,
      charge(cost) {
        rateLimiter.charge(network, cost - paid);
        paid = Math.max(paid, cost);
        return paid;
      },
    };
  };

  /** Takes a beacon that was understood through the stages. */
  const pass = async (beacon: ValidBeacon, bill: Bill): Promise<Became> => {
    const note = (left: Left): Left => {
      for (const [reason, count] of Object.entries(left))
        drops.note(beacon.site, reason as DropReason, count, beacon.at);
      return left;
    };
    // What is left out by itself, such as late items, is so at every arrival: by the second one its beacon may be forgotten.
    if (beacon.items.length === 0) return { status: 202, counted: 0, dropped: note(beacon.left) };
    // The first try may be under way still, and fail.
    if (isKnown(beacon)) await spool.settled();
    const visited = stages(beacon, bill.network);
    const became = isDrop(visited) ? visited.drop : await kept(beacon, visited, bill);
    if (became === 'unknown') return { status: null, dropped: NOTHING_LEFT };
    if (typeof became === 'object') return { status: 202, counted: became.rows.length, dropped: note(became.left) };
    if (became !== 'overload') {
      const dropped = note(alsoLeft(beacon.left, became, beacon.items.length));
      return { status: 202, counted: 0, dropped };
    }
    const dropped = note({ overload: beacon.items.length });
    return { status: 503, retryAfterS: OVERLOAD_RETRY_S, message: 'no room, try again', dropped };
  };

  /** Hands the rows to the spool; if it could not keep them, all that they changed was undone. */
  const kept = async (
    beacon: ValidBeacon,
    visited: VisitedBeacon,
    bill: Bill,
  ): Promise<VisitedBeacon | 'overload' | 'unknown'> => {
    const { rows, at, undo } = visited;
    if (rows.length === 0) return visited;
    const id = batchKey(beacon);
    if (id !== null) recent.add(id, at);
    const cost = bill.charge(costOf(rows.length, bytesOfRows(rows, ITEM_BYTES)));
    const unbook = bookOn(days, beacon, rows, cost);
    const undoAll = (): void => {
      if (id !== null) recent.remove(id);
      unbook();
      undo();
    };
    try {
      await spool.append({ rows, id, at, undo: undoAll });
      return visited;
    } catch (error) {
      if (!(error instanceof SpoolError)) throw error;
      return error.isCertain ? 'overload' : 'unknown';
    }
  };

  /** Tells the owner of a beacon that was not read, if it names a site at all. */
  const tell = ({ body, at }: ReceivedBeacon, reason: DropReason): Pick<Outcome, 'site' | 'dropped'> => {
    const site = siteOfBody(body, findSite) ?? null;
    if (site === null) return { site, dropped: NOTHING_LEFT };
    drops.note(site, reason, 1, at);
    return { site, dropped: { [reason]: 1 } };
  };

  return async (received) => {
    try {
      return await run(received);
    } catch (error) {
      const { message } = error as Error;
      const nobody = { site: null, dropped: NOTHING_LEFT };
      if (error instanceof UnreadError) return { status: 503, retryAfterS: UNREAD_RETRY_S, message, ...nobody };
      if (!(error instanceof FieldError)) throw error;
      const { field } = error;
      if (error instanceof UnknownSiteError) return { status: 404, field, message, named: error.named, ...nobody };
      return { status: 400, field, message, ...tell(received, 'invalid') };
    }
  };
};

const batchKey = (beacon: ValidBeacon): string | null =>
  beacon.batch === null ? null : `${beacon.site.id} ${beacon.batch}`;

/** A stage passes a beacon on as its next type, or drops it. */
type Stage<In, Out> = (beacon: In) => Out | Drop;

interface Stages<In, Out extends object> {
  to<Next extends object>(stage: Stage<Out, Next>): Stages<In, Next>;
  run(beacon: In): Out | Drop;
}

const from = <In, Out extends object>(run: Stage<In, Out>): Stages<In, Out> => ({
  to: (stage) =>
    from((beacon: In) => {
      const passed = run(beacon);
      return isDrop(passed) ? passed : stage(passed);
    }),
  run,
});
