/**
 * `pnpm dev`: the collector from source, the dashboard with hot reload, the page script, all at one address, and each of
 * them anew when it has changed. `--data DIR` is the data folder, `--port N` where to begin to look for a free port.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareDataDir } from '../../packages/collector/src/config/data-dir.ts';
import { freePort } from '../../packages/collector/src/engine/free-port.ts';
import { createLog } from '../../packages/collector/src/lib/logger.ts';
import { CollectorProcess } from './collector-process.ts';
import type { Dashboard } from './dashboard.ts';
import { OWNER } from './owner.ts';
import { DEV_DATA, path } from './places.ts';
import { messageOf, printer, secondsSince } from './print.ts';
import { startStore } from './store.ts';
import { watchFolder } from './watch.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string', default: '5173' } } });
const print = { collector: printer('collector'), engine: printer('engine'), sdk: printer('sdk') };
const dataDir = resolve(values.data ?? DEV_DATA);
const ending: (() => Promise<unknown>)[] = [];

const start = async (): Promise<void> => {
  process.umask(0o077);
  prepareDataDir(dataDir, createLog(print.collector));
  const [port, store] = await Promise.all([freePort(), startStore(dataDir, print.engine)]);
  ending.unshift(store.stop);
  // Vite and tsup are read while the collector is.
  const buildScript = async (): Promise<boolean> => (await import('./script.ts')).buildScript(print.sdk);
  const collector = new CollectorProcess(
    {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(dataDir, 'collector'),
      CLICKHOUSE_URL: store.url,
      OWNER_EMAIL: OWNER.email,
      OWNER_PASSWORD: OWNER.password,
    },
    () => Promise.all([store.ready(), script]),
    print.collector,
  );
  ending.unshift(() => collector.stop());
  const script = buildScript();
  const up = collector.restart();
  const { startDashboard } = await import('./dashboard.ts');
  const dashboard = await startDashboard(
    collector,
    `http://127.0.0.1:${port}`,
    Number(values.port),
    printer('dashboard'),
  );
  ending.unshift(dashboard.stop);
  const restart = async (): Promise<void> => {
    if (await collector.restart()) dashboard.reload();
  };
  const changed = async (paths: readonly string[]): Promise<void> => {
    if (paths.some((each) => each.includes('/engine/'))) store.restart();
    await restart();
  };
  const rebuilt = async (): Promise<void> => {
    if (await buildScript()) await restart();
  };
  const watching = [
    watchFolder(path('packages/collector/src'), (paths) => void changed(paths)),
    watchFolder(path('packages/collector/demo'), () => void restart()),
    watchFolder(path('packages/sdk/src'), () => void rebuilt()),
  ];
  ending.unshift(async () => {
    for (const end of watching) end();
  });
  process.stdout.write(banner(await up, dashboard));
};

const banner = (isUp: boolean, { url, signInUrl }: Dashboard): string => `
${isUp ? `Ready in ${secondsSince(0)}.` : 'The collector does not start, see above.'}

  Open      ${url}/
  Sign in   ${signInUrl}
            as ${OWNER.email}, whose password is ${OWNER.password}

`;

const stop = async (code: number): Promise<void> => {
  for (const end of ending.splice(0)) await end().catch((error: unknown) => print.collector(messageOf(error)));
  process.exit(code);
};

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void stop(0);
  });
start().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  void stop(1);
});
