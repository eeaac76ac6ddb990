import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { BackupPlan } from '../backup/schedule.ts';
import { type Collector, createCollector } from '../collector.ts';
import { prepareBackupDir } from '../config/backup-dir.ts';
import { type Config, readConfig, readLogStyle } from '../config/config.ts';
import { prepareDataDir } from '../config/data-dir.ts';
import type { Environment } from '../config/environment.ts';
import { ignoredIn } from '../config/ignored.ts';
import { DamageError, StartError } from '../config/start-error.ts';
import { type DataDirLock, lockDataDir, warnIfUnguarded } from '../engine/data-dir-lock.ts';
import { EngineError } from '../engine/engine-error.ts';
import { realFileSystem } from '../ingest/spool/file-system.ts';
import { type TrustedProxies, UNSPECIFIED } from '../lib/ip-address.ts';
import { ownUrl, shownUrl } from '../lib/own-url.ts';
import { openReloadableGeo } from '../privacy/geo.ts';
import { VisitorKeys } from '../privacy/keys.ts';
import { type Listening, listen } from '../server/listen.ts';
import { createFetchPage } from '../sites/check/fetch-page.ts';
import { addDemoSite } from '../sites/demo.ts';
import { type DamagedPart, StoreError } from '../store/store-error.ts';
import { banner, dashboardOf, firstRunLink, SOME_HOST } from './banner.ts';
import { command } from './command.ts';
import { writeControlFile } from './control/control-file.ts';
import { type OpenStore, openStore } from './open-store.ts';
import { complain, linesLost, processLog as log, say, writeAs } from './output.ts';
import type { Parts } from './parts.ts';
import { heedSignals, type Running } from './signals.ts';
import { catchStrayOutput } from './stray-output.ts';

const TICK_MS = 1000;
/** Waits between tries to reach a store that is away, in milliseconds. */
const RETRY_MS = 2000;

/** `passerby serve` */
export const serve = command({
  name: 'serve',
  does: 'Runs the collector, with the settings of the environment.',
  takes: {},
  options: {},
  examples: ['PORT=8080 DATA_DIR=/var/lib/passerby passerby serve'],
  run(_given, env, parts) {
    writeAs(readLogStyle(env));
    catchStrayOutput(log, process, console);
    return collect(env, parts);
  },
});

/** The steps of a start, in their order. From the second on, a signal undoes what there is by then. */
const collect = async (env: Environment, { engine, folders }: Parts): Promise<void> => {
  const begun = performance.now();
  // Whatever is written, by the engine too, is for this user alone.
  process.umask(0o077);
  const config = readConfig(env);
  for (const { name, why } of ignoredIn(env)) log.warn('a variable is ignored', { name, why });
  const listening = await openPort(config);
  const running: Running = { listening, keys: new VisitorKeys(Date.now()) };
  heedSignals(running);
  sayStarting(config);
  const lock = await takeDataDir(config, running);
  const opened = await takeStore(config, lock, engine, running);
  const collector = await build(config, folders, opened, running);
  running.collector = collector;
  answerRequests(config, listening, lock, collector);
  if (await isReached(config, opened, collector, running))
    sayReady(config, listening, collector, Math.round(performance.now() - begun));
};

