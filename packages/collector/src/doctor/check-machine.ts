import type { ProxyFault } from '../lib/proxy-fault.ts';
import { type Found, ok, skipped, warn, wrong } from './finding.ts';
import { askOf, type Patient } from './patient.ts';
import { reasonOf } from './trouble.ts';

/** Whether the store can be asked at all. */
export const checkStore = async (patient: Patient): Promise<Found[]> => {
  if (patient.store === null)
    return [
      wrong(
        `The store cannot be opened: ${patient.closed ?? 'it is not known why'}.`,
        'see what follows, and "Damage" in docs/backup.md',
      ),
    ];
  try {
    await patient.store.ping();
    const [row] = await askOf(patient)<{ version: string }>('SELECT version() AS version');
    return [ok(`${ENGINES[patient.engine]} answers (ClickHouse ${row?.version}).`)];
  } catch (error) {
    return [wrong(`${ENGINES[patient.engine]} does not answer: ${reasonOf(error)}.`, STORE_REMEDY[patient.engine])];
  }
};

const ENGINES = {
  embedded: 'The embedded engine',
  server: 'The ClickHouse server',
  cluster: 'The ClickHouse cluster',
} as const;
const STORE_REMEDY = {
  embedded: 'look at the log of the collector; then see "Damage" in docs/backup.md',
  server: 'look at CLICKHOUSE_URL and at the server',
  cluster: 'look at CLICKHOUSE_URL and at its server',
} as const;

/** The oldest Node.js that Passerby runs on. */
const OLDEST_NODE = [20, 19] as const;

/** Whether this program runs on what it is made for. */
export const checkVersions = async (version: string): Promise<Found[]> => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  const says = `Passerby ${version} on Node.js ${process.versions.node}, ${process.platform} ${process.arch}`;
  return [
    isOld
      ? wrong(`${says}: it needs Node.js ${OLDEST_NODE.join('.')} or newer.`, 'install a newer Node.js')
      : ok(`${says}.`),
  ];
};

const FAULTS: Readonly<Record<ProxyFault, string>> = {
  private_clients:
    'Visitors seem to come from the own network: a proxy stands in front that TRUSTED_PROXIES does not name.',
  unnamed_proxy: 'Visitors come by a proxy with a public address that TRUSTED_PROXIES does not name.',
  no_client_address: 'A proxy that TRUSTED_PROXIES names does not say who its clients are: see CLIENT_ADDRESS_HEADER.',
};

/** What the collector noticed of how visitors come to it. */
export const checkProxies = async ({ running }: Patient): Promise<Found[]> => {
  if (running === null)
    return [
      skipped(
        'No collector is running: what it would notice of proxies is not known.',
        'start the collector and ask again',
      ),
    ];
  if (running.proxyFaults.length === 0) return [ok('Nothing shows a proxy that melts visitors into one.')];
  return running.proxyFaults.map((fault) => warn(FAULTS[fault], 'see "Behind a proxy" in docs/install.md'));
};

/** In words, for a check that failed itself. */
export const failed = (error: unknown): Found => skipped(`This could not be looked at: ${reasonOf(error)}.`);
