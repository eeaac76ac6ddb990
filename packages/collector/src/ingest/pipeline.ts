import { FieldError } from '../field-error.ts';
import { networkOf } from '../privacy/client-address.ts';
import type { Site } from '../sites/site.ts';
import { type Drop, type DropReason, drop, isDrop } from './drop.ts';
import type { DropTally } from './drop-tally.ts';
import type { FloodGate } from './flood.ts';
import type { AnonymousBeacon, ReceivedBeacon, ValidBeacon, VisitedBeacon } from './hit.ts';
import type { RecentIds } from './recent-ids.ts';
import type { Spool } from './spool.ts';
import { type FindSite, siteOfBody, UnknownSiteError } from './validate.ts';

/** What became of a beacon. */
export type Outcome =
  | {
      readonly status: 202;
      /** Items stored for good. */
      readonly counted: number;
      /** Items left out, by reason. */
      readonly dropped: Dropped;
    }
  | { readonly status: 400 | 404; readonly field: string; readonly message: string }
  | { readonly status: 429 | 503; readonly retryAfterS: number; readonly message: string };

type Dropped = Readonly<Partial<Record<DropReason, number>>>;

/** The stages and what the runner asks of the house. */
export interface PipelineDeps {
  readonly validate: (received: ReceivedBeacon) => ValidBeacon;
  readonly anonymise: (beacon: ValidBeacon) => AnonymousBeacon | Drop;
  readonly visit: (beacon: AnonymousBeacon) => VisitedBeacon;
  readonly spool: Spool;
  readonly flood: FloodGate;
  readonly recent: RecentIds;
  readonly drops: DropTally;
  readonly findSite: FindSite;
}

/** A full spool empties at the store's pace. */
const OVERLOAD_RETRY_S = 5;

/** The stages in their order, and the one runner. 202 is its answer only after the spool has the rows. */
export const createPipeline = (deps: PipelineDeps): ((received: ReceivedBeacon) => Promise<Outcome>) => {
  const { validate, anonymise, visit, spool, flood, recent, drops, findSite } = deps;

  /** Past this stage a beacon is new: its batch id was not met before. */
  const once = (beacon: ValidBeacon): ValidBeacon | Drop => {
    const id = batchKey(beacon);
    return id !== null && recent.has(id) ? drop('duplicate') : beacon;
  };

  /** Past this stage its rows fit: nothing is remembered of a visit that could not be stored. */
  const fits = (beacon: AnonymousBeacon): AnonymousBeacon | Drop =>
    spool.hasRoom(beacon.items.length) ? beacon : drop('overload');

  const stages = from(once).to(anonymise).to(fits).to(visit);

  const run = async (received: ReceivedBeacon): Promise<Outcome> => {
    const wait = flood.wait(networkOf(received.sender.address), received.at);
    if (wait > 0) return refuse(received, 'flood', 429, Math.ceil(wait / 1000), 'this client sends too much');
    const beacon = validate(received);
    const note = (reason: DropReason, count: number): Dropped => {
      if (count === 0) return {};
      drops.note(beacon.site, reason, count, beacon.at);
      return { [reason]: count };
    };
    // Late items are late at every arrival: by the second one their beacon may be forgotten.
    if (beacon.items.length === 0) return { status: 202, counted: 0, dropped: note('late', beacon.late) };
    const visited = stages.run(beacon);
    if (isDrop(visited)) {
      const dropped = note(visited.drop, beacon.items.length);
      return visited.drop === 'overload'
        ? { status: 503, retryAfterS: OVERLOAD_RETRY_S, message: 'no room, try again' }
        : { status: 202, counted: 0, dropped: { ...note('late', beacon.late), ...dropped } };
    }
    const id = batchKey(beacon);
    if (id !== null) recent.add(id, beacon.at);
    await spool.append(visited.rows);
    return { status: 202, counted: beacon.items.length, dropped: note('late', beacon.late) };
  };

  const refuse = (
    received: ReceivedBeacon,
    reason: DropReason,
    status: 429,
    retryAfterS: number,
    message: string,
  ): Outcome => {
    tell(siteOfBody(received.body, findSite), reason, received.at);
    return { status, retryAfterS, message };
  };

  const tell = (site: Site | undefined, reason: DropReason, at: number): void => {
    if (site !== undefined) drops.note(site, reason, 1, at);
  };

  return async (received) => {
    try {
      return await run(received);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      tell(siteOfBody(received.body, findSite), 'invalid', received.at);
      return { status: error instanceof UnknownSiteError ? 404 : 400, field: error.field, message: error.message };
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
