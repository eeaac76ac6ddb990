/**
 * `npm run bench:little -- --seconds 600 --rate 1 --idle 600`: what a small site costs the machine. A collector as it is
 * installed, on a fresh folder, gets a hit a second on three sites; then nothing; then hits again while a dashboard looks.
 * Prints for each what collector and engine wrote to the disk (`write_bytes` of `/proc/PID/io`), the processor time of both, how
 * many files the folder had at the peak and at the end, and after how long a hit was in an answer. Needs Linux, a build
 * (`npm start` makes one; `--of DIR`: of another folder of the collector), and a folder for temporary files on a real disk: nothing that is written to memory is counted.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { REAL_AGENT } from '../test/support/agent.ts';
import { largestChildOf, startServer, stopServer, usage } from './process.ts';
import { median } from './questions/ask.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    rate: { type: 'string', default: '1' },
    idle: { type: 'string' },
    port: { type: 'string', default: '4394' },
    of: { type: 'string', default: fileURLToPath(new URL('../packages/collector', import.meta.url)) },
  },
});
const SECONDS = Number(values.seconds);
const RATE = Number(values.rate);
const IDLE_SECONDS = Number(values.idle ?? values.seconds);
const URL_ = `http://127.0.0.1:${values.port}`;
const OWNER = randomBytes(16).toString('hex');
const SITES = ['one.example', 'two.example', 'three.example'] as const;
const PAGES = 40;
/** A browser sends so many hits before another one comes. */
const HITS_A_BROWSER = 4;
/** What the start and a look leave to be written is over by then, also what waits for the disk. */
const SETTLE_MS = 45_000;
const LOOKS = 20;
const LOOK_MS = 100;
const FILES_MS = 1000;

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

const api = (path: string, body: unknown): Promise<Response> =>
  fetch(URL_ + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${OWNER}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

let sent = 0;

/** Sends the next hit: mostly a view, now and then an event, of a browser that looks at some pages of a site. */
const hit = async (path = `/page-${(sent * 7) % PAGES}`): Promise<void> => {
  const browser = Math.floor(sent / HITS_A_BROWSER);
  const site = SITES[browser % SITES.length];
  const item = sent % 10 === 9 ? { k: 'event', n: 'signup' } : { k: 'view' };
  sent += 1;
  const response = await fetch(`${URL_}/in`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain',
      'user-agent': REAL_AGENT.replace('143', String(120 + (browser % 24))),
      'x-forwarded-for': `203.${browser % 250}.${Math.floor(browser / 250) % 250}.7`,
    },
    body: JSON.stringify({
      b: randomBytes(12).toString('base64url'),
      s: site,
      u: `https://${site}${path}`,
      t: `Page ${path}`,
      ...(browser % 3 === 0 && { r: 'https://www.google.com/' }),
      i: [item],
    }),
  });
  const became = response.headers.get('passerby') ?? '';
  if (!became.includes('counted=1')) throw new Error(`a hit was answered ${response.status} ${became}`);
};

/** Bytes that a process caused to be written to a disk so far. */
const writtenBy = (pid: number): number =>
  Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);

const countFiles = (dir: string): number =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

/** The engine deletes files while they are counted. */
const filesIn = (dir: string): number => {
  for (;;) {
    try {
      return countFiles(dir);
    } catch {
      // A folder went: once more.
    }
  }
};

/** The processes and the folder that are watched. */
interface Watched {
  readonly collector: number;
  readonly engine: number;
  readonly dataDir: string;
}

/** A row of the table. */
type Row = Record<string, string | number>;

const tableOf = (rows: readonly Row[]): string => {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => String(row[name])))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n');
};

