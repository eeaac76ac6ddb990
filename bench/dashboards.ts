/**
 * `npm run bench:dashboards -- --data DIR`: 20 dashboards are opened at once on a collector as it is installed, each by a token
 * of its own, while a hit comes every 50 ms: first on 20 sites, unfiltered and by page, then all on the site with a tenth of the
 * hits, each by another page, so that none gets the answer of another. Prints how long the slowest waited, what was refused, the
 * intake's times beside those of a quiet time, how far storing was behind, and after how long a hit was in an answer. The folder is one that
 * `npm run bench:fill` made; it gets sites and hits. Needs Linux and a build (`npm start` makes one).
 */
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Filter } from '../packages/collector/src/query/stats/query.ts';
import { REAL_AGENT } from '../test/support/agent.ts';
import { childrenOf, startServer, stopServer, usage } from './process.ts';
import { median } from './questions/ask.ts';
import { dayAfter, lastDayOf, openFilledStore, siteOf } from './questions/filled-store.ts';
import { CHOSEN, type Chosen, pageQuestions } from './questions/page.ts';
import { SITES } from './questions/rows.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(tmpdir(), 'passerby-scale', '10') },
    port: { type: 'string', default: '4393' },
  },
});
const URL_ = `http://127.0.0.1:${values.port}`;
const OWNER = randomBytes(16).toString('hex');
const DASHBOARDS = 20;
const RANGE_DAYS = 28;
const HIT_MS = 50;
const PROBE_MS = 1000;
const LOOK_MS = 100;
const QUIET_MS = 10_000;
/** The site that is written to; nobody else asks for it. */
const PROBED = 'hundredth-99';

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

/** Makes the collector know the sites that there are hits of. */
const addSites = async (): Promise<void> => {
  const { store, close } = await openFilledStore(values.data);
  try {
    const known = await store.query<{ id: string }>(`SELECT id FROM config WHERE kind = 'site'`);
    for (const id of SITES.filter((site) => !known.some((one) => one.id === site)))
      await store.command(
        `INSERT INTO config (kind, id, version, body, deleted) SELECT 'site', {id:String}, 1, {body:String}, 0`,
        { id, body: JSON.stringify(siteOf(id)) },
      );
  } finally {
    await close();
  }
};

const post = (path: string, token: string, body: unknown): Promise<Response> =>
  fetch(URL_ + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Hits are taken before the sites and tokens are read: it is tried until then. */
const makeToken = async (site: string): Promise<string> => {
  const made = await post('/api/tokens', OWNER, { name: site, scope: 'read', sites: [`${site}.example`] });
  if (made.status === 503) {
    await sleep(PROBE_MS);
    return makeToken(site);
  }
  if (!made.ok) throw new Error(`no token: ${await made.text()}`);
  return ((await made.json()) as { token: string }).token;
};

/** Who looks at what. */
interface Dashboard {
  readonly site: string;
  readonly chosen: Chosen;
}

/** What a dashboard waited for the whole page, and how many of its questions were not answered. */
interface Opened {
  readonly ms: number;
  readonly failed: number;
}

const open = async ({ site, chosen }: Dashboard): Promise<Opened> => {
  const token = await makeToken(site);
  const lastDay = lastDayOf(values.data);
  const questions = pageQuestions(chosen)
    .filter(({ isOpen }) => isOpen)
    .map(({ question }) => ({
      ...question,
      site_id: `${site}.example`,
      date_range: [dayAfter(lastDay, 1 - RANGE_DAYS), lastDay],
    }));
  const begun = performance.now();
  const response = await post('/api/query', token, { questions });
  if (!response.ok) throw new Error(`a dashboard was answered ${response.status}: ${await response.text()}`);
  const { answers } = (await response.json()) as { answers: readonly object[] };
  return { ms: performance.now() - begun, failed: answers.filter((answer) => 'error' in answer).length };
};

let sent = 0;

/** Milliseconds until it was taken. */
const hit = async (path: string): Promise<number> => {
  sent += 1;
  const begun = performance.now();
  const response = await fetch(`${URL_}/in`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain',
      'user-agent': REAL_AGENT,
      'x-forwarded-for': `203.${sent % 250}.${Math.floor(sent / 250) % 250}.7`,
    },
    body: JSON.stringify({
      b: randomBytes(12).toString('base64url'),
      s: `${PROBED}.example`,
      u: `https://${PROBED}.example${path}`,
      i: [{ k: 'view' }],
    }),
  });
  if (response.status !== 202) throw new Error(`a hit was answered ${response.status}`);
  await response.arrayBuffer();
  return performance.now() - begun;
};

