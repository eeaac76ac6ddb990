/**
 * `npm run bench:old-store`: fills a folder with the code of version 0.1.0, to see what an upgrade makes of it. Six sites in
 * six time zones (halves of hours, days of 23 and 25 hours), pages with escapes in many spellings, visits over midnight.
 *
 * git worktree add /tmp/passerby-0.1.0 v0.1.0, install there, then
 * npm run bench:old-store -- --code /tmp/passerby-0.1.0 --data /tmp/store-0.1.0 [--hits 1000000] [--days 120] [--until 2026-06-01]
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Engine } from '../packages/collector/src/engine/supervisor.ts';
import type { Store } from '../packages/collector/src/store/store.ts';
import type { Beacon, Item } from '../packages/sdk/src/wire.ts';
import { AGENTS } from '../test/counting/agents.ts';
import { Dice } from '../test/counting/dice.ts';
import { type Clock, createClock, createRandom } from '../test/support/clock.ts';

/** What is taken from the code of 0.1.0. */
interface OldHouse {
  readonly send: (beacon: Beacon, client: Client) => Promise<Response>;
  readonly api: (method: string, path: string, body: unknown) => Promise<Response>;
  readonly house: { tick(): Promise<void>; close(): Promise<void> };
  readonly flush: () => Promise<void>;
}
interface OldCode {
  startEngineOn(dataDir: string): Promise<Engine>;
  connect(engine: Engine): Store;
  migrate(store: Store, topology: null): Promise<void>;
  startTestHouse(options: object): Promise<OldHouse>;
}

