import { relative } from 'node:path';
import { count, type Found, ok, warn, wrong } from './finding.ts';
import type { Patient } from './patient.ts';

/** Whether nobody else can read or change what is in the folder, and this user can. */
export const checkPermissions = async (patient: Patient): Promise<Found[]> => {
  const { disk, dataDir, signal } = patient;
  const { mode, uid } = await disk.look(dataDir);
  const [open, writable, foreign, total] = [[] as string[], [] as string[], [] as string[], { files: 0 }];
  const own = disk.user();
  for await (const entry of disk.walk(dataDir)) {
    signal.throwIfAborted();
    if (++total.files > MOST_FILES) break;
    if (entry.mode & OTHERS_WRITE && (entry.isFile || entry.isFolder)) writable.push(entry.path);
    else if (entry.isFile && entry.mode & OTHERS_READ) open.push(entry.path);
    if (entry.uid !== uid) foreign.push(entry.path);
  }
  const isShut = (mode & OTHERS) === 0;
  const found: Found[] = [];
  if (own !== 0 && uid !== own)
    found.push(warn(`DATA_DIR belongs to another user (${uid}) than this one (${own}).`, OWN_USER));
  if (mode & OTHERS_WRITE)
    found.push(wrong('Every user of this machine can change what is in DATA_DIR.', `chmod 700 ${dataDir}`));
  else if (!isShut && open.length > 0)
    found.push(
      warn(
        `Other users can read ${count(open.length, 'file')} in DATA_DIR, as ${within(dataDir, open)}.`,
        `chmod 700 ${dataDir}`,
      ),
    );
  if (writable.length > 0 && !isShut)
    found.push(
      wrong(
        `Other users can change ${count(writable.length, 'file')} in DATA_DIR, as ${within(dataDir, writable)}.`,
        `chmod -R go-rwx ${dataDir}`,
      ),
    );
  if (foreign.length > 0)
    found.push(
      wrong(
        `${count(foreign.length, 'file')} in DATA_DIR ${foreign.length === 1 ? 'belongs' : 'belong'} to another user than the folder, as ${within(dataDir, foreign)}: the collector may not be able to use ${foreign.length === 1 ? 'it' : 'them'}.`,
        `chown -R ${uid} ${dataDir}`,
      ),
    );
  if (found.length > 0) return found;
  return [
    ok(
      isShut
        ? 'DATA_DIR is open to its own user alone.'
        : `DATA_DIR is open to others (${mode.toString(8)}), and no file in it is.`,
    ),
  ];
};

const OWN_USER = "run the command as the collector's user, for instance with sudo";
const [OTHERS, OTHERS_READ, OTHERS_WRITE] = [0o007, 0o004, 0o002];
/** More than that are not looked at. */
const MOST_FILES = 200_000;

const within = (folder: string, [first = '']: readonly string[]): string => relative(folder, first);