/** Does something for some seconds and says what it cost. */
const measured = async (
  name: string,
  { collector, engine, dataDir }: Watched,
  job: () => Promise<void>,
): Promise<Row> => {
  const state = () => ({
    at: performance.now(),
    written: [writtenBy(collector), writtenBy(engine)] as const,
    cpu: [usage(collector).cpuUs, usage(engine).cpuUs] as const,
  });
  let most = 0;
  const counting = setInterval(() => {
    most = Math.max(most, filesIn(dataDir));
  }, FILES_MS);
  const [before, hitsBefore] = [state(), sent];
  await job();
  const after = state();
  clearInterval(counting);
  const seconds = (after.at - before.at) / 1000;
  const hits = sent - hitsBefore;
  const bytes = after.written.map((value, index) => value - (before.written[index] ?? 0));
  const cpu = after.cpu.map((value, index) => (value - (before.cpu[index] ?? 0)) / 1e4 / seconds);
  const [mine = 0, its = 0] = bytes;
  return {
    phase: name,
    seconds: Math.round(seconds),
    hits,
    'collector kB': (mine / 1000).toFixed(0),
    'engine kB': (its / 1000).toFixed(0),
    'kB a hit': hits === 0 ? '' : ((mine + its) / 1000 / hits).toFixed(1),
    'collector %': cpu[0]?.toFixed(2) ?? '',
    'engine %': cpu[1]?.toFixed(2) ?? '',
    'files, most': most,
    'files, end': filesIn(dataDir),
  };
};

const traffic = async (seconds: number): Promise<void> => {
  const begun = performance.now();
  for (let index = 0; index < seconds * RATE; index++) {
    await hit();
    await sleep(Math.max(0, begun + ((index + 1) * 1000) / RATE - performance.now()));
  }
};

const viewsOf = async (site: string, path: string): Promise<number> => {
  const response = await api('/api/query', {
    site_id: site,
    metrics: ['events', 'pageviews'],
    date_range: 'day',
    filters: [['is', 'event:page', [path]]],
  });
  if (!response.ok) throw new Error(`a question was answered ${response.status}: ${await response.text()}`);
  const { results } = (await response.json()) as { results: readonly { metrics: readonly number[] }[] };
  return (results[0]?.metrics ?? []).reduce((sum, value) => sum + value, 0);
};

/** Milliseconds until a hit is in an answer, while a dashboard asks again and again. */
const untilSeen = async (): Promise<number> => {
  const path = `/seen-${randomBytes(6).toString('hex')}`;
  const site = SITES[Math.floor(sent / HITS_A_BROWSER) % SITES.length] ?? '';
  const begun = performance.now();
  await hit(path);
  while ((await viewsOf(site, path)) === 0) await sleep(LOOK_MS);
  return performance.now() - begun;
};

const main = async (): Promise<void> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'passerby-bench-'));
  const server = await startServer(
    [join(values.of, 'dist/main.js')],
    { PORT: values.port, DATA_DIR: dataDir, TRUSTED_PROXIES: '127.0.0.1/32', OWNER_TOKEN: OWNER },
    `${URL_}/readyz`,
  );
  try {
    for (const domain of SITES) {
      const made = await api('/api/sites', { domain });
      if (!made.ok) throw new Error(`no site: ${await made.text()}`);
    }
    const watched = { collector: server.pid, engine: largestChildOf(server.pid), dataDir };
    if (writtenBy(watched.engine) === 0) throw new Error('TMPDIR is in memory: what is written there is not counted');
    await sleep(SETTLE_MS);
    const rows = [await measured('nobody looks', watched, () => traffic(SECONDS))];
    await sleep(SETTLE_MS);
    if (IDLE_SECONDS > 0) rows.push(await measured('idle', watched, () => sleep(IDLE_SECONDS * 1000)));
    await hit('/first');
    const first = await untilSeen();
    const seen: number[] = [];
    rows.push(
      await measured('a dashboard looks', watched, async () => {
        while (seen.length < LOOKS) seen.push(await untilSeen());
      }),
    );
    print(tableOf(rows));
    print(
      `a hit is in an answer after ${median(seen).toFixed(0)} ms, at most ${Math.max(...seen).toFixed(0)}; the first after the quiet ${first.toFixed(0)}`,
    );
  } finally {
    await stopServer(server);
    rmSync(dataDir, { recursive: true, force: true });
  }
};

await main();