interface Client {
  readonly address: string;
  readonly agent: string;
}
interface Sending {
  readonly at: number;
  readonly client: Client;
  readonly beacon: Beacon;
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;
/** Domain, time zone, its share of the hits in percent. */
const SITES = [
  ['berlin.example', 'Europe/Berlin', 40],
  ['new-york.example', 'America/New_York', 20],
  ['kolkata.example', 'Asia/Kolkata', 15],
  ['lord-howe.example', 'Australia/Lord_Howe', 10],
  ['st-johns.example', 'America/St_Johns', 10],
  ['auckland.example', 'Pacific/Auckland', 5],
] as const;

/** Names that are written in several ways: as browsers do, in small digits, not at all, decomposed, as no UTF-8. */
const WORDS = ['%C3%BCber-uns', '%c3%bcber-uns', 'über-uns', 'caf%C3%A9', 'cafe%CC%81', 'caf%E9', 'a%20b', 'a%2Fb'];
const MORE = ['100%25', '%7Euser', '%E6%97%A5%E6%9C%AC', 'plain', 'pricing', 'docs', 'blog', 'shop'];
const NAMES = [...WORDS, ...MORE];
const PAGES = 3000;

const pageOf = (dice: Dice): string => {
  // Few are seen often, most of them seldom.
  const number = Math.floor(PAGES ** (dice.below(10_000) / 10_000)) - 1;
  return number === 0 ? '/' : `/${NAMES[number % NAMES.length]}/${number}`;
};
const REFERRERS = ['https://www.google.com/', 'https://news.example/%C3%A4', 'https://t.co/x', 'https://blog.example/'];

const onPage = (dice: Dice, path: string): Item[] => {
  const drawn = dice.below(100);
  if (drawn < 6)
    return [{ k: 'event', n: 'Order', p: { plan: dice.pick(['free', 'pro']) }, $: [dice.below(9000) / 100, 'EUR'] }];
  if (drawn < 10) return [{ k: 'event', n: 'Outbound link', p: { url: `https://other.example${path}` } }];
  if (drawn < 11) return [{ k: 'error', m: 'TypeError: x is undefined', st: 'at f (/a.js:1:1)' }];
  return [];
};

/** A visit: a beacon for each page, with what was done on the one before. */
const visitOf = (dice: Dice, domain: string, client: Client, start: number): Sending[] => {
  const pages = dice.chance(0.4) ? 1 : 2 + dice.below(6);
  const tag = dice.chance(0.2) ? `?utm_source=${dice.pick(['mail', 'ads'])}&utm_campaign=c${dice.below(9)}` : '';
  const referrer = dice.chance(0.5) ? { r: dice.pick(REFERRERS) } : {};
  const sent: Sending[] = [];
  let at = start;
  for (let number = 0; number < pages; number++) {
    const path = pageOf(dice);
    const about = { s: domain, u: `https://${domain}${path}${number === 0 ? tag : ''}`, t: `Page ${path.length}` };
    const more = number === 0 ? { ...referrer, w: dice.pick(['s', 'm', 'l', 'xl'] as const) } : {};
    sent.push({ at, client, beacon: { ...about, ...more, i: [{ k: 'view' }, ...onPage(dice, path)] } });
    const seconds = 3 + dice.below(200);
    at += seconds * SECOND;
    if (dice.chance(0.7))
      sent.push({ at, client, beacon: { ...about, i: [{ k: 'engage', ms: seconds * 800, sc: dice.below(100) }] } });
  }
  return sent;
};

/** What is sent on a day of UTC, and what begins on it and ends after it. */
const dayOf = (dice: Dice, midnight: number, visits: number): Sending[] =>
  SITES.flatMap(([domain, , percent]) =>
    Array.from({ length: Math.round((visits * percent) / 100) }, () => {
      const client = {
        address: `203.${dice.below(4)}.${dice.below(256)}.${1 + dice.below(200)}`,
        agent: dice.pick(AGENTS).text,
      };
      const start = midnight + dice.below(DAY / SECOND) * SECOND;
      const first = visitOf(dice, domain, client, start);
      // Some come again on the same day, or on the next.
      return dice.chance(0.2)
        ? [...first, ...visitOf(dice, domain, client, start + dice.below(10 * 3600) * SECOND)]
        : first;
    }).flat(),
  ).sort((a, b) => a.at - b.at);

/** Hits of a visit on the average, as it comes out. */
const HITS_A_VISIT = 6.8;

const options = {
  code: { type: 'string' },
  data: { type: 'string' },
  hits: { type: 'string', default: '1000000' },
  days: { type: 'string', default: '120' },
  until: { type: 'string', default: '2026-06-01' },
} as const;

const load = async (code: string): Promise<OldCode> => {
  const parts = await Promise.all(
    [
      'packages/collector/src/engine/testing.ts',
      'packages/collector/src/store/clickhouse.ts',
      'packages/collector/src/store/migrate.ts',
      'test/support/house.ts',
    ].map((path) => import(pathToFileURL(resolve(code, path)).href)),
  );
  return Object.assign({}, ...parts) as OldCode;
};

const fill = async (): Promise<void> => {
  const { values } = parseArgs({ options });
  if (values.code === undefined || values.data === undefined) throw new Error('--code and --data are to be given.');
  const dataDir = resolve(values.data);
  const days = Number(values.days);
  const { startEngineOn, connect, migrate, startTestHouse } = await load(values.code);
  mkdirSync(dataDir, { recursive: true });
  const engine = await startEngineOn(dataDir);
  const store = connect(engine);
  await migrate(store, null);
  const first = Date.parse(values.until) - days * DAY;
  const clock: Clock = createClock(first);
  const house = await startTestHouse({
    engine: { ...engine, store, topology: null, dataDir },
    now: clock.now,
    random: createRandom(1),
    settings: { dataDir },
  });
  for (const [domain, timezone] of SITES) await house.api('POST', '/api/sites', { domain, timezone });
  const dice = new Dice(createRandom(2));
  let waiting: Sending[] = [];
  let count = 0;
  for (let day = 0; day < days; day++) {
    const end = first + (day + 1) * DAY;
    waiting = [...waiting, ...dayOf(dice, end - DAY, Number(values.hits) / days / HITS_A_VISIT)];
    waiting.sort((a, b) => a.at - b.at);
    for (const { at, client, beacon } of waiting.filter((sending) => sending.at < end)) {
      clock.set(Math.max(at, clock.now()));
      const sent = await house.send(beacon, client);
      if (sent.status !== 202) throw new Error(`A beacon was answered ${sent.status}: ${await sent.text()}`);
      count += beacon.i.length;
    }
    waiting = waiting.filter((sending) => sending.at >= end);
    await house.house.tick();
    await house.flush();
    process.stdout.write(`\r${new Date(end - DAY).toISOString().slice(0, 10)} ${count} hits `);
  }
  await house.flush();
  await house.house.close();
  await store.close();
  await engine.stop();
};

await fill();
process.stdout.write('\n');
process.exit(0);
