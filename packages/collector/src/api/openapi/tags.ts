/** The parts of the API, in the order in which they are read. */
export const TAGS = {
  Statistics:
    'A question is data: which numbers, of which days, grouped and filtered by what. docs/counting.md tells what each number means.',
  Sites: 'A site is named by its domain.',
  Account: 'A session is a cookie. These routes are for people: a token cannot call those that need a session.',
  'People and tokens':
    'A role is viewer, editor or owner, on a site or on all of them (*); each includes the former. A token reads or writes, on some sites or all, and never acts as an owner.',
  "Plausible's API":
    'Doors that answer as those of Plausible do, for scripts that ask there today: docs/plausible.md tells what is the same and what differs. Refusals are `{ "error": "…" }`.',
  'The collector':
    'Beside the API there are `/healthz` (the process lives), `/readyz` (it takes beacons), `/metrics` (Prometheus, with a token for all sites) and the intake, which packages/sdk/src/wire.ts describes.',
} as const;

/** A part of the API. */
export type Tag = keyof typeof TAGS;
