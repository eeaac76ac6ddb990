/**
 * `npm run bench:fair`: one viewer asks 150 heavy questions at a time for 17 seconds and goes; then 20 dashboards of a
 * year are opened at once. Meanwhile hits come in, somebody asks about another site and changes its name. Prints what
 * they waited for, beside a quiet time in the same run. Needs Linux and a build (`npm start` makes one).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Question } from '../packages/collector/src/query/stats/query.ts';
import { REAL_AGENT } from '../test/support/agent.ts';
import { createRandom } from '../test/support/clock.ts';
import { startLoad } from '../test/support/load.ts';
import { SITE, startStand } from '../test/support/stand.ts';

const OTHER = 'other.example';
const QUIET_MS = 5_000;
const ATTACK_MS = 17_000;
const AFTER_MS = 10_000;
const AT_ONCE = 150;
const HEAVY_EVENTS = 5_000;
const EVENTS_A_BEACON = 10;
const PROPS = 18;
const DASHBOARDS = 20;
const EVERY_MS = 500;

const print = (text: string): boolean => process.stdout.write(`${text}\n`);
const stand = await startStand();
const { api } = stand.collector();
const url = stand.url() ?? '';
const random = createRandom(7);

/** Events with as many and as long properties as a page may send, more or less. */
const fill = async (): Promise<void> => {
  const p = Object.fromEntries(Array.from({ length: PROPS }, (_, n) => [`k${n}`, 'y'.repeat(200)]));
  for (let sent = 0; sent < HEAVY_EVENTS; sent += EVENTS_A_BEACON) {
    const i = Array.from({ length: EVENTS_A_BEACON }, (_, n) => ({ k: 'event', n: `e${sent + n}`, p }));
    const beacon = { b: `fill-${sent}`.padEnd(16, '-'), s: SITE, u: `https://${SITE}/${sent}`, t: `Title ${sent}`, i };
    const { status } = await fetch(`${url}/in`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': REAL_AGENT, 'x-forwarded-for': `203.0.113.${sent % 250}` },
      body: JSON.stringify(beacon),
    });
    if (status !== 202) throw new Error(`a beacon was answered ${status}`);
  }
  await stand.drained();
};

/** A question that no other one equals. */
const heavy = (number: number): unknown => ({
  site_id: SITE,
  metrics: ['visitors', 'bounce_rate', 'visit_duration', 'views_per_visit'],
  date_range: 'year',
  dimensions: ['event:title', 'event:props:k1', 'event:props:k2', 'time:day'],
  filters: Array.from({ length: PROPS }, (_, n) => [
    'contains_not',
    `event:props:k${n}`,
    Array.from({ length: 100 }, (_, value) => `zz${number}_${n}_${value}${'x'.repeat(15)}`),
  ]),
  pagination: { limit: 10_000 },
  include: { total_rows: true, comparisons: { mode: 'previous_period' } },
});

const dashboard = (): Question[] => {
  const common = { site_id: SITE, date_range: 'year' as const };
  const dimensions = [
    'event:page',
    'visit:source',
    'visit:country',
    'visit:browser',
    'event:name',
    'visit:os',
  ] as const;
  return [
    { ...common, metrics: ['visitors', 'visits', 'pageviews'], include: { comparisons: { mode: 'previous_period' } } },
    { ...common, metrics: ['visitors'], dimensions: ['time:day'] },
    ...dimensions.map((dimension): Question => ({ ...common, metrics: ['visitors'], dimensions: [dimension] })),
  ];
};

/** What somebody waited for, in milliseconds, and how it was answered. */
interface Waits {
  readonly owner: number[];
  readonly patch: number[];
  readonly intake: number[];
  /** Seconds by which storing was behind. */
  readonly behind: number[];
  failures: number;
}

const timed = async (into: number[], waits: Waits, request: () => Promise<Response>): Promise<void> => {
  const from = performance.now();
  const answer = await request().catch(() => null);
  if (answer === null || answer.status >= 400) waits.failures += 1;
  await answer?.arrayBuffer();
  into.push(performance.now() - from);
};

