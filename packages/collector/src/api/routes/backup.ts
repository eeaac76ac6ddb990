import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Backups } from '../../backup/backup.ts';
import type { BackupSchedule } from '../../backup/schedule.ts';
import { errorOf, type Log } from '../../lib/logger.ts';
import { elapsed } from '../../lib/system.ts';
import { goesOn } from '../../server/connection-limits.ts';
import type { Endpoint } from '../endpoint.ts';

/** What {@link backupRoutes} need. */
export interface BackupRoutesDeps {
  readonly endpoint: Endpoint;
  readonly backups: Pick<Backups, 'begin'>;
  readonly backupSchedule: Pick<BackupSchedule, 'note'>;
  readonly log: Log;
}

/**
 * A backup, as it is read, for who runs the collector. Once it has begun an error can only cut it off,
 * which its reader sees.
 */
export const backupRoutes = ({ endpoint, backups, backupSchedule, log }: BackupRoutesDeps) =>
  new Hono<{ Bindings: HttpBindings }>().post(
    '/operator/backup',
    endpoint({
      tag: 'The collector',
      permission: 'operator',
      summary: 'Streams a backup: passerby backup',
      answers: {
        200: 'application/octet-stream',
        409: 'Another one is under way, the store does not come to rest, or it is a cluster.',
      },
    }),
    async (c) => {
      const begun = elapsed();
      const { bytes, end } = await backups.begin();
      const { outgoing } = c.env;
      const note = (written: number, error: unknown): Promise<void> =>
        backupSchedule.note({ tookMs: elapsed() - begun, bytes: written, error });
      const left = (error: Error): void =>
        log.info('copies made for a backup are left to the next start', { error: errorOf(error) });
      const whole = bytes(() => goesOn(outgoing));
      let isOver = false;
      const read = async function* () {
        let written = 0;
        try {
          for await (const chunk of whole) {
            written += chunk.length;
            yield chunk;
          }
          isOver = true;
          await note(written, null);
        } catch (error) {
          isOver = true;
          log.warn('a backup was broken off', { error: errorOf(error) });
          await note(written, error);
          // Before the end that an answer has which is complete. The error itself would be printed with its stack.
          outgoing.destroy();
        }
      };
      const stream = Readable.from(read(), { objectMode: false });
      stream.once('close', () => {
        // Nothing is wrong with the store then.
        if (!isOver) log.info('a backup is left off: its reader has gone, or the collector ends');
        void end().catch(left);
      });
      outgoing.once('close', () => stream.destroy());
      return c.body(Readable.toWeb(stream) as ReadableStream, 200, { 'content-type': 'application/octet-stream' });
    },
  );
