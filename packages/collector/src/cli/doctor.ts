import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import { failureOf } from '../backup/backup-state.ts';
import { BackupHistory, historyFile } from '../backup/history.ts';
import { type Config, readConfig } from '../config/config.ts';
import { expectCollectorFolder, isThere } from '../config/data-dir.ts';
import { StartError } from '../config/start-error.ts';
import { realDisk } from '../doctor/disk.ts';
import { examine, examineFolder, examineStore, type Step } from '../doctor/examine.ts';
import { count, type Finding, STATES, type State } from '../doctor/finding.ts';
import type { Patient } from '../doctor/patient.ts';
import type { Program } from '../engine/child.ts';
import { lockDataDir } from '../engine/data-dir-lock.ts';
import { EXIT_CODES, ExpectedError } from '../lib/expected-error.ts';
import type { Log } from '../lib/logger.ts';
import { command, JSON_OPTION } from './command.ts';
import { operatorOf } from './control/client.ts';
import { connectionOf, withEngine, withServer } from './open-store.ts';
import { progress, report, say } from './output.ts';

/** `passerby doctor` */
export const doctor = command({
  name: 'doctor',
  does: 'Looks for what is wrong: compares sums with hits, reads every part of every table, and looks at the disk, the clock, proxies, backups and what waits; of a running collector, or of a store on which none runs. Ends with 4 if something is wrong.',
  takes: {},
  options: { json: JSON_OPTION },
  examples: ['passerby doctor', 'passerby doctor --json'],
  async run({ values: { json } }, env, { engine }) {
    process.umask(0o077);
    const config = readConfig(env);
    const findings: Finding[] = [];
    const take = (step: Step): void => {
      progress('doing' in step ? `${step.doing} …` : '');
      if ('doing' in step) return;
      findings.push(step.finding);
      if (!json) say(lineOf(step.finding));
    };
    const lines = await askRunning(config.DATA_DIR);
    if (lines === null) await examineAlone(config, engine, take);
    else await takeAll(lines, take);
    progress('');
    const counts = countsOf(findings);
    report(json, { counts, findings }, () => `\n${summaryOf(counts)}`);
    if (counts.wrong > 0) process.exitCode = EXIT_CODES.unsound;
  },
});

type Take = (step: Step) => void;

/** null: no collector runs there. */
const askRunning = async (dataDir: string): Promise<ReadableStream<Uint8Array> | null> => {
  try {
    return await operatorOf(dataDir).stream('POST', '/api/operator/doctor');
  } catch (error) {
    if (error instanceof StartError && error.failure.kind === 'no_collector') return null;
    throw error;
  }
};

const takeAll = async (bytes: ReadableStream<Uint8Array>, take: Take): Promise<void> => {
  const lines = createInterface({ input: Readable.fromWeb(bytes as never), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const step = JSON.parse(line) as Step | { readonly done: true };
    if ('done' in step) return;
    take(step);
  }
  throw new StartError('The collector broke the examination off: its log says why.');
};

/** Opens the store itself, so that one can be examined on which a collector gives up. */
const examineAlone = async (config: Config, program: Program, take: Take): Promise<void> => {
  const { DATA_DIR: dataDir, CLICKHOUSE_URL: url } = config;
  if (url === undefined && !FOLDERS.some((name) => isThere(join(dataDir, name))))
    expectCollectorFolder(dataDir, 'engine');
  await (url === undefined ? inFolder(config, program, take) : onServer(config, url, take));
};

/** One of them is missing when something is wrong; all of them, when it is another folder. */
const FOLDERS = ['engine', 'spool', 'rejected', 'sites.json'];

const aloneWith = async (
  config: Config,
  of: Pick<Patient, 'store' | 'closed' | 'engine' | 'topology' | 'held'>,
): Promise<Patient> => ({
  ...of,
  version: packageJson.version,
  dataDir: resolve(config.DATA_DIR),
  spoolMax: config.SPOOL_MAX,
  backups: await backupsOf(config),
  running: null,
  disk: realDisk,
  now: Date.now,
  signal: new AbortController().signal,
});

const backupsOf = async ({ DATA_DIR: dataDir, BACKUP_DIR: dir }: Config): Promise<Patient['backups']> => {
  const { last } = (await BackupHistory.open(historyFile(dataDir))).known;
  return { dir: dir ?? null, failed: failureOf(last) };
};

const inFolder = async (config: Config, program: Program, take: Take): Promise<void> => {
  const lock = await lockDataDir(config.DATA_DIR);
  try {
    const closed = await aloneWith(config, {
      store: null,
      closed: 'it was not opened yet',
      engine: 'embedded',
      topology: null,
      held: (job) => job(),
    });
    await examineFolder(closed, take);
    take({ doing: 'opening the store' });
    await withEngine(program, lock, SILENT, async (store, ready) => {
      const why = await ready.then(() => null, reasonOf);
      await examineStore({ ...closed, store: why === null ? store : null, closed: why }, take);
    });
  } finally {
    lock.release();
  }
};

/** What the engine says of itself is told as findings. */
const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const reasonOf = (error: unknown): string => {
  if (error instanceof ExpectedError) return error.message.replace(/\.$/, '');
  throw error;
};

/** Others may store meanwhile: what is half stored is whole a moment later. */
const PAUSE_MS = 2000;

const onServer = async (config: Config, url: string, take: Take): Promise<void> => {
  const connection = connectionOf(url, config.CLICKHOUSE_CLUSTER);
  const { topology = null } = connection;
  const engine = topology === null ? 'server' : 'cluster';
  const held: Patient['held'] = async (job) => {
    await sleep(PAUSE_MS);
    return job();
  };
  await withServer(connection, async (store) =>
    examine(await aloneWith(config, { store, closed: null, engine, topology, held }), take),
  );
};

const lineOf = ({ state, name, says, do: remedy }: Finding): string =>
  `${state.padEnd(7)}  ${name.padEnd(11)}  ${says}${remedy === undefined ? '' : `  → ${remedy}`}`;

const countsOf = (findings: readonly Finding[]): Readonly<Record<State, number>> => {
  const of = (state: State): number => findings.filter((finding) => finding.state === state).length;
  return Object.fromEntries(STATES.map((state) => [state, of(state)])) as Record<State, number>;
};

const summaryOf = ({ ok, warn, wrong, skipped }: Readonly<Record<State, number>>): string =>
  `${ok} ok, ${count(warn, 'warning')}, ${wrong} wrong, ${skipped} skipped.`;
