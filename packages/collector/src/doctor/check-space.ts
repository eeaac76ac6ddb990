import { join } from 'node:path';
import { engineReserveOf } from '../ingest/spool/spool.ts';
import type { DiskSpace, Room } from '../lib/disk-space.ts';
import { sizeOf } from '../lib/size-text.ts';
import { isAlmostFull } from '../system/disks.ts';
import { count, type Found, ok, skipped, warn, wrong } from './finding.ts';
import { askOf, type Patient } from './patient.ts';
import { reasonOf } from './trouble.ts';

/** Files: a part of a table has up to some hundred. */
const FEW_FILES = { none: 1000, few: 20_000 };

/** Whether the disks have room: for the tables, for what waits, for backups. */
export const checkSpace = async (patient: Patient): Promise<Found[]> => {
  const { dataDir, backups } = patient;
  const found = [...(await placeOf(patient, 'DATA_DIR', dataDir)), ...(await spoolFits(patient))];
  if (backups.dir !== null) found.push(...(await placeOf(patient, 'BACKUP_DIR', backups.dir)));
  if (patient.engine !== 'embedded') found.push(...(await serverDisks(patient)));
  return found;
};

const placeOf = async ({ disk }: Patient, name: string, path: string): Promise<Found[]> => {
  let room: Room;
  try {
    room = await disk.room(path);
  } catch (error) {
    return [wrong(`The disk of ${name} cannot be asked: ${reasonOf(error)}.`, `see to ${name}`)];
  }
  return [spaceIn(`The disk of ${name}`, room), ...filesOf(`The disk of ${name}`, room)];
};

const spaceIn = (where: string, space: DiskSpace): Found => {
  const { free, total } = space;
  const says = `${where} has ${sizeOf(free)} free of ${sizeOf(total)}`;
  if (free < engineReserveOf(space))
    return wrong(
      `${says}: it is full, and hits are refused or not stored.`,
      'make room: see "The disk is full" in docs/doctor.md',
    );
  if (isAlmostFull(space)) return warn(`${says}.`, 'make room, or keep less: see "The disk is full" in docs/doctor.md');
  return ok(`${says}.`);
};

const filesOf = (where: string, { files }: Room): Found[] => {
  if (files === null || files >= FEW_FILES.few) return [];
  const says = `${where} has room for ${count(files, 'more file')}, however large`;
  const remedy = 'delete small files, or use a file system with more inodes (df -i)';
  return [
    files < FEW_FILES.none ? wrong(`${says}: tables are written into new files.`, remedy) : warn(`${says}.`, remedy),
  ];
};

/** Whether all that may wait while the store is away has room. */
const spoolFits = async ({ disk, dataDir, spoolMax }: Patient): Promise<Found[]> => {
  try {
    const room = await disk.room(dataDir);
    let waiting = 0;
    for (const name of await disk.names(join(dataDir, 'spool')))
      waiting += await disk.look(join(dataDir, 'spool', name)).then(
        ({ size }) => size,
        () => 0,
      );
    const usable = Math.max(0, room.free - engineReserveOf(room)) + waiting;
    return usable >= spoolMax
      ? []
      : [
          warn(
            `SPOOL_MAX is ${sizeOf(spoolMax)}, and the disk has room for ${sizeOf(usable)} of hits that wait for the store.`,
            'make room, or set SPOOL_MAX lower',
          ),
        ];
  } catch (error) {
    return [skipped(`Whether SPOOL_MAX fits cannot be told: ${reasonOf(error)}.`)];
  }
};

const serverDisks = async (patient: Patient): Promise<Found[]> => {
  try {
    const rows = await askOf(patient)<{ name: string; free: number; total: number }>(
      'SELECT name, toFloat64(free_space) AS free, toFloat64(total_space) AS total FROM system.disks WHERE total_space > 0 AND total_space < 1e18 ORDER BY name',
    );
    return rows.map(({ name, ...room }) => spaceIn(`The disk ${name} of the ClickHouse server`, room));
  } catch (error) {
    return [skipped(`The disks of the ClickHouse server are not known: ${reasonOf(error)}.`)];
  }
};
