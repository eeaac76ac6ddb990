import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { listenOnSocket } from './listen-socket.ts';

const folder = mkdtempSync(join(tmpdir(), 'listen-'));
const path = join(folder, 'passerby.sock');
const servers: Server[] = [];

const begin = async (at = path): Promise<void> => {
  const server = createServer();
  servers.push(server);
  await listenOnSocket(server, at);
};
const end = async (): Promise<void> => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
};

/** As Linux writes it: `T`: it is stopped. */
const stateOf = (pid: number | undefined): string | undefined =>
  /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];

afterEach(async () => {
  await end();
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});

it('makes a socket for its user and group, and takes it away at the end', async () => {
  const mask = process.umask(0o077);
  const server = createServer();
  servers.push(server);
  const listening = listenOnSocket(server, path);
  // From the moment on at which it is there, and nothing else is made with these rights.
  const { mode } = lstatSync(path);
  expect(process.umask(mask)).toBe(0o077);
  await listening;
  expect([lstatSync(path).isSocket(), (mode & 0o777).toString(8)]).toEqual([true, '660']);
  await end();
  expect(readdirSync(folder)).toEqual([]);
});

it('replaces a socket that a killed process left', async () => {
  const program = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', program]);
  expect(lstatSync(path).isSocket()).toBe(true);
  await begin();
  expect(readdirSync(folder)).toEqual(['passerby.sock']);
});

it('leaves one alone that somebody listens on', async () => {
  await begin();
  const { ino } = lstatSync(path);
  await expect(begin()).rejects.toThrow(
    `Another process listens on ${path}: stop it, or choose another LISTEN_SOCKET.`,
  );
  expect([lstatSync(path).ino, readdirSync(folder)]).toEqual([ino, ['passerby.sock']]);
});

it('leaves one alone of a process that is too busy to let anybody in', async () => {
  // It listens, and lets nobody in for as long as it is stopped.
  const program = `require('net').createServer().listen({ path: ${JSON.stringify(path)}, backlog: 1 }, () => process.kill(process.pid, 'SIGSTOP'))`;
  const busy = spawn(process.execPath, ['-e', program]);
  await expect.poll(() => stateOf(busy.pid)).toBe('T');
  const callers = Array.from({ length: 4 }, () => connect(path).on('error', () => {}));
  await expect.poll(() => callers.some(({ destroyed }) => destroyed)).toBe(true);
  const { ino } = lstatSync(path);
  await expect(begin()).rejects.toThrow(`Another process listens on ${path}`);
  expect([lstatSync(path).ino, readdirSync(folder)]).toEqual([ino, ['passerby.sock']]);
  for (const caller of callers) caller.destroy();
  busy.kill('SIGKILL');
  await once(busy, 'close');
});

it.each([
  ['a file', () => writeFileSync(path, 'precious')],
  ['a folder', () => mkdirSync(path)],
  ['a link to nowhere', () => symlinkSync(join(folder, 'nowhere'), path)],
  ['a link to a file', () => symlinkSync(import.meta.filename, path)],
])('does not touch %s in its place', async (_, make) => {
  make();
  const { ino } = lstatSync(path);
  await expect(begin()).rejects.toThrow(`${path} is there and is no socket: move it away`);
  expect([lstatSync(path).ino, readdirSync(folder)]).toEqual([ino, ['passerby.sock']]);
});

it.each([
  ['missing/passerby.sock', 'its folder is not there'],
  ['file/passerby.sock', 'its folder is not there'],
])('says what is wrong with %s', async (name, said) => {
  writeFileSync(join(folder, 'file'), '');
  await expect(begin(join(folder, name))).rejects.toThrow(said);
});