/** Whether there is anything in a folder, as far as this user may know. */
const isFilled = (dir: string): boolean => {
  try {
    return readdirSync(dir).length > 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
};

/** What starts, where, and on what. */
const sayStarting = ({ CLICKHOUSE_URL: url, CLICKHOUSE_CLUSTER: cluster, DATA_DIR: dir }: Config): void => {
  const { version } = packageJson;
  const node = process.versions.node;
  const engine = url === undefined ? 'embedded' : cluster === undefined ? 'server' : 'cluster';
  const data = isFilled(dir) ? 'found' : 'new';
  const doing = url === undefined ? 'starting the embedded engine' : 'connecting to ClickHouse';
  say(`Passerby ${version}, Node ${node}, data folder ${data}: ${doing} …`, {
    message: 'starting',
    facts: { version, node, engine, data },
  });
};

/** What listens, and where. */
interface OpenPort extends Listening {
  /** Address of the port on this machine; null: there is the socket alone. */
  readonly own: { readonly url: string; readonly shown: string } | null;
}

/** Listens; requests are told to come back until there is a collector to answer them. */
const openPort = async (config: Config): Promise<OpenPort> => {
  const listening = await listen({
    port: config.PORT,
    host: config.HOST,
    socket: config.LISTEN_SOCKET,
    base: config.PUBLIC_URL?.base,
    maxConnections: config.MAX_CONNECTIONS,
    isProxy: trustedBy(config),
  });
  // Read at once: a server that has been closed by a signal has no address any more.
  const address = listening.server.address();
  if (address === null || typeof address === 'string') return { ...listening, own: null };
  const { port } = address;
  return { ...listening, own: { url: ownUrl(config.HOST, port), shown: shownUrl(config.HOST, port) } };
};

/** Whoever may connect to the socket is the owner's proxy; it has no address. */
const trustedBy = ({ TRUSTED_PROXIES: isTrusted = () => false, LISTEN_SOCKET: socket }: Config): TrustedProxies =>
  socket === undefined ? isTrusted : (address) => address === UNSPECIFIED || isTrusted(address);

const takeDataDir = async (config: Config, running: Running): Promise<DataDirLock> => {
  prepareDataDir(config.DATA_DIR, log);
  const lock = await lockDataDir(config.DATA_DIR);
  running.lock = lock;
  warnIfUnguarded(lock, log);
  if (config.BACKUP_DIR !== undefined) prepareBackupDir(config.BACKUP_DIR, config.DATA_DIR, log);
  return lock;
};

const takeStore = async (
  config: Config,
  lock: DataDirLock,
  program: Parts['engine'],
  running: Running,
): Promise<OpenStore> => {
  const opened = await openStore({
    config,
    lock,
    program,
    log,
    onUp: () => void running.collector?.inspect(),
    // Hits are kept meanwhile for the sites that are known from before.
    keepsTrying: () => running.collector?.sites.isKnown === true,
  });
  running.opened = opened;
  return opened;
};

/** From here on there are answers: to browsers, and to commands on this machine. */
const answerRequests = (
  config: Config,
  { own, serve: answerBy }: OpenPort,
  lock: DataDirLock,
  collector: Collector,
): void => {
  const place = own === null ? { url: SOME_HOST, socket: config.LISTEN_SOCKET } : { url: own.url };
  const { operatorToken: token } = collector.accounts;
  writeControlFile(lock.dataDir, { ...place, token, version: packageJson.version });
  setInterval(() => void collector.tick(), TICK_MS).unref();
  answerBy(collector.listener);
};

/**
 * Waits until the store is there.
 * @returns false if it will not be: everything is being ended, or it is damaged, and hits are kept until it is repaired
 * @throws whatever else keeps the collector from it
 */
const isReached = async (
  config: Config,
  opened: OpenStore,
  collector: Collector,
  running: Running,
): Promise<boolean> => {
  try {
    await reach(config, opened, collector);
    return true;
  } catch (error) {
    // The store is gone because everything is being ended.
    if (running.isStopping) return false;
    // Until somebody has repaired it, hits are kept for the sites that are known from before.
    if (!(isDamage(error) && collector.sites.isKnown)) throw error;
    await collector.giveUp();
    complain(`${error.message}\nHits are kept until it is repaired and the collector is started again.`);
    return false;
  }
};

const sayReady = (config: Config, { own }: OpenPort, { accounts }: Collector, tookMs: number): void => {
  const { version } = packageJson;
  const { setupToken } = accounts;
  const started = {
    version,
    tookMs,
    publicUrl: config.PUBLIC_URL ? config.PUBLIC_URL.origin + config.PUBLIC_URL.base : null,
    own: own?.shown ?? null,
    socket: config.LISTEN_SOCKET ?? null,
    setupToken,
    scriptPath: config.SCRIPT_PATH,
    intakePath: config.INTAKE_PATH,
    demo: config.DEMO,
    direct: config.TRUSTED_PROXIES === undefined && config.LISTEN_SOCKET === undefined,
  };
  const url = dashboardOf(started);
  // Without the link of the first run nobody could make the owner's account.
  const first = setupToken !== null && { first_run: firstRunLink(url, setupToken) };
  say(banner(started), { message: 'ready', facts: { version, took_ms: tookMs, dashboard: `${url}/`, ...first } });
};

const build = async (
  config: Config,
  folders: Parts['folders'],
  { store, topology, isReady, restarts }: OpenStore,
  running: Running,
): Promise<Collector> => {
  const geo = await openReloadableGeo(config.GEO_DB);
  running.geo = geo;
  return createCollector(
    {
      store,
      topology,
      geo,
      keys: running.keys,
      log,
      now: Date.now,
      random: () => randomInt(2 ** 47) / 2 ** 47,
      isReady,
      engineRestarts: restarts,
      isShared: config.CLICKHOUSE_URL !== undefined,
      load: running.listening.load,
      linesLost,
      files: realFileSystem,
      fetchPage: createFetchPage(),
    },
    {
      version: packageJson.version,
      publicUrl: config.PUBLIC_URL ?? null,
      paths: { script: config.SCRIPT_PATH, intake: config.INTAKE_PATH },
      folders: { ...folders, demo: config.DEMO ? folders.demo : null },
      trusted: trustedBy(config),
      clientHeader: config.CLIENT_ADDRESS_HEADER?.toLowerCase() ?? null,
      clientLimit: config.CLIENT_LIMIT,
      browserLimit: config.BROWSER_LIMIT,
      ownerToken: config.OWNER_TOKEN,
      maxBrowsers: config.MAX_BROWSERS,
      dataDir: config.DATA_DIR,
      spoolMax: config.SPOOL_MAX,
      fsync: config.SPOOL_FSYNC,
      backup: planOf(config),
    },
  );
};

const planOf = ({ BACKUP_DIR: dir, BACKUP_AT: at, BACKUP_KEEP: keep }: Config): BackupPlan | null =>
  dir === undefined ? null : { dir: resolve(dir), at, keep };

/**
 * Reaches the store, for as long as it takes: hits are kept meanwhile for the sites that are known from before. Whoever
 * names a server in vain at the first start is told at once.
 */
const reach = async (
  { CLICKHOUSE_URL: url, ...config }: Config,
  opened: OpenStore,
  collector: Collector,
): Promise<void> => {
  for (let tries = 0; ; tries++) {
    try {
      await opened.prepare();
      await collector.refresh();
      await collector.begin();
      await bootstrap(config, collector);
      return;
    } catch (error) {
      if (!(error instanceof StoreError) || (error.outcome !== 'unknown' && error.damage === null)) throw error;
      if (error.damage !== null) throw damageError(error.damage);
      if (url !== undefined && !collector.sites.isKnown)
        throw new StartError(`${new URL(url).host} is not usable (${error.message}): see CLICKHOUSE_URL.`, {
          field: 'CLICKHOUSE_URL',
        });
      if (tries === 0) say('The store does not answer. Hits are kept until it does; the statistics follow then.');
      log.warn('the store is not reached, trying again', { error: error.message });
      await sleep(RETRY_MS);
    }
  }
};

const isDamage = (error: unknown): error is Error =>
  error instanceof DamageError || (error instanceof EngineError && error.reason === 'damaged');

const damageError = ({ table, part }: DamagedPart): DamageError =>
  new DamageError(
    `The table ${table || 'of the configuration'} is damaged and cannot be read${part && ` (part ${part})`}: bring it back from a backup, see "Damage" in docs/backup.md.`,
  );

/** What the environment wants to be there. */
const bootstrap = async (config: Omit<Config, 'CLICKHOUSE_URL'>, collector: Collector): Promise<void> => {
  const { OWNER_EMAIL: email, OWNER_PASSWORD: password } = config;
  if (email !== undefined && password !== undefined) {
    await collector.accounts.ensureOwner(email, password);
    if (collector.accounts.byEmail(email) === undefined)
      log.warn('OWNER_EMAIL and OWNER_PASSWORD are ignored: there is an owner, of another address');
  }
  if (config.DEMO) await addDemoSite(collector.sites, Intl.DateTimeFormat().resolvedOptions().timeZone);
};
