import type { RequestListener } from 'node:http';
import { inject } from 'light-my-request';

/** Has a listener answer a request that came over no socket, from a client with this address. */
export const ask = async (
  listener: RequestListener,
  path: string,
  init: RequestInit = {},
  remoteAddress = '127.0.0.1',
): Promise<Response> => {
  const payload =
    init.body === undefined || init.body === null ? undefined : await new Response(init.body).arrayBuffer();
  const { statusCode, headers, rawPayload } = await inject(listener, {
    method: (init.method ?? 'GET') as 'GET',
    url: path,
    headers: Object.fromEntries(new Headers(init.headers)),
    ...(payload === undefined ? {} : { payload: Buffer.from(payload) }),
    remoteAddress,
  });
  const told = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.includes(name));
  return new Response(rawPayload.length > 0 ? new Uint8Array(rawPayload) : null, {
    status: statusCode,
    headers: told.flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, String(one)])),
  });
};

/** What Node adds by itself. */
const OF_THE_CONNECTION = ['connection', 'date', 'keep-alive', 'transfer-encoding'];
