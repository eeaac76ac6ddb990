import { join } from 'node:path';
import { readSegment, segmentName } from '../ingest/spool/segment.ts';
import { BEHIND_S } from '../system/warnings.ts';
import { ago, count, type Found, ok, skipped, warn, wrong } from './finding.ts';
import type { Patient, Say } from './patient.ts';
import { reasonOf } from './trouble.ts';

/** What was accepted and is not in the tables: it waits, was set aside, or is damaged. */
export const checkSpool = async (patient: Patient, say: Say): Promise<Found[]> => {
  const { disk, dataDir, running } = patient;
  const [spool, rejected] = [join(dataDir, 'spool'), join(dataDir, 'rejected')];
  const files = await disk.names(spool);
  const segments = files.filter((name) => segmentName(name) !== null);
  const found: Found[] = [];
  const whole = { rows: 0, damaged: 0, unreadable: 0 };
  for (const [at, name] of segments.entries()) {
    patient.signal.throwIfAborted();
    say(`reading the spool (${at + 1} of ${segments.length})`);
    try {
      const { rows, damaged } = readSegment(await disk.read(join(spool, name)));
      whole.rows += rows;
      // A running collector writes the last one just now.
      if (damaged.length > 0 && running === null) whole.damaged += 1;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') whole.unreadable += 1;
    }
  }
  if (whole.unreadable > 0)
    found.push(
      wrong(
        `${count(whole.unreadable, 'file')} of the spool cannot be read.`,
        'see to the disk and to who owns DATA_DIR/spool',
      ),
    );
  if (whole.damaged > 0) {
    const [waits, them] = whole.damaged === 1 ? ['waits in the spool is', 'it'] : ['wait in the spool are', 'them'];
    found.push(
      wrong(
        `${count(whole.damaged, 'batch', 'batches')} that ${waits} damaged: what is whole of ${them} is stored, the rest is lost.`,
        'see to the disk; then start the collector',
      ),
    );
  }
  found.push(...(await setAside(patient, rejected)));
  if (running !== null && running.behind >= BEHIND_S)
    found.push(
      warn(
        `What was accepted waits for ${ago(running.behind * 1000)}: the store is away, or too slow.`,
        'look at the log of the collector',
      ),
    );
  if (found.length > 0) return found;
  return [
    ok(
      whole.rows === 0
        ? 'Nothing waits in the spool, and nothing was set aside.'
        : `${count(whole.rows, 'row')} wait in the spool, and nothing was set aside.`,
    ),
  ];
};

const setAside = async ({ disk }: Patient, folder: string): Promise<Found[]> => {
  try {
    const names = await disk.names(folder);
    const rejected = names.filter((name) => segmentName(name) !== null).length;
    const damaged = names.filter((name) => name.endsWith('.damaged')).length;
    return [
      ...(rejected > 0
        ? [
            wrong(
              `${count(rejected, 'batch', 'batches')} could not be stored and ${rejected === 1 ? 'was' : 'were'} set aside.`,
              'passerby replay has them stored again',
            ),
          ]
        : []),
      ...(damaged > 0
        ? [
            warn(
              `${count(damaged, 'damaged piece')} of batches ${damaged === 1 ? 'lies' : 'lie'} in DATA_DIR/rejected and ${damaged === 1 ? 'is' : 'are'} in no number.`,
              'passerby replay --discard-damaged deletes them',
            ),
          ]
        : []),
    ];
  } catch (error) {
    return [skipped(`DATA_DIR/rejected cannot be read: ${reasonOf(error)}.`)];
  }
};
