import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { BackupUnderWay } from '../../backup/backup.ts';
import { errorOf, type Log } from '../../lib/logger.ts';
import { goesOn } from '../../server/connection-limits.ts';
import type { Endpoint } from '../endpoint.ts';

/** What {@link backupRoutes} need. */
export interface BackupRoutesDeps {
  readonly endpoint: Endpoint;
  readonly backup: () => Promise<BackupUnderWay>;
  readonly log: Log;
}

/**
 * A backup, as it is read, for who runs the collector. Once it has begun an error can only cut it off,
 * which its reader sees.
 */
export const backupRoutes = ({ endpoint, backup, log }: BackupRoutesDeps) =>
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
      const { bytes, end } = await backup();
      const { outgoing } = c.env;
      const failed = (error: unknown): void => log.warn('a backup was broken off', { error: errorOf(error) });
      const left = (error: Error): void =>
        log.info('copies made for a backup are left to the next start', { error: errorOf(error) });
      const whole = bytes(() => goesOn(outgoing));
      const read = async function* () {
        try {
          yield* whole;
        } catch (error) {
          failed(error);
          // Before the end that an answer has which is complete. The error itself would be printed with its stack.
          outgoing.destroy();
        }
      };
      const stream = Readable.from(read(), { objectMode: false });
      stream.once('close', () => void end().catch(left));
      outgoing.once('close', () => stream.destroy());
      return c.body(Readable.toWeb(stream) as ReadableStream, 200, { 'content-type': 'application/octet-stream' });
    },
  );
