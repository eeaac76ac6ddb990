import { PassThrough, Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Doctor } from '../../doctor/doctor.ts';
import { errorOf, type Log } from '../../lib/logger.ts';
import { goesOn } from '../../server/connection-limits.ts';
import type { Endpoint } from '../endpoint.ts';

/** What {@link doctorRoutes} need. */
export interface DoctorRoutesDeps {
  readonly endpoint: Endpoint;
  readonly doctor: Doctor;
  readonly log: Log;
}

/** Looks over the collector and what it has stored, for who runs it: what is found comes as it is found. */
export const doctorRoutes = ({ endpoint, doctor, log }: DoctorRoutesDeps) =>
  new Hono<{ Bindings: HttpBindings }>().post(
    '/operator/doctor',
    endpoint({
      tag: 'The collector',
      permission: 'operator',
      summary: 'Looks for what is wrong with the collector and what it has stored: passerby doctor',
      note: 'A line of JSON a step: `{"doing":"…"}`, `{"finding":{"name","state","says","do"}}`, and at the end `{"done":true}`. It ends when nobody reads it any more.',
      answers: { 200: 'application/x-ndjson', 409: 'Another one is under way.' },
    }),
    (c) => {
      const { outgoing } = c.env;
      const leaving = new AbortController();
      const examination = doctor.begin(leaving.signal);
      const lines = new PassThrough();
      outgoing.once('close', () => {
        leaving.abort();
        lines.destroy();
      });
      const write = (line: unknown): void => {
        goesOn(outgoing);
        if (!lines.destroyed) lines.write(`${JSON.stringify(line)}\n`);
      };
      examination(write)
        .then(() => write({ done: true }))
        .catch((error: unknown) => {
          if (!leaving.signal.aborted) log.warn('an examination was broken off', { error: errorOf(error) });
        })
        .finally(() => lines.end());
      return c.body(Readable.toWeb(lines) as ReadableStream, 200, { 'content-type': 'application/x-ndjson' });
    },
  );
