import { CHEAP } from '../../packages/collector/src/accounts/testing.ts';
import {
  type Collector,
  type CollectorDeps,
  type CollectorSettings,
  createCollector,
} from '../../packages/collector/src/collector.ts';
import { startTestEngine, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import { type FileSystem, realFileSystem } from '../../packages/collector/src/ingest/spool/file-system.ts';
import { parseTrusted } from '../../packages/collector/src/lib/ip-address.ts';
import { createLog } from '../../packages/collector/src/lib/logger.ts';
import { type Geo, openGeo } from '../../packages/collector/src/privacy/geo.ts';
import { VisitorKeys } from '../../packages/collector/src/privacy/keys.ts';
import type { Answer, Question } from '../../packages/collector/src/query/stats/query.ts';
import type { FetchPage } from '../../packages/collector/src/sites/check/fetch-page.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import type { Beacon } from '../../packages/sdk/src/wire.ts';
import { REAL_AGENT } from './agent.ts';
import { ask } from './ask.ts';
import { createCheckAnswer } from './declared-answers.ts';
import { removeFolder, temporaryFolder } from './temporary-folder.ts';

/** Who sends a beacon. */
export interface Client {
  readonly address?: string;
  readonly agent?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A collector on a real embedded engine, without a socket of its own. */
export interface TestCollector {
  readonly collector: Collector;
  readonly store: Store;
  /** Everything it logged. */
  readonly logged: () => string;
  readonly dataDir: string;
  /** Sends any request, as a proxy on this machine would. An answer that its route does not declare is an error. */
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  /** Asks as the owner. */
  readonly api: (method: string, path: string, body?: unknown) => Promise<Response>;
  /** Sends a beacon, or any text, to the intake. */
  readonly send: (beacon: Beacon | string, client?: Client) => Promise<Response>;
  /** Stores all that was accepted. */
  readonly flush: () => Promise<void>;
  /** Asks a question; throws if it is not answered. */
  readonly query: (question: Question) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

/** What a test may set. */
export interface TestCollectorOptions {
  /** Of a collector before this one: a restart. `stop` stops it. Missing: a new one. */
  readonly engine?: TestEngine;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly keys?: VisitorKeys;
  readonly geo?: Geo;
  readonly settings?: Partial<CollectorSettings>;
  /** Others may write to the store too. */
  readonly isShared?: boolean;
  /** The store may be away: it has not been read, and nothing is stored yet. */
  readonly isUnread?: boolean;
  /** The file system under the spool. Missing: the real one. */
  readonly files?: FileSystem;
  /** The disk of a folder. Missing: one with room enough, whatever this machine has. */
  readonly diskOf?: CollectorDeps['diskOf'];
  /** How pages of sites are got. Missing: none can be reached. */
  readonly fetchPage?: FetchPage;
}

export const OWNER_TOKEN = 'token-of-the-test-collector';

const packages = new URL('../../packages/', import.meta.url);
const folder = (path: string): string => new URL(path, packages).pathname;

/** What a collector serves. */
export const FOLDERS = {
  script: folder('sdk/dist'),
  dashboard: folder('dashboard/dist'),
  demo: folder('collector/demo'),
};

/** Builds a collector whose peers are all trusted proxies, so that a test names any client by X-Forwarded-For. */
export const startTestCollector = async (options: TestCollectorOptions = {}): Promise<TestCollector> => {
  const engine = options.engine ?? (await startTestEngine());
  const now = options.now ?? Date.now;
  const lines: string[] = [];
  const dataDir = options.settings?.dataDir ?? (engine.dataDir || temporaryFolder().path);
  const collector = await createCollector(
    {
      store: engine.store,
      topology: engine.topology,
      geo: options.geo ?? (await openGeo()),
      keys: options.keys ?? new VisitorKeys(now()),
      log: createLog((line) => lines.push(line)),
      now,
      random: options.random ?? Math.random,
      isReady: () =>
        engine.store.ping().then(
          () => true,
          () => false,
        ),
      isShared: options.isShared ?? false,
      load: () => ({ connections: 0, requests: 0, turnedAway: 0 }),
      linesLost: () => 0,
      files: options.files ?? realFileSystem,
      diskOf: options.diskOf ?? (async () => ({ free: 2 ** 36, total: 2 ** 37, device: 1 })),
      fetchPage: options.fetchPage ?? (async () => 'unreachable'),
    },
    {
      version: '0.0.0-test',
      publicUrl: null,
      paths: { script: '/p.js', intake: '/in' },
      folders: FOLDERS,
      trusted: parseTrusted('127.0.0.1/32, ::1/128'),
      clientHeader: null,
      clientLimit: 0,
      browserLimit: 60,
      ownerToken: OWNER_TOKEN,
      passwordCost: CHEAP,
      maxBrowsers: 300_000,
      dataDir,
      spoolMax: 2 ** 30,
      fsync: false,
      ...options.settings,
    },
  );
  if (options.isUnread !== true) {
    await collector.refresh();
    await collector.begin();
  }
  const checkAnswer = createCheckAnswer(collector.app);
  const request = async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await ask(collector.listener, path, init);
    await checkAnswer(init?.method ?? 'GET', path, response);
    return response;
  };
  const api = (method: string, path: string, body?: unknown): Promise<Response> =>
    request(path, {
      method,
      headers: { authorization: `Bearer ${OWNER_TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    collector,
    store: engine.store,
    logged: () => lines.join(''),
    dataDir,
    request,
    api,
    send: (beacon, { address = '203.0.113.7', agent = REAL_AGENT, headers = {} } = {}) =>
      request('/in', {
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'user-agent': agent, 'x-forwarded-for': address, ...headers },
        body: typeof beacon === 'string' ? beacon : JSON.stringify(beacon),
      }),
    flush: collector.flush,
    async query(question) {
      const response = await api('POST', '/api/query', question);
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    async stop() {
      await collector.flush();
      await collector.close();
      await engine.stop();
      // What is under way at the end may still write a file into a folder that is being emptied.
      removeFolder(dataDir);
    },
  };
};
