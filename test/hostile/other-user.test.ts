import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { undergo } from '../durability/undergo.ts';
import type { Stand } from '../support/stand.ts';

const SECONDS = 6;
const NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups'];
/** Being another user takes root, and `setpriv` of util-linux. */
const canBeAnother = process.getuid?.() === 0 && spawnSync('setpriv', [...NOBODY, 'true']).status === 0;
const isLinux = process.platform === 'linux';

interface Note {
  readonly engine: { readonly pid: number } | null;
  readonly scratchDir: string;
}

const noteOf = ({ dataDir }: Stand): Note | null => {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as Note;
  } catch {
    // It is being written.
    return null;
  }
};

/** Ports of TCP that a process listens on. */
const portsOf = (pid: number): number[] => {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      } catch {
        // Closed meanwhile.
        return undefined;
      }
    }),
  );
  const LISTENING = /^\s*\d+: \w+:(\w+) \w+:\w+ 0A (?:\S+\s+){5}(\d+)/gm;
  return ['tcp', 'tcp6'].flatMap((kind) =>
    [...readFileSync(`/proc/net/${kind}`, 'utf8').matchAll(LISTENING)]
      .filter(([, , inode]) => inodes.has(inode))
      .map(([, port = '']) => Number.parseInt(port, 16)),
  );
};

/** Runs `attack.mjs` as nobody; resolves to what it succeeded in. */
const attack = async (places: object): Promise<unknown> => {
  // By its standard input: the user may not be able to read this folder.
  const child = spawn('setpriv', [...NOBODY, process.execPath, '--input-type=module', '-'], {
    env: { ATTACK: JSON.stringify(places) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(readFileSync(fileURLToPath(new URL('attack.mjs', import.meta.url))));
  return JSON.parse(await text(child.stdout));
};

describe('another user of the machine', () => {
  test.skipIf(!canBeAnother)(
    'reads nothing, stops nothing and makes nothing vanish (not run without root and setpriv)',
    { timeout: 90_000 },
    async () => {
      await undergo('attacked by another user', {
        strike: async (stand) => {
          const before = noteOf(stand);
          const { collector, engine } = stand.pids();
          const scratchDir = before?.scratchDir ?? '';
          expect(portsOf(engine)).toEqual([]);
          expect(portsOf(collector)).toEqual([Number(new URL(stand.url() ?? '').port)]);
          const sockets = [join(scratchDir, 'engine.sock'), join(stand.dataDir, 'collector.sock')];
          expect(sockets.map((path) => existsSync(path))).toEqual([true, true]);
          const succeeded = await attack({
            folders: [stand.dataDir, scratchDir, join(stand.dataDir, 'engine'), join(stand.dataDir, 'spool')],
            files: ['operator.json', 'engine.json']
              .map((name) => join(stand.dataDir, name))
              .concat(join(scratchDir, 'engine.xml')),
            sockets,
            ports: portsOf(engine),
            pids: [collector, engine],
            seconds: SECONDS,
          });
          expect(succeeded).toEqual({ read: [], changed: [], reached: [], taken: [], stopped: [] });
          expect(noteOf(stand)).toEqual(before);
          for (const pid of [collector, engine])
            expect(readFileSync(`/proc/${pid}/coredump_filter`, 'utf8').trim()).toBe('00000000');
        },
      });
    },
  );
});

/** A server that says that all is well to whatever it is asked, at each place where the engine is to be. */
const standIn = async (stand: Stand, seconds: number): Promise<number> => {
  const taken = new Map<string, Server>();
  let asked = 0;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(5)) {
    const scratchDir = noteOf(stand)?.scratchDir;
    if (!scratchDir || taken.has(scratchDir)) continue;
    const server = createServer((request, response) => {
      asked++;
      request.resume().once('end', () => response.end());
    });
    server.on('error', () => {});
    taken.set(scratchDir, server.listen(join(scratchDir, 'engine.sock')));
  }
  for (const server of taken.values()) {
    server.close();
    server.closeAllConnections();
  }
  return asked;
};

test.skipIf(!isLinux)(
  'who takes the place of the engine and calls everything stored is not believed',
  { timeout: 120_000 },
  async () => {
    await undergo('a stranger in the place of the engine', {
      strike: async (stand) => {
        process.kill(stand.pids().engine, 'SIGKILL');
        expect(await standIn(stand, SECONDS)).toBeGreaterThan(0);
      },
    });
  },
);
