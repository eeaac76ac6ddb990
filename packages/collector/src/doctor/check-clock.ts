import { join } from 'node:path';
import { readSegment, segmentName } from '../ingest/spool/segment.ts';
import { ago, type Found, ok, skipped, warn, wrong } from './finding.ts';
import { askOf, type Patient } from './patient.ts';
import { reasonOf } from './trouble.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Clocks of one machine and its file system agree; a little is for what is written while it is looked at. */
const SLACK_MS = MINUTE;
/** A clock that is kept is moved by less. */
const MOVED_MS = 2 * MINUTE;
/** Clocks of two machines that are kept differ by less. */
const APART = { warn: 5 * SECOND, wrong: MINUTE };

const SET = 'set the clock, and have it kept (chrony, systemd-timesyncd): see "The clock" in docs/doctor.md';

/**
 * Whether the clock can be right: nothing that is stored, or lies on the disk, is from its future, it was not moved while
 * the collector ran, and a server's clock says the same. A clock that is ahead shows by this alone; nobody is asked.
 */
export const checkClock = async (patient: Patient): Promise<Found[]> => {
  const newest = [...(await newestFiles(patient)), ...(await newestRows(patient))];
  const found = newest.flatMap((one) => ('state' in one ? [one] : futureOf(one, patient.now())));
  found.push(...moved(patient), ...(await serverClock(patient)));
  if (found.some(({ state }) => state === 'wrong' || state === 'warn')) return found;
  const last = Math.max(...newest.map((one) => ('state' in one ? 0 : one.at)));
  const since = last <= 0 ? '' : `, and is ${ago(patient.now() - last)} after the newest that is stored`;
  return [ok(`The clock says ${new Date(patient.now()).toISOString().slice(0, 19)}Z${since}.`), ...found];
};

/** The newest of something. */
interface Newest {
  readonly what: string;
  /** Unix milliseconds. */
  readonly at: number;
}

const futureOf = ({ what, at }: Newest, now: number): Found[] =>
  at - now <= SLACK_MS
    ? []
    : [
        wrong(
          `${what} ${at - now > 0 ? 'is' : 'are'} from ${ago(at - now)} after now: the clock is behind, or was ahead then.`,
          SET,
        ),
      ];

const newestFiles = async ({ disk, dataDir }: Patient): Promise<(Newest | Found)[]> => {
  const found: (Newest | Found)[] = [];
  for (const [folder, what] of [
    ['spool', 'A file of the spool'],
    ['engine/store', 'A folder of a table'],
    ['.', 'A file of DATA_DIR'],
  ] as const) {
    let at = 0;
    let segment = 0;
    for (const name of await disk.names(join(dataDir, folder)).catch(() => [])) {
      const path = join(dataDir, folder, name);
      at = Math.max(
        at,
        await disk.look(path).then(
          ({ changed }) => changed,
          () => 0,
        ),
      );
      if (segmentName(name) !== null)
        segment = Math.max(
          segment,
          await disk.read(path).then(
            (bytes) => readSegment(bytes).begun,
            () => 0,
          ),
        );
    }
    if (at > 0) found.push({ what, at });
    if (segment > 0) found.push({ what: 'A batch in the spool', at: segment });
  }
  return found;
};

/** What is stored says when it came; a purge or a batch that failed does not undo that. */
const newestRows = async (patient: Patient): Promise<(Newest | Found)[]> => {
  if (patient.store === null) return [skipped('When the newest was stored is not known: the store cannot be opened.')];
  const ask = askOf(patient);
  const found: (Newest | Found)[] = [];
  for (const [table, column, what] of [
    ['hits', 'ts', 'The newest hit'],
    ['logs', 'ts', 'The newest log record'],
    ['migrations', 'applied', 'The newest version of the tables'],
  ] as const)
    try {
      const [row] = await ask<{ at: number }>(
        `SELECT toFloat64(toUnixTimestamp(max(${column}))) * 1000 AS at FROM ${table} SETTINGS max_threads = 1`,
      );
      if (row !== undefined && row.at > 0) found.push({ what, at: row.at });
    } catch (error) {
      if (patient.signal.aborted) throw error;
      found.push(skipped(`${what} cannot be read: ${reasonOf(error)}.`));
    }
  return found;
};

/** What counts the time since the start does not count while the machine sleeps. */
const moved = ({ running }: Patient): Found[] => {
  if (running === null || Math.abs(running.moved) < MOVED_MS) return [];
  const [by, up] = [ago(Math.abs(running.moved)), ago(running.up)];
  return running.moved > 0
    ? [
        warn(
          `The clock was moved ahead by ${by} since the collector was started (it ran for ${up}), or the machine slept.`,
          SET,
        ),
      ]
    : [
        wrong(
          `The clock was moved back by ${by} since the collector was started (it ran for ${up}): hits are at a wrong time.`,
          SET,
        ),
      ];
};

const serverClock = async (patient: Patient): Promise<Found[]> => {
  if (patient.engine === 'embedded') return [];
  try {
    const before = patient.now();
    const [row] = await askOf(patient)<{ at: number }>('SELECT toFloat64(toUnixTimestamp64Milli(now64(3))) AS at');
    const apart = Math.abs((row?.at ?? 0) - (before + patient.now()) / 2);
    const says = `The clocks of this machine and of the ClickHouse server are ${(apart / SECOND).toFixed(1)} seconds apart`;
    if (apart > APART.wrong) return [wrong(`${says}.`, SET)];
    return [apart > APART.warn ? warn(`${says}.`, SET) : ok(`${says}.`)];
  } catch (error) {
    return [skipped(`The clock of the ClickHouse server is not known: ${reasonOf(error)}.`)];
  }
};
