import { randomInt } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import packageJson from '../package.json' with { type: 'json' };
import { banner } from './banner.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { DataDirError, prepareDataDir } from './data-dir.ts';
import { EngineError } from './engine/errors.ts';
import { startEngine } from './engine/supervisor.ts';
import { createHouse, type House } from './house.ts';
import { createLog } from './log.ts';
import { GeoError, openGeo } from './privacy/geo.ts';
import { VisitorKeys } from './privacy/keys.ts';
import { addDemoSite } from './sites/demo.ts';
import { connect } from './store/clickhouse.ts';
import { migrate, NewerSchemaError } from './store/migrate.ts';
import type { Store } from './store/store.ts';

const TICK_MS = 1000;
/** Whoever asks whether the store answers within this time is told what the last one was told. */
const PING_MS = 1000;
/** Whoever stops a container waits ten seconds before it kills (https://docs.docker.com/reference/cli/docker/container/stop/). */
const SHUTDOWN_MS = 8000;
/** A slow client has this long to send a request. */
const REQUEST_MS = 20_000;

const log = createLog((line) => process.stderr.write(line));
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Ends the start: the sentence says what is wrong. */
class StartError extends Error {
  override readonly name = 'StartError';
}

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Listens at once, so that a taken port is known before anything else is done; answers 503 until the house stands. */
const listen = async (
  port: number,
  host: string,
): Promise<{ server: Server; serve: (listener: RequestListener) => void }> => {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503, { 'retry-after': '1' }).end();
  };
  const server = createServer({ requestTimeout: REQUEST_MS }, (request, response) => listener(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port, host)));
    server.listen(port, host, resolve);
  });
  return {
    server,
    serve: (real) => {
      listener = real;
    },
  };
};

const portError = (error: NodeJS.ErrnoException, port: number, host: string): StartError => {
  if (error.code === 'EADDRINUSE')
    return new StartError(`Port ${port} is taken: stop what uses it, or choose another with PORT.`);
  if (error.code === 'EACCES')
    return new StartError(`Port ${port} may not be used by this user: choose one above 1023 with PORT.`);
  return new StartError(`Cannot listen on ${host}:${port} (${error.code ?? error.message}): see HOST and PORT.`);
};

interface OpenStore {
  readonly store: Store;
  readonly isReady: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

/** The server that `CLICKHOUSE_URL` names, or the embedded engine. */
const openStore = async (config: Config): Promise<OpenStore> => {
  const { CLICKHOUSE_URL: url, DATA_DIR: dataDir } = config;
  const engine = url === undefined ? await startEngine({ entry: folder('./engine-process.js'), dataDir, log }) : null;
  const store = connect(engine ?? connectionOf(url ?? ''));
  if (url !== undefined) await reach(store, new URL(url).host);
  const isReady = remembered(
    () =>
      store.ping().then(
        () => true,
        () => false,
      ),
    PING_MS,
  );
  return {
    store,
    isReady,
    async stop() {
      await store.close();
      await engine?.stop();
    },
  };
};

/** A server that is not there, or does not let us in, is known before anything else is done. */
const reach = (store: Store, host: string): Promise<void> =>
  store.ping().catch((error: Error) => {
    throw new StartError(`${host} is not usable (${error.message}): see CLICKHOUSE_URL.`);
  });

/** Asks once in a while, however many want to know: strangers may ask, and the store has better to do. */
const remembered = <T>(ask: () => Promise<T>, ms: number): (() => Promise<T>) => {
  let answer: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (answer === undefined || Date.now() >= until) {
      answer = ask();
      until = Date.now() + ms;
    }
    return answer;
  };
};

const connectionOf = (address: string) => {
  const { origin, username, password, pathname } = new URL(address);
  return {
    url: origin,
    username: decodeURIComponent(username) || 'default',
    password: decodeURIComponent(password),
    database: pathname.slice(1) || 'default',
  };
};

const build = async (config: Config, { store, isReady }: OpenStore, keys: VisitorKeys): Promise<House> => {
  await migrate(store);
  const geo = await openGeo(config.GEO_DB);
  const house = await createHouse(
    { store, geo, keys, log, now: Date.now, random: () => randomInt(2 ** 47) / 2 ** 47, isReady },
    {
      version: packageJson.version,
      paths: { script: config.SCRIPT_PATH, intake: config.INTAKE_PATH },
      folders: {
        script: folder('../../sdk/dist'),
        dashboard: folder('../../dashboard/dist'),
        demo: config.DEMO ? folder('../demo') : null,
      },
      trusted: config.TRUSTED_PROXIES ?? (() => false),
      clientHeader: config.CLIENT_ADDRESS_HEADER?.toLowerCase() ?? null,
      clientLimit: config.CLIENT_LIMIT,
      ownerToken: config.OWNER_TOKEN,
    },
  );
  const { OWNER_EMAIL: email, OWNER_PASSWORD: password } = config;
  if (email !== undefined && password !== undefined && !house.accounts.hasOwner)
    await house.accounts.createOwner(email, password);
  if (config.DEMO) await addDemoSite(house.sites, Intl.DateTimeFormat().resolvedOptions().timeZone);
  return house;
};

/** Stops accepting, stores what was accepted, and ends. */
const shutDown = async (server: Server, house: House, opened: OpenStore, keys: VisitorKeys): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const forced = setTimeout(() => {
    log.error('rows were not stored in time and are lost', { rows: house.held() });
    process.exit(1);
  }, SHUTDOWN_MS);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, SHUTDOWN_MS / 4))]);
  server.closeAllConnections();
  await house.flush();
  keys.destroy();
  await opened.stop();
  clearTimeout(forced);
  process.exit(0);
};

const start = async (): Promise<void> => {
  const config = readConfig(process.env);
  const { server, serve } = await listen(config.PORT, config.HOST);
  prepareDataDir(config.DATA_DIR);
  say(config.CLICKHOUSE_URL === undefined ? 'Starting the embedded engine …' : 'Connecting to ClickHouse …');
  const opened = await openStore(config);
  const keys = new VisitorKeys(Date.now());
  const house = await build(config, opened, keys);
  serve(getRequestListener(house.app.fetch));
  const ticking = setInterval(house.tick, TICK_MS);
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      clearInterval(ticking);
      void shutDown(server, house, opened, keys);
    });
  say(
    banner({
      version: packageJson.version,
      url: `http://localhost:${(server.address() as AddressInfo).port}`,
      setupToken: house.accounts.setupToken,
      scriptPath: config.SCRIPT_PATH,
      intakePath: config.INTAKE_PATH,
      demo: config.DEMO,
      direct: config.TRUSTED_PROXIES === undefined,
    }),
  );
};

const EXPECTED = [StartError, ConfigError, DataDirError, EngineError, GeoError, NewerSchemaError];

start().catch((error: unknown) => {
  const expected = EXPECTED.some((kind) => error instanceof kind);
  process.stderr.write(`${expected ? (error as Error).message : (error as Error).stack}\n`);
  process.exit(1);
});
