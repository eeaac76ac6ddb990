import { checkBackups } from './check-backups.ts';
import { checkClock } from './check-clock.ts';
import { checkFiles } from './check-files.ts';
import { checkProxies, checkStore, checkVersions, failed } from './check-machine.ts';
import { checkChanges, checkDetached, checkParts } from './check-parts.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkDocuments, checkRetention } from './check-rows.ts';
import { checkLeftovers, checkSchema } from './check-schema.ts';
import { checkSpace } from './check-space.ts';
import { checkSpool } from './check-spool.ts';
import { type Finding, type Found, skipped } from './finding.ts';
import type { Patient, Say } from './patient.ts';
import { checkSums } from './sums/check-sums.ts';

/** What is looked at, by the names that findings have. */
type Check = (patient: Patient, say: Say) => Promise<Found[]>;

type Named = readonly (readonly [name: string, check: Check])[];

/** Checks of the machine and of the folder, before the store is opened: that mends some of what is wrong, and hides it. */
const OF_FOLDER: Named = [
  ['versions', ({ version }) => checkVersions(version)],
  ['space', checkSpace],
  ['permissions', checkPermissions],
  ['files', checkFiles],
  ['spool', checkSpool],
];

/** Checks of the store and of all else: what is quick first, and what explains the rest before it. */
const OF_STORE: Named = [
  ['store', checkStore],
  ['clock', checkClock],
  ['proxies', checkProxies],
  ['backups', checkBackups],
];

/** Checks that make no sense without a store. */
const IN_STORE: Named = [
  ['schema', checkSchema],
  ['leftovers', checkLeftovers],
  ['documents', checkDocuments],
  ['detached', checkDetached],
  ['changes', checkChanges],
  ['retention', checkRetention],
  ['parts', checkParts],
  ['sums', checkSums],
];

/** Names of all checks; docs/doctor.md tells what each is. */
export const CHECK_NAMES: readonly string[] = [...OF_FOLDER, ...OF_STORE, ...IN_STORE].map(([name]) => name);

/** What comes of an examination, as it goes on. */
export type Step = { readonly finding: Finding } | { readonly doing: string };

/** Takes what was found, and before it what is being looked at. */
export type TellStep = (step: Step) => void;

/**
 * Looks at everything, one after the other. A check that fails is told as skipped, and the next one is made.
 * @throws if nobody waits for it any more
 */
export const examine = async (patient: Patient, tell: TellStep): Promise<void> => {
  await examineFolder(patient, tell);
  await examineStore(patient, tell);
};

/** The part of it that needs no store. */
export const examineFolder = (patient: Patient, tell: TellStep): Promise<void> => make(OF_FOLDER, patient, tell);

/** The other part. */
export const examineStore = async (patient: Patient, tell: TellStep): Promise<void> => {
  await make(OF_STORE, patient, tell);
  if (patient.store !== null) return make(IN_STORE, patient, tell);
  for (const [name] of IN_STORE) tell({ finding: { name, ...skipped('It needs the store, which cannot be opened.') } });
};

const make = async (checks: Named, patient: Patient, tell: TellStep): Promise<void> => {
  for (const [name, check] of checks) {
    patient.signal.throwIfAborted();
    const found = await check(patient, (doing) => tell({ doing })).catch((error: unknown): Found[] => {
      if (patient.signal.aborted) throw error;
      return [failed(error)];
    });
    for (const one of found) tell({ finding: { name, ...one } });
  }
};