/** Milliseconds from a hit until it is in an answer. */
const untilSeen = async (token: string): Promise<number> => {
  const path = `/probe-${randomBytes(6).toString('hex')}`;
  const filters: Filter[] = [['is', 'event:page', [path]]];
  const begun = performance.now();
  await hit(path);
  for (;;) {
    const question = { site_id: `${PROBED}.example`, metrics: ['pageviews'], date_range: 'day', filters };
    const response = await post('/api/query', token, question);
    const { results } = (await response.json()) as { results?: readonly { metrics: readonly number[] }[] };
    if (results?.[0]?.metrics[0] === 1) return performance.now() - begun;
    await sleep(LOOK_MS);
  }
};

const secondsBehind = async (): Promise<number> => {
  const response = await fetch(`${URL_}/api/status`, { headers: { authorization: `Bearer ${OWNER}` } });
  return ((await response.json()) as { keeping: { behind: number } }).keeping.behind;
};

/** What was measured while something went on. */
interface Meanwhile {
  /** Seconds by which the collector says that storing is behind. */
  readonly behind: number[];
  readonly intake: number[];
  readonly seen: number[];
}

/** Sends hits, and looks for some of them, until something is over. */
const during = async (probe: string, until: Promise<unknown>): Promise<Meanwhile> => {
  let isOver = false;
  void until.finally(() => {
    isOver = true;
  });
  const [intake, seen, behind, underWay]: [number[], number[], number[], Promise<unknown>[]] = [[], [], [], []];
  const hits = async (): Promise<void> => {
    for (let next = performance.now(); !isOver; next += HIT_MS) {
      // One after the other would send fewer to a collector that is slow.
      underWay.push(hit(`/page-${sent % 100}`).then((ms) => intake.push(ms)));
      await sleep(Math.max(0, next + HIT_MS - performance.now()));
    }
  };
  const probes = async (): Promise<void> => {
    do {
      seen.push(await untilSeen(probe));
      if (!isOver) await sleep(PROBE_MS);
    } while (!isOver);
  };
  const looks = async (): Promise<void> => {
    for (; !isOver; await sleep(LOOK_MS)) behind.push(await secondsBehind());
  };
  await Promise.all([hits(), probes(), looks()]);
  await Promise.all(underWay);
  return { intake, seen, behind };
};

const p95 = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * 0.95)] ?? Number.NaN;

const written = ({ intake, seen, behind }: Meanwhile): string =>
  `intake ${median(intake).toFixed(1)} ms, p95 ${p95(intake).toFixed(1)}, most ${Math.max(...intake).toFixed(0)}; ` +
  `storing ${Math.max(...behind)} s behind at most; seen after ${median(seen).toFixed(0)} ms, at most ${Math.max(...seen).toFixed(0)}`;

/** By another page each. */
const byPage = (page: string): Chosen => ({
  name: 'page',
  filters: [['is', 'event:page', [page]]],
  where: 'true',
  page,
});

const OF_ALL: readonly Chosen[] = CHOSEN.filter(({ name }) => name !== 'country');
const ROUNDS: readonly (readonly [string, (index: number) => Dashboard])[] = [
  ...OF_ALL.map(
    (chosen) => [`20 sites, ${chosen.name}`, (index: number) => ({ site: SITES[index] ?? '', chosen })] as const,
  ),
  ['the tenth, none', () => ({ site: 'tenth', chosen: OF_ALL[0] as Chosen })],
  ['the tenth, 20 pages', (index) => ({ site: 'tenth', chosen: byPage(`/page-${index + 1}`) })],
];

const main = async (): Promise<void> => {
  await addSites();
  const entry = fileURLToPath(new URL('../packages/collector/dist/main.js', import.meta.url));
  const collector = await startServer(
    [entry],
    {
      PORT: values.port,
      DATA_DIR: values.data,
      TRUSTED_PROXIES: '127.0.0.1/32',
      CLIENT_LIMIT: '0',
      OWNER_TOKEN: OWNER,
    },
    `${URL_}/readyz`,
  );
  try {
    const [engine = 0] = childrenOf(collector.pid);
    const probe = await makeToken(PROBED);
    await hit('/warm-up');
    print(`quiet: ${written(await during(probe, sleep(QUIET_MS)))}`);
    for (const [name, dashboard] of ROUNDS) {
      const { cpuUs } = usage(engine);
      const opened = Promise.all(Array.from({ length: DASHBOARDS }, (_, index) => open(dashboard(index))));
      const meanwhile = await during(probe, opened);
      const pages = await opened;
      const failed = pages.reduce((sum, page) => sum + page.failed, 0);
      print(
        `20 dashboards, ${name}: ${median(pages.map(({ ms }) => ms)).toFixed(0)} ms, slowest ${Math.max(...pages.map(({ ms }) => ms)).toFixed(0)}, ` +
          `${failed} questions not answered; engine CPU ${((usage(engine).cpuUs - cpuUs) / 1000).toFixed(0)} ms, RSS ${usage(engine).rssMb} MB; ${written(meanwhile)}`,
      );
    }
  } finally {
    await stopServer(collector);
  }
};

await main();
