/**
 * What another user of the machine can try against a collector, whose places it is told as if it had found them out.
 * Reads `{ folders, files, pids, seconds }` from `ATTACK` and writes what it succeeded in, as JSON.
 */
import { chmodSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';

const { folders, files, sockets, ports, pids, seconds } = JSON.parse(process.env.ATTACK);
const succeeded = { read: new Set(), changed: new Set(), reached: new Set(), taken: new Set(), stopped: new Set() };

const attempt = (kind, what, job) => {
  try {
    job();
    succeeded[kind].add(what);
  } catch {
    // As it should be.
  }
};

const read = () => {
  for (const folder of folders) attempt('read', folder, () => readdirSync(folder));
  for (const file of files) attempt('read', file, () => readFileSync(file));
  for (const pid of pids)
    for (const name of ['environ', 'mem', 'maps', 'fd', 'cwd', 'root'])
      attempt('read', `/proc/${pid}/${name}`, () => {
        if (name === 'fd') readdirSync(`/proc/${pid}/fd`);
        else if (name === 'cwd' || name === 'root') readdirSync(`/proc/${pid}/${name}/`);
        else readFileSync(`/proc/${pid}/${name}`, { flag: 'r' }).subarray(0, 1);
      });
};

const change = () => {
  for (const folder of folders) {
    attempt('changed', folder, () => writeFileSync(join(folder, 'stranger'), 'x'));
    attempt('changed', folder, () => chmodSync(folder, 0o777));
    attempt('changed', folder, () => renameSync(folder, `${folder}-aside`));
    attempt('changed', folder, () => rmSync(folder, { recursive: true }));
  }
  for (const file of files) attempt('changed', file, () => linkSync(file, join('/dev/shm', `stranger-${process.pid}`)));
  for (const pid of pids) attempt('stopped', pid, () => process.kill(pid, 'SIGSTOP'));
};

/** Asks without pause; says that it reached something when it was answered anything. */
const ask = (target, name) =>
  new Promise((resolve) => {
    const caller = connect(target, () => {
      succeeded.reached.add(name);
      caller.write('GET /ping HTTP/1.1\r\nhost: a\r\n\r\n');
    });
    caller.once('data', () => caller.destroy());
    caller.once('error', () => {});
    caller.once('close', resolve);
    caller.setTimeout(500, () => caller.destroy());
  });

const take = (path) =>
  new Promise((resolve) => {
    attempt('taken', dirname(path), () => mkdirSync(dirname(path)));
    const server = createServer((caller) => caller.destroy());
    server
      .once('error', () => resolve())
      .listen(path, () => {
        succeeded.taken.add(path);
        server.close(() => resolve());
      });
  });

const end = Date.now() + seconds * 1000;
const forever = async (job) => {
  while (Date.now() < end) {
    await job();
    await new Promise((resolve) => setImmediate(resolve));
  }
};

read();
change();
await Promise.all([
  ...Array.from({ length: 64 }, (_, i) =>
    forever(async () => {
      for (const path of sockets) await ask({ path }, path);
      for (const port of ports) await ask({ port, host: '127.0.0.1' }, port);
      if (i === 0) for (const path of sockets) await take(path);
    }),
  ),
]);
process.stdout.write(
  JSON.stringify(Object.fromEntries(Object.entries(succeeded).map(([kind, set]) => [kind, [...set]]))),
);
