import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../deploy/container/healthcheck.mjs', import.meta.url));

const servers: Server[] = [];
afterAll(() => servers.map((server) => server.close()));

/** A server at the address, whose `/healthz` has the status. */
const serverAt = async (host: string, status: number): Promise<string> => {
  const server = createServer((request, response) =>
    response.writeHead(request.url === '/healthz' ? status : 404).end(),
  );
  servers.push(server);
  await once(server.listen(0, host), 'listening');
  return String((server.address() as AddressInfo).port);
};

const check = async (env: Record<string, string>): Promise<number> => {
  const [code] = (await once(spawn(process.execPath, [PROGRAM], { env, stdio: 'inherit' }), 'exit')) as [number];
  return code;
};

test.each([
  ['127.0.0.1', '0.0.0.0'],
  ['127.0.0.1', ''],
  ['127.0.0.1', '::'],
  ['127.0.0.9', '127.0.0.9'],
])('finds a collector at %s that listens on "%s"', async (at, host) => {
  expect(await check({ PORT: await serverAt(at, 200), HOST: host })).toBe(0);
});

test('says what is not well', async () => {
  expect(await check({ PORT: await serverAt('127.0.0.1', 503) })).toBe(1);
  expect(await check({ PORT: '1' })).toBe(1);
});
