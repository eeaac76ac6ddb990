import { Hono } from 'hono';
import { z } from 'zod';
import type { Accounts } from '../../accounts/account-store.ts';
import { mayOn } from '../../accounts/caller.ts';
import { EVERYWHERE } from '../../accounts/role.ts';
import type { Address } from '../../http/address.ts';
import { PROXY_FAULTS, type ProxyFault } from '../../lib/proxy-fault.ts';
import { endpointFor } from '../../static/script-tag.ts';
import { StoreError } from '../../store/store-error.ts';
import type { System } from '../../system/system.ts';
import type { Warning } from '../../system/warnings.ts';
import type { Access } from '../access.ts';
import type { Endpoint } from '../endpoint.ts';
import { answerOf, warningShape } from './system.ts';

/** What {@link statusRoutes} need. */
export interface StatusRoutesDeps {
  readonly access: Access;
  readonly endpoint: Endpoint;
  readonly accounts: Pick<Accounts, 'hasOwner'>;
  /** What is wrong between the collector and its proxies. */
  readonly proxyFaults: () => readonly ProxyFault[];
  readonly version: string;
  readonly address: Address;
  /** Where the script and the intake are, when their paths were renamed. */
  readonly paths: { readonly script: string; readonly intake: string };
  readonly geo: { readonly text: string; readonly url: string };
  readonly isReady: () => Promise<boolean>;
  readonly condition: () => Condition;
  readonly system: Pick<System, 'warnings'>;
}

/** What an owner must know of what was accepted and is not, or cannot be, in the statistics. */
const condition = z
  .strictObject({
    waiting: z.number().describe('Rows accepted and not stored yet.'),
    behind: z.number().describe('Seconds since the oldest of them was accepted; 0: none.'),
    rejected: z.number().describe('Segments that could not be stored and were set aside, to be put back.'),
    damaged: z
      .number()
      .describe(
        'Pieces of what was accepted that were damaged on the disk: they are in no number, and cannot be put back.',
      ),
    detached: z.number().describe('Damaged parts of tables that the engine set aside when it started.'),
    unreadable: z
      .number()
      .describe('Damaged parts of tables that are there: questions for them are not answered until somebody acts.'),
  })
  .meta({ id: 'Condition' });
export type Condition = z.output<typeof condition>;

/** What whoever owns everything is told wherever they look; the rest is said of each site, or beside the system's figures. */
const NOTICES: readonly Warning['code'][] = [
  'disk_almost_full',
  'disk_full_soon',
  'spool_filling',
  'backup_failed',
  'backup_old',
];

const status = z
  .strictObject({
    setup: z.boolean().describe('There is no owner yet.'),
    account: z.strictObject({ email: z.string() }).nullable(),
    version: z.string(),
    engine: z.enum(['ready', 'down']),
    keeping: condition.nullable().describe('Null to strangers.'),
    hints: z
      .array(z.enum(PROXY_FAULTS))
      .describe(
        'What an owner may have to set; none to strangers. By what beacons of late came with, visitors are counted as one: private_clients: they look private, a proxy is not in TRUSTED_PROXIES; unnamed_proxy: they have the addresses of a proxy or CDN that is not, or whose header is not in CLIENT_ADDRESS_HEADER; no_client_address: a trusted proxy does not say which client it stands for.',
      ),
    warnings: z
      .array(warningShape)
      .describe('Of disks and backups, to who owns everything, as far as it is known without asking the store.'),
    geo: z.strictObject({ attribution: z.string(), url: z.string() }).describe('Where places come from.'),
    script: z.strictObject({
      src: z.string().describe('Address of the script: below PUBLIC_URL, or as this request sees the host.'),
      endpoint: z.string().nullable().describe('What tags must name as data-to; null: nothing.'),
    }),
  })
  .meta({ id: 'Status' });

/** What is there and cannot be read is not to be set up anew: its damage is told by the rest of the status. */
const isUnowned = (accounts: StatusRoutesDeps['accounts']): boolean => {
  try {
    return !accounts.hasOwner;
  } catch (error) {
    if (error instanceof StoreError && error.damage !== null) return false;
    throw error;
  }
};

const noticesOf = (warnings: readonly Warning[]) => warnings.filter(({ code }) => NOTICES.includes(code)).map(answerOf);

/** What needs no account: whether there is one, and how this collector is doing. */
export const statusRoutes = (deps: StatusRoutesDeps) =>
  new Hono().get(
    '/status',
    deps.endpoint({
      tag: 'The collector',
      permission: 'anyone',
      summary: 'Tells how the collector is, and who asks',
      answers: { 200: status },
      example: {},
    }),
    async (c) => {
      const caller = deps.access.callerOf(c);
      const known = caller !== undefined;
      const ownsAll = known && mayOn(caller, EVERYWHERE, 'owner');
      const place = deps.address.of(c);
      return c.json({
        setup: isUnowned(deps.accounts),
        account: caller?.kind === 'account' ? { email: caller.account.email } : null,
        version: deps.version,
        engine: (await deps.isReady()) ? ('ready' as const) : ('down' as const),
        keeping: known ? deps.condition() : null,
        hints: known ? [...deps.proxyFaults()] : [],
        warnings: ownsAll ? noticesOf(deps.system.warnings()) : [],
        geo: { attribution: deps.geo.text, url: deps.geo.url },
        script: {
          src: place + deps.paths.script,
          endpoint: endpointFor(place, deps.paths.script, deps.paths.intake),
        },
      });
    },
  );
