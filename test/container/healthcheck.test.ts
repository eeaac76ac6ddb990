import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { instructions } from './dockerfile.ts';

const PROGRAM = fileURLToPath(new URL('../../deploy/container/healthcheck', import.meta.url));

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
  const [code] = (await once(spawn(PROGRAM, { env, stdio: 'ignore' }), 'exit')) as [number];
  return code;
};

test.each([
  ['127.0.0.1', '0.0.0.0'],
  ['127.0.0.1', ''],
  ['127.0.0.1', '::'],
  ['127.0.0.9', '127.0.0.9'],
  ['127.0.0.1', 'localhost'],
  ['::1', '::1'],
])('finds a collector at %s that listens on "%s"', async (at, host) => {
  expect(await check({ PORT: await serverAt(at, 200), HOST: host })).toBe(0);
});

test('finds a collector that listens on a Unix socket, and no other', async () => {
  const { path: folder, remove } = temporaryFolder();
  const LISTEN_SOCKET = join(folder, 'p.sock');
  const env = { LISTEN_SOCKET, PATH: process.env.PATH ?? '', PORT: await serverAt('127.0.0.1', 200) };
  expect(await check(env)).toBe(1);
  let status = 200;
  const server = createServer((_, response) => response.writeHead(status).end());
  servers.push(server);
  await once(server.listen(LISTEN_SOCKET), 'listening');
  expect(await check(env)).toBe(0);
  status = 503;
  expect(await check(env)).toBe(1);
  server.close();
  remove();
});

test('takes no answer, and what is no answer, for none', async () => {
  for (const said of ['', 'SSH-2.0 200\r\n', 'HTTP/1.1 ', 'HTTP/1.1 2000 OK\r\n']) {
    const server = createTcpServer((socket) => socket.on('error', () => {}).end(said));
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    expect([said, await check({ PORT: String((server.address() as AddressInfo).port) })]).toEqual([said, 1]);
  }
});

test('is asked without a start of Node, and no more than twice a minute', () => {
  expect(readFileSync(PROGRAM, 'utf8')).toMatch(/^#!\/bin\/bash\n/);
  const [image = ''] = instructions('HEALTHCHECK');
  expect(image).toMatch(/ CMD \["healthcheck"\]$/);
  expect(Number(/--interval=(\d+)s/.exec(image)?.[1])).toBeGreaterThanOrEqual(30);
});

test('says what is not well', async () => {
  expect(await check({ PORT: await serverAt('127.0.0.1', 503) })).toBe(1);
  expect(await check({ PORT: '1' })).toBe(1);
});
