import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, readlinkSync, statfsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { undergo } from '../durability/undergo.ts';
import { BUILT, type CollectorProcess, startCollectorProcess } from '../support/collector-process.ts';
import { SITE, type Stand } from '../support/stand.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const SECONDS = 6;
const NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups'];
/** Being another user takes root, and `setpriv` of util-linux. */
const canBeAnother = process.getuid?.() === 0 && spawnSync('setpriv', [...NOBODY, 'true']).status === 0;
const isLinux = process.platform === 'linux';
/** Gives a program a file system in memory of its own, as small as a stranger could make what is left of the machine's. */
const OWN_MEMORY = ['unshare', '-m', 'sh', '-c', 'mount -t tmpfs -o size=2m,mode=1777 none /dev/shm && exec "$0" "$@"'];
const canMount = canBeAnother && spawnSync('unshare', [...OWN_MEMORY.slice(1), 'true']).status === 0;

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

test.skipIf(!canMount)(
  'who fills the memory that all users share keeps nothing from being stored (not run without root, setpriv and mount)',
  { timeout: 90_000 },
  async () => {
    // What is in the memory that all share is hidden from this collector.
    const folder = temporaryFolder('/tmp');
    const [program = '', ...args] = [...OWN_MEMORY, ...BUILT];
    const collector = await startCollectorProcess(folder.path, { DEMO: '0', CLIENT_LIMIT: '0' }, [program, ...args]);
    let views = 0;
    const stored = async (): Promise<boolean> => {
      const [row] = (await collector.query({ site_id: SITE, metrics: ['pageviews'], date_range: 'day' })).results;
      return row?.metrics[0] === views;
    };
    try {
      await collector.api('POST', '/api/sites', { domain: SITE });
      fillMemoryOf(collector, 'fill');
      views += await view(collector);
      await until('what was counted is stored', 10_000, stored);

      process.kill(JSON.parse(readFileSync(join(folder.path, 'engine.json'), 'utf8')).engine.pid, 'SIGKILL');
      views += await view(collector);
      fillMemoryOf(collector, 'fill again');
      await until('the engine is back and stores', 30_000, () => stored().catch(() => false));
      expect(collector.output().stderr).not.toContain('does not start');
    } finally {
      await collector.end();
      folder.remove();
    }
  },
);

test.each([
  ['is closed to them', 0o777, 0o775, ''],
  ['is told of where it serves others too', 0o1777, 0o1777, 'other users can take away what is in DATA_DIR'],
])('a data folder that others could change %s', async (_what, before, after, said) => {
  const folder = temporaryFolder();
  chmodSync(folder.path, before);
  const collector = await startCollectorProcess(folder.path, { DEMO: '0' });
  expect(await collector.end()).toBe(0);
  expect(statSync(folder.path).mode & 0o7777).toBe(after);
  expect(collector.output().stderr.includes('DATA_DIR')).toBe(said !== '');
  expect(collector.output().stderr).toContain(said);
  folder.remove();
});

/** As nobody, in the memory that the collector sees. */
const fillMemoryOf = ({ process: { pid } }: CollectorProcess, name: string): void => {
  spawnSync('nsenter', [
    '-t',
    `${pid}`,
    '-m',
    'setpriv',
    ...NOBODY,
    'dd',
    'if=/dev/zero',
    `of=/dev/shm/${name}`,
    'bs=4k',
  ]);
  expect(statfsSync(`/proc/${pid}/root/dev/shm`).bavail).toBe(0);
};

/** Sends a view that is counted; resolves to how many that is. */
const view = async ({ url }: CollectorProcess): Promise<number> => {
  const { headers } = await fetch(`${url}/in`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    },
    body: JSON.stringify({ s: SITE, u: `https://${SITE}/`, i: [{ k: 'view' }] }),
  });
  return headers.get('passerby') === 'counted=1' ? 1 : Number.NaN;
};

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
