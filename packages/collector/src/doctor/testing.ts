/** A patient for tests, with what a test does not care for. */
import { realDisk } from './disk.ts';
import type { Found } from './finding.ts';
import type { Patient } from './patient.ts';

/** @param own what the test is about */
export const patientOf = (own: Partial<Patient>): Patient => ({
  version: '1.2.3',
  store: null,
  closed: 'there is none',
  engine: 'embedded',
  topology: null,
  dataDir: '/nowhere',
  spoolMax: 2 ** 30,
  backups: { dir: null, failed: null },
  running: null,
  held: (job) => job(),
  disk: realDisk,
  now: () => Date.parse('2026-06-09T12:00:00Z'),
  signal: new AbortController().signal,
  ...own,
});

/** A finding in short, for a table of expectations. @example 'wrong The table sums is missing.' */
export const inShort = ({ state, says }: Found): string => `${state} ${says}`;
