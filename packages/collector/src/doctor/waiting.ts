import { join } from 'node:path';
import { readSegment, segmentName } from '../ingest/spool/segment.ts';
import type { Patient } from './patient.ts';

/** Bytes of segments that are looked into. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Days and sites (`day site`) of batches that wait on the disk: one of them may be stored in some tables and not in others.
 * A running collector has seen to those in its spool; those that were set aside are so in any case.
 */
export const unsettledDays = async ({ disk, dataDir, running }: Patient): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  let room = MOST_BYTES;
  for (const folder of running === null ? ['rejected', 'spool'] : ['rejected']) {
    const files = (await disk.names(join(dataDir, folder))).filter((name) => segmentName(name) !== null).sort();
    for (const file of files) {
      const bytes = await disk.read(join(dataDir, folder, file)).catch(() => null);
      if (bytes === null) continue;
      room -= bytes.length;
      if (room < 0) return found;
      for (const place of placesIn(bytes)) found.add(place);
    }
  }
  return found;
};

const placesIn = (bytes: Buffer): string[] => {
  const { columns, lines } = readSegment(bytes);
  const [day, site] = [columns?.indexOf('day') ?? -1, columns?.indexOf('site') ?? -1];
  if (day < 0 || site < 0) return [];
  return lines
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = JSON.parse(line) as unknown[];
      return `${values[day]} ${values[site]}`;
    });
};
