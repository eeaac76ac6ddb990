import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
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

afterEach(async () => {
  await end();
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});

it('makes a socket for its user and group, and takes it away at the end', async () => {
  await begin();
  const { mode } = lstatSync(path);
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
