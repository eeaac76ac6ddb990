import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { Condition } from '../api/routes/status.ts';
import { dataDirIn } from '../config/config.ts';
import { StartError } from '../config/start-error.ts';
import { sizeOf } from '../lib/size-text.ts';
import type { Site } from '../sites/site.ts';
import type { SystemState } from '../system/system.ts';
import { command, JSON_OPTION } from './command.ts';
import { type Operator, operatorOf } from './control/client.ts';
import { tell } from './output.ts';

/** A collector that says nothing for so long is stuck, in milliseconds. */
const PATIENCE_MS = 10_000;

/** `passerby status` */
export const status = command({
  name: 'status',
  does: 'Says what runs on DATA_DIR: version, since when, where, and how its store is. Ends with 3 if nothing runs there, with 4 if the store does not answer.',
  takes: {},
  options: { json: JSON_OPTION },
  examples: ['passerby status', "passerby status --json | jq '.keeping.behind'"],
  async run({ values: { json } }, env) {
    const dataDir = dataDirIn(env);
    const found = await Promise.race([
      stateOf(operatorOf(dataDir), resolve(dataDir)),
      sleep(PATIENCE_MS, null, { ref: false }),
    ]);
    if (found === null)
      throw new StartError(`The collector on ${resolve(dataDir)} has not answered for ${PATIENCE_MS / 1000} seconds.`);
    tell(json, found, () => described(found));
    if (found.store !== 'ready')
      throw new StartError('The store does not answer: hits are kept until it does.', {
        kind: 'unsound',
        code: 'store_away',
      });
  },
});

/** The part of the API's answer that is told here. */
interface StatusAnswer {
  readonly version: string;
  readonly engine: 'ready' | 'down';
  readonly keeping: Condition | null;
}

/** As the API answers it. */
interface SystemAnswer extends Omit<SystemState, 'startedAt' | 'warnings'> {
  readonly startedAt: string;
  readonly warnings: readonly ({ readonly code: string; readonly level: string } & Readonly<Record<string, unknown>>)[];
}

const stateOf = async (operator: Operator, dataDir: string) => {
  const { version, engine, keeping } = await answeredBy(operator);
  const [system, sites] = await Promise.all([
    known(operator.ask<SystemAnswer>('GET', '/api/operator/system')),
    known(operator.ask<{ sites: Site[] }>('GET', '/api/sites')),
  ]);
  return {
    version,
    dataDir,
    url: operator.url,
    startedAt: system?.startedAt ?? null,
    store: engine,
    engine: system?.engine ?? null,
    sites: sites?.sites.length ?? null,
    keeping,
    data:
      system?.data === undefined || system.data === null ? null : { bytes: system.data.bytes, rows: system.data.rows },
    disk: system?.disk ?? null,
    warnings: system?.warnings ?? [],
    /** Of this command. */
    command: packageJson.version,
  };
};

/** While nothing is known of what is stored, not even who asks is answered. */
const answeredBy = (operator: Operator): Promise<StatusAnswer> =>
  operator.ask<StatusAnswer>('GET', '/api/status').catch((error: unknown) => {
    if (!(error instanceof StartError) || error.failure.code !== 'store_away') throw error;
    return { version: operator.version ?? '(unknown)', engine: 'down', keeping: null };
  });

/** An older collector does not know it, nor one whose store is away. But whoever does not know the token is another one. */
const known = async <T>(answer: Promise<T>): Promise<T | null> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof StartError && error.failure.kind === 'failed') return null;
    throw error;
  }
};

type State = Awaited<ReturnType<typeof stateOf>>;

const described = (state: State): string => {
  const { version, dataDir, url, startedAt, sites, keeping, data, disk, warnings } = state;
  const lines: (readonly [string, string] | null)[] = [
    ['Address', url],
    startedAt === null ? null : ['Since', startedAt],
    ['Store', storeOf(state)],
    sites === null ? null : ['Sites', String(sites)],
    keeping === null ? null : ['Waiting', `${keeping.waiting} rows, the oldest for ${keeping.behind} s`],
    keeping === null ? null : ['Set aside', `${keeping.rejected} segments, ${keeping.damaged} damaged pieces`],
    data === null ? null : ['Data', `${sizeOf(data.bytes)}, ${data.rows} rows`],
    disk === null ? null : ['Disk', `${sizeOf(disk.free)} of ${sizeOf(disk.total)} are free`],
    ...warnings.map((warning) => ['Warning', wordsOf(warning)] as const),
    version === state.command ? null : ['Note', `this command is of Passerby ${state.command}`],
  ];
  const rows = lines.filter((line) => line !== null);
  return [
    `Passerby ${version} runs on ${dataDir}.`,
    '',
    ...rows.map(([name, what]) => `  ${name.padEnd(10)} ${what}`),
  ].join('\n');
};

const KINDS = { embedded: 'embedded engine', server: 'ClickHouse server', cluster: 'ClickHouse cluster' };

const storeOf = ({ store, engine }: State): string =>
  [
    ...(engine === null ? [] : [KINDS[engine.kind] + (engine.version === null ? '' : ` ${engine.version}`)]),
    store === 'ready' ? 'ready' : 'does not answer',
  ].join(', ');

/** A warning's code, and its facts. */
const wordsOf = ({ code, level, ...facts }: SystemAnswer['warnings'][number]): string =>
  [code, ...Object.entries(facts).map(([name, value]) => `${name}=${value}`)].join(' ');
