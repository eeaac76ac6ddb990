import { keptTables } from '../store/kept-tables.ts';
import { MIGRATIONS } from '../store/migrate.ts';
import { type Found, ok, skipped, wrong } from './finding.ts';
import { type Ask, askOf, type Patient } from './patient.ts';
import { type ExpectedTable, type ExpectedView, expectedSchema } from './schema.ts';
import { reasonOf } from './trouble.ts';

const RESTORE = 'restore a backup: see "Damage" in docs/backup.md';

/** Whether the tables and views are those that the migrations make. */
export const checkSchema = async (patient: Patient): Promise<Found[]> => {
  const ask = askOf(patient);
  const { version, found: read } = await versionOf(ask);
  if (version > MIGRATIONS.length)
    return [
      wrong(
        `The tables are of version ${version}, this Passerby knows them up to ${MIGRATIONS.length}.`,
        'start the newer Passerby that wrote them',
      ),
    ];
  const there = await presentTables(ask);
  if (version === 0 && there.size === 0)
    return [ok('There are no tables yet: the collector makes them at its first start.')];
  const known = version === 0 ? MIGRATIONS.length : version;
  const { tables, views } = expectedSchema(known);
  const found: Found[] = [...read];
  for (const table of tables.values()) found.push(...(await differencesOf(patient, ask, there, table)));
  if (patient.engine !== 'cluster')
    for (const view of views.values()) found.push(...(await viewDifferences(ask, there, view)));
  if (found.length > 0) return found;
  const later =
    known < MIGRATIONS.length ? `; the next start of the collector brings them to ${MIGRATIONS.length}` : '';
  return [
    ok(`All ${tables.size + views.size} tables and views are as version ${known} of the tables makes them${later}.`),
  ];
};

/** The version by the store's own table, which may be what is damaged. */
const versionOf = async (ask: Ask): Promise<{ version: number; found: Found[] }> => {
  try {
    const [exists] = await ask<{ result: number }>('EXISTS TABLE migrations');
    if (exists?.result !== 1) return { version: 0, found: [] };
    const [row] = await ask<{ version: number }>('SELECT toUInt32(max(version)) AS version FROM migrations');
    const version = row?.version ?? 0;
    return {
      version,
      found: version === 0 ? [wrong('The table migrations says no version: its rows are lost.', RESTORE)] : [],
    };
  } catch (error) {
    return { version: 0, found: [wrong(`The version of the tables cannot be read: ${reasonOf(error)}.`, RESTORE)] };
  }
};

interface Present {
  readonly name: string;
  readonly engine: string;
  readonly sorting_key: string;
  readonly partition_key: string;
  readonly engine_full: string;
  readonly as_select: string;
}

const presentTables = async (ask: Ask): Promise<Map<string, Present>> => {
  const rows = await ask<Present>(
    'SELECT name, engine, sorting_key, partition_key, engine_full, as_select FROM system.tables WHERE database = currentDatabase()',
  );
  return new Map(rows.map((row) => [row.name, row]));
};

const differencesOf = async (
  { engine }: Patient,
  ask: Ask,
  there: ReadonlyMap<string, Present>,
  expected: ExpectedTable,
): Promise<Found[]> => {
  const { name } = expected;
  const present = there.get(name);
  if (present === undefined) return [wrong(`The table ${name} is missing.`, RESTORE)];
  const columns = await ask<{ name: string; type: string }>(
    'SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {name:String} ORDER BY position',
    { name },
  );
  const types = new Map(columns.map((column) => [column.name, column.type]));
  const problems = [
    ...[...expected.columns].flatMap(([column, type]) => {
      const is = types.get(column);
      if (is === undefined) return [`has no column ${column}`];
      return is === type ? [] : [`has ${column} as ${is}, not as ${type}`];
    }),
    // More columns are a newer version's, or somebody's own: rows are stored and read by name.
    ...(engine === 'cluster' ? [] : ownProblems(present, expected)),
  ];
  return problems.length === 0 ? [] : [wrong(`The table ${name} ${problems.join(', ')}.`, RESTORE)];
};

const ownProblems = (present: Present, { engine, sortingKey, partitionKey, window }: ExpectedTable): string[] => [
  ...(present.engine === engine ? [] : [`is a ${present.engine}, not a ${engine}`]),
  ...(present.sorting_key === sortingKey
    ? []
    : [`is ordered by ${present.sorting_key || 'nothing'}, not by ${sortingKey}`]),
  ...(present.partition_key === partitionKey
    ? []
    : [`is divided by ${present.partition_key || 'nothing'}, not by ${partitionKey}`]),
  ...(windowOf(present.engine_full) >= window
    ? []
    : [
        `remembers ${windowOf(present.engine_full)} batches, not ${window}, so that one that comes again may count twice`,
      ]),
];

const windowOf = (engine: string): number =>
  Number(/non_replicated_deduplication_window = (\d+)/.exec(engine)?.[1] ?? 0);

const viewDifferences = async (
  ask: Ask,
  there: ReadonlyMap<string, Present>,
  expected: ExpectedView,
): Promise<Found[]> => {
  const present = there.get(expected.name);
  if (present === undefined)
    return [wrong(`The view ${expected.name} is missing: what is stored does not reach its table.`, RESTORE)];
  try {
    const [same] = await ask<{ same: number }>(
      `SELECT formatQuerySingleLine({is:String}) = formatQuerySingleLine(replaceOne({should:String}, 'FROM intake', concat('FROM ', currentDatabase(), '.intake'))) AS same`,
      { is: present.as_select, should: expected.select },
    );
    return same?.same === 1 ? [] : [wrong(`The view ${expected.name} selects something else than it should.`, RESTORE)];
  } catch (error) {
    return [skipped(`What the view ${expected.name} selects cannot be compared: ${reasonOf(error)}.`)];
  }
};

/** Tables that something left which did not come to its end, and what is kept from before an upgrade. */
export const checkLeftovers = async (patient: Patient): Promise<Found[]> => {
  const ask = askOf(patient);
  const rows = await ask<{ name: string; bytes: number }>(
    `SELECT name, toFloat64(ifNull(total_bytes, 0)) AS bytes FROM system.tables WHERE database = currentDatabase() ORDER BY name`,
  );
  const names = rows.map(({ name }) => name);
  const found: Found[] = [];
  if (names.includes('undo_under_way'))
    found.push(
      wrong('An upgrade was being undone, and that did not come to its end.', 'call passerby undo-upgrade --yes again'),
    );
  return found.length > 0 ? found : [ok(await leftTo(patient, names))];
};

const leftTo = async ({ store }: Patient, names: readonly string[]): Promise<string> => {
  const copies = names.filter((name) => name.startsWith('snapshot_')).length;
  const kept =
    store === null || !names.some((name) => name.startsWith('before_version_')) ? null : await keptTables(store);
  const parts = [
    ...(copies > 0 ? [`${copies} copies made for a backup are there: the next backup or start takes them away`] : []),
    ...(kept === null ? [] : [`the tables of before version ${kept.target} are kept until the next start`]),
  ];
  return parts.length === 0 ? 'Nothing is left of backups or upgrades.' : `${parts.join('; ')}.`;
};