/** Looks at how others fare for as long as it is let. */
const watch = async (until: Promise<unknown>): Promise<Waits> => {
  const waits: Waits = { owner: [], patch: [], intake: [], behind: [], failures: 0 };
  let isOver = false;
  void until.finally(() => {
    isOver = true;
  });
  for (let round = 0; !isOver; round++) {
    const beacon = {
      b: `${Math.floor(random() * 2 ** 32)}-${round}`.padEnd(16, '-'),
      s: OTHER,
      u: `https://${OTHER}/`,
      i: [{ k: 'view' }],
    };
    const headers = { 'content-type': 'text/plain', 'user-agent': REAL_AGENT };
    await timed(waits.intake, waits, () =>
      fetch(`${url}/in`, { method: 'POST', headers, body: JSON.stringify(beacon) }),
    );
    await timed(waits.owner, waits, () =>
      api('POST', '/api/query', { site_id: OTHER, metrics: ['visitors'], date_range: '28d' }),
    );
    await timed(waits.patch, waits, () => api('PATCH', `/api/sites/${OTHER}`, { name: `Other ${round}` }));
    const { keeping } = (await (await api('GET', '/api/status')).json()) as { keeping: { behind: number } };
    waits.behind.push(keeping.behind);
    await sleep(EVERY_MS);
  }
  return waits;
};

const p95 = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * 0.95)] ?? Number.NaN;
const row = (name: string, { owner, patch, intake, behind, failures }: Waits): void => {
  const ms = (numbers: readonly number[]): string => `${p95(numbers).toFixed(0)} / ${Math.max(...numbers).toFixed(0)}`;
  print(
    `| ${name} | ${ms(owner)} | ${ms(patch)} | ${ms(intake)} | ${Math.max(...behind)} | ${failures} of ${owner.length * 3} |`,
  );
};

const makeToken = async (): Promise<string> => {
  const made = await api('POST', '/api/tokens', { name: 'reader', scope: 'read', sites: [SITE] });
  return ((await made.json()) as { token: string }).token;
};

/** @returns the status of the answer, when all of it is there */
const ask = async (token: string, question: unknown, signal?: AbortSignal): Promise<number> => {
  const answer = await fetch(`${url}/api/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(question),
    ...(signal && { signal }),
  });
  await answer.arrayBuffer();
  return answer.status;
};

const attack = async (token: string): Promise<Map<string, number>> => {
  const told = new Map<string, number>();
  const gone = new AbortController();
  let number = 0;
  const askOn = async (): Promise<void> => {
    while (!gone.signal.aborted) {
      const status = await ask(token, heavy(number++), gone.signal).then(String, () => 'gone');
      told.set(status, (told.get(status) ?? 0) + 1);
      // Who is refused at once would only be busy with being refused.
      if (status === '429') await sleep(100);
    }
  };
  const asking = Array.from({ length: AT_ONCE }, askOn);
  await sleep(ATTACK_MS);
  gone.abort();
  await Promise.all(asking);
  return told;
};

try {
  await api('POST', '/api/sites', { domain: OTHER });
  const [viewer = '', ...readers] = await Promise.all(Array.from({ length: 1 + DASHBOARDS }, makeToken));
  await fill();
  const load = startLoad({ site: OTHER, target: () => url, random, clients: 2, pauseMs: 200 });
  print('| | question p95 / most, ms | PATCH | intake | behind, s | failed |\n|---|---|---|---|---|---|');
  row('quiet', await watch(sleep(QUIET_MS)));
  const told = attack(viewer);
  row('150 heavy questions', await watch(told));
  row('after they went', await watch(sleep(AFTER_MS)));
  const from = performance.now();
  const opened = Promise.all(readers.flatMap((reader) => dashboard().map((question) => ask(reader, question))));
  row('20 dashboards of a year', await watch(opened));
  const statuses = await opened;
  await load.stop();
  print(`\nThe viewer was answered ${JSON.stringify(Object.fromEntries(await told))}.`);
  print(
    `${statuses.filter((status) => status === 200).length} of ${statuses.length} panels were answered, in ${Math.round(performance.now() - from)} ms.`,
  );
} finally {
  await stand.clear();
}
