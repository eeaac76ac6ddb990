import { originalOf } from '../backup/snapshot.ts';
import { sizeOf } from '../lib/size-text.ts';
import { identifier } from '../lib/sql-quote.ts';
import { keptOf } from '../store/kept-tables.ts';
import { SPELLINGS } from '../store/spelling/lookup.ts';
import { TABLES } from '../store/tables.ts';
import { databaseOf, ofEveryServer, THOSE_UP } from '../store/topology.ts';
import { count, type Found, ok, skipped, warn, wrong } from './finding.ts';
import { type Ask, askOf, type Patient, type Say } from './patient.ts';
import { reasonOf } from './trouble.ts';

interface Part {
  readonly table: string;
  readonly name: string;
  readonly bytes: number;
}

const DAMAGE = 'see "Damage" in docs/backup.md';
/** ClickHouse's code: there is no such part any more, as it was merged. */
const GONE = 'NO_SUCH_DATA_PART';

/** Reads every part of every table, one after the other, and compares it with its checksums. */
export const checkParts = async (patient: Patient, say: Say): Promise<Found[]> => {
  if (patient.engine === 'cluster')
    return [
      skipped(
        'The servers of a cluster keep copies of their parts, and mend them by those.',
        'ask each with CHECK TABLE',
      ),
    ];
  const ask = askOf(patient);
  const parts = await partsOf(ask);
  const found: Found[] = [];
  for (const [at, part] of parts.entries()) {
    say(`reading parts: ${part.table} ${part.name} (${at + 1} of ${parts.length})`);
    found.push(...(await read(ask, part, patient)));
  }
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (found.length > 0) return found;
  return [ok(`${count(parts.length, 'part')} with ${sizeOf(bytes)} were read and are as they were written.`)];
};

/** The tables of Passerby; what is kept of before an upgrade after them. */
const partsOf = async (ask: Ask): Promise<Part[]> => {
  const rows = await ask<Part>(
    `SELECT table, name, toFloat64(bytes_on_disk) AS bytes FROM system.parts
    WHERE database = currentDatabase() AND active ORDER BY table, name`,
  );
  const own = new Set<string>([...TABLES, SPELLINGS]);
  return [
    ...rows.filter(({ table }) => own.has(table)),
    ...rows.filter(({ table }) => keptOf(table) !== null && originalOf(table) === null),
  ];
};

const read = async (ask: Ask, { table, name }: Part, { signal }: Patient): Promise<Found[]> => {
  const where = `Part ${name} of ${table}`;
  try {
    const checked = await ask<{ is_passed: number }>(
      `CHECK TABLE ${identifier(table)} PART '${name}' SETTINGS check_query_single_value_result = 0, max_threads = 1, max_execution_time = 100`,
    );
    return checked.every(({ is_passed: isPassed }) => isPassed === 1)
      ? []
      : [damaged(table, `${where} is damaged and cannot be read.`)];
  } catch (error) {
    if (signal.aborted) throw error;
    const reason = reasonOf(error);
    if (reason.includes(GONE)) return [];
    return [
      /damaged/.test(reason)
        ? damaged(table, `${where} is damaged and cannot be read.`)
        : skipped(`${where} could not be read: ${reason}.`),
    ];
  }
};

/** What is kept from before an upgrade is needed for the way back alone. */
const damaged = (table: string, says: string): Found =>
  keptOf(table) === null ? wrong(says, DAMAGE) : warn(says, DAMAGE);

/** Parts that are not in the tables any more: the engine set them aside, or somebody took them out. */
export const checkDetached = async (patient: Patient): Promise<Found[]> => {
  const ask = askOf(patient);
  const { topology } = patient;
  const rows = await ask<{ table: string; reason: string; parts: number }>(
    `SELECT table, reason, toUInt32(count()) AS parts FROM ${ofEveryServer(topology, 'system.detached_parts')}
    WHERE database = ${databaseOf(topology)} GROUP BY table, reason ORDER BY table, reason ${THOSE_UP}`,
  );
  if (rows.length === 0) return [ok('No part of a table was set aside.')];
  return rows.map(({ table, reason, parts }) =>
    reason.startsWith('broken')
      ? wrong(
          `${count(parts, 'part')} of ${table} could not be read and ${parts === 1 ? 'was' : 'were'} set aside by the engine (${reason}): rows are missing from every answer.`,
          DAMAGE,
        )
      : warn(
          `${count(parts, 'part')} of ${table} ${parts === 1 ? 'was' : 'were'} taken out${reason === '' ? '' : ` (${reason})`}: rows are missing from every answer.`,
          DAMAGE,
        ),
  );
};

/** Changes of tables that began and do not end: purges, upgrades, what is too old. */
export const checkChanges = async (patient: Patient): Promise<Found[]> => {
  const ask = askOf(patient);
  const rows = await ask<{ table: string; changes: number; failed: number }>(
    `SELECT table, toUInt32(count()) AS changes, toUInt32(countIf(latest_fail_reason != '')) AS failed
    FROM ${ofEveryServer(patient.topology, 'system.mutations')} WHERE database = ${databaseOf(patient.topology)} AND NOT is_done
    GROUP BY table ORDER BY table ${THOSE_UP}`,
  );
  if (rows.length === 0) return [ok('No purge or other change of a table is under way.')];
  return rows.map(({ table, changes, failed }) =>
    failed > 0
      ? wrong(
          `${count(failed, 'change')} of ${table}, as a purge, cannot be carried out.`,
          'look for damaged parts above; then see "Damage" in docs/backup.md',
        )
      : warn(
          `${count(changes, 'change')} of ${table}, as a purge, ${changes === 1 ? 'is' : 'are'} under way.`,
          'ask again later',
        ),
  );
};
