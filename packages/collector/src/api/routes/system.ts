import { Hono } from 'hono';
import { z } from 'zod';
import { PROXY_FAULTS } from '../../lib/proxy-fault.ts';
import { TABLES } from '../../store/tables.ts';
import type { System, SystemState } from '../../system/system.ts';
import type { Warning } from '../../system/warnings.ts';
import type { Endpoint } from '../endpoint.ts';

/** What {@link systemRoutes} need. */
export interface SystemRoutesDeps {
  readonly endpoint: Endpoint;
  readonly system: Pick<System, 'state' | 'warnings'>;
}

const moment = z.iso.datetime();
const space = z.strictObject({ free: z.number(), total: z.number() }).describe('In bytes.');

const level = z.enum(['bad', 'warn', 'info']);
const warned = <C extends Warning['code'], S extends z.ZodRawShape>(code: C, facts: S) =>
  z.strictObject({ code: z.literal(code), level, ...facts });

/** What is warned of; a closed list. */
export const warningShape = z
  .discriminatedUnion('code', [
    warned('disk_almost_full', {
      of: z.enum(['data', 'spool', 'backups']).describe('What lies on it.'),
      free: z.number(),
      total: z.number(),
    }),
    warned('disk_full_soon', { at: moment }),
    warned('damage', {
      detached: z.number().describe('Parts of tables that the engine set aside.'),
      unreadable: z.number().describe('Parts of tables that are there and cannot be read.'),
      pieces: z.number().describe('Pieces of what waited for the store.'),
    }),
    warned('set_aside', { segments: z.number() }),
    warned('spool_filling', { bytes: z.number(), most: z.number() }),
    warned('behind', { seconds: z.number() }),
    warned('backup_failed', { at: moment, error: z.string().nullable() }),
    warned('backup_old', { at: moment.nullable().describe('The last one that succeeded.') }),
    warned('no_backup', {}),
    z.strictObject({ code: z.enum(PROXY_FAULTS), level }),
  ])
  .meta({ id: 'Warning' });
export type WarningAnswer = z.output<typeof warningShape>;

const iso = (ms: number): string => new Date(ms).toISOString();

/** A warning with its moments as the API writes them. */
export const answerOf = (warning: Warning): WarningAnswer => {
  if (!('at' in warning)) return warning;
  return { ...warning, at: warning.at === null ? null : iso(warning.at) } as WarningAnswer;
};

const shape = z
  .strictObject({
    version: z.string(),
    startedAt: moment,
    dataDir: z.string(),
    data: z
      .strictObject({
        at: moment.describe('When it was measured: within the last minute, if the store answers.'),
        rows: z.number(),
        bytes: z.number(),
        tables: z.array(
          z.strictObject({
            name: z.enum(TABLES),
            rows: z.number(),
            bytes: z.number(),
            parts: z.number(),
            oldest: z.iso.date().nullable().describe('The first day of its rows.'),
          }),
        ),
        bytesADay: z
          .number()
          .nullable()
          .describe('Expected for the next 30 days, less what is no longer kept; null: less than a day of data.'),
        days: z.number().nullable().describe('How many days, up to 28, it is worked out from.'),
      })
      .nullable()
      .describe('Of a cluster one copy of each shard. Null: the store has not answered yet.'),
    disk: space.nullable().describe('Where the data are. Null: not known, as of a cluster.'),
    full: z.strictObject({
      at: z.iso.date().nullable().describe('When the disk is full at this growth; null: not within five years.'),
    }),
    spool: z.strictObject({
      rows: z.number().describe('Accepted and not stored yet.'),
      bytes: z.number(),
      most: z.number().describe('Bytes that may wait: SPOOL_MAX.'),
      behind: z.number().describe('Seconds since the oldest was accepted.'),
      rejected: z.number(),
      damaged: z.number(),
    }),
    damage: z.strictObject({ detached: z.number(), unreadable: z.number() }),
    backup: z.strictObject({
      dir: z.string().nullable().describe('BACKUP_DIR.'),
      every: z.array(z.string()).describe('Times of the day, in UTC.'),
      kept: z.number(),
      last: z
        .strictObject({
          at: moment,
          ok: z.boolean(),
          file: z.string().nullable(),
          bytes: z.number().nullable(),
          tookMs: z.number(),
          error: z.string().nullable(),
        })
        .nullable(),
      lastGood: moment.nullable(),
      next: moment.nullable(),
      failures: z.number().describe('Since the collector was started.'),
      isUnderWay: z.boolean(),
    }),
    engine: z.strictObject({
      kind: z.enum(['embedded', 'server', 'cluster']),
      version: z.string().nullable().describe('Of ClickHouse.'),
      restarts: z.number().describe('Of the embedded engine, since the collector was started.'),
    }),
    warnings: z.array(warningShape).describe('The worst first.'),
  })
  .meta({ id: 'System' });

const systemAnswer = ({ startedAt, data, full, backup, ...state }: SystemState): z.output<typeof shape> => ({
  ...state,
  startedAt: iso(startedAt),
  data: data && { ...data, at: iso(data.at), tables: [...data.tables] },
  full: { at: full === null ? null : iso(full).slice(0, 10) },
  backup: { ...backup, every: [...backup.every] },
  warnings: state.warnings.map(answerOf),
});

/** What the collector knows of its own size and health. */
export const systemRoutes = ({ endpoint, system }: SystemRoutesDeps) =>
  new Hono().get(
    '/operator/system',
    endpoint({
      tag: 'The collector',
      permission: 'owner everywhere',
      summary: 'Tells how large the data are, how much room there is, and how the collector is: passerby status',
      answers: { 200: shape },
      example: {},
    }),
    async (c) => c.json(systemAnswer(await system.state())),
  );
