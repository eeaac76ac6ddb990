import type { InferResponseType } from 'hono/client';
import { client, json, until } from './client.ts';

const { system } = client.operator;

/** What the collector knows of its own size and health. Rejects with `ApiError`. */
export const systemApi = {
  state: (signal?: AbortSignal) => json(system.$get({}, until(signal))),
};

/** The same. */
export type SystemState = InferResponseType<typeof system.$get>;
/** Something to see to. */
export type Warning = SystemState['warnings'][number];
