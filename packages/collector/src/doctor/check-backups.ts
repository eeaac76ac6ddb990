import { join } from 'node:path';
import { readArchive, readPieces } from '../backup/archive.ts';
import { listKept } from '../backup/folder.ts';
import { inspectFrames } from '../backup/restore.ts';
import { sizeOf } from '../lib/size-text.ts';
import { ago, type Found, ok, skipped, warn, wrong } from './finding.ts';
import type { Patient, Say } from './patient.ts';
import { reasonOf } from './trouble.ts';

const HOW = 'see docs/backup.md';
/** The collector makes one a day at least: two are missing then. */
const LATE_MS = 2 * 86_400_000;

/** Whether there are backups, how old the newest is, and whether it can be restored: it is read to its end. */
export const checkBackups = async (patient: Patient, say: Say): Promise<Found[]> => {
  const { backups, engine, signal } = patient;
  if (engine === 'cluster')
    return [skipped('A cluster is backed up with its own BACKUP statement.', 'see docs/cluster.md')];
  const found =
    backups.failed === null
      ? []
      : [wrong(`The last backup failed: ${backups.failed}.`, 'see to that, and docs/backup.md')];
  if (backups.dir === null)
    return [...found, skipped('No BACKUP_DIR is set: it is not known whether there are backups.', HOW)];
  try {
    return [...found, ...(await newestOf(patient, backups.dir, say))];
  } catch (error) {
    if (signal.aborted) throw error;
    return [...found, wrong(`BACKUP_DIR cannot be read: ${reasonOf(error)}.`, 'see to BACKUP_DIR')];
  }
};

const newestOf = async ({ disk, now }: Patient, folder: string, say: Say): Promise<Found[]> => {
  const [newest] = await listKept(folder);
  if (newest === undefined) return [warn('There is no backup in BACKUP_DIR.', HOW)];
  const path = join(folder, newest.name);
  say(`reading ${newest.name}`);
  try {
    const { size } = await disk.look(path);
    const age = now() - Date.parse((await inspectFrames(readArchive(readPieces(path)))).taken);
    const says = `The newest backup, ${newest.name} (${sizeOf(size)}), is ${ago(age)} old and as it was written`;
    return age > LATE_MS ? [warn(`${says}: newer ones should be there.`, HOW)] : [ok(`${says}.`)];
  } catch (error) {
    return [
      wrong(
        `The newest backup, ${newest.name}, cannot be restored: it ${reasonOf(error)}.`,
        'make a new one, and look at the disk of BACKUP_DIR',
      ),
    ];
  }
};
