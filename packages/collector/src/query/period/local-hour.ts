import type { Zone } from '../../lib/time-zone.ts';

/**
 * Where local hours begin and end, in Unix seconds. A change of clocks by half an hour leaves one that is shorter, and is
 * called in rows by where it would have begun (see `Zone.hourStart`): Lord Howe Island has two of 01:00 in autumn, and the
 * second, from 01:30+10:30 to 02:00, is called 01:30+11:00. Answers and ranges say where it begins.
 */

/** Clocks change at quarters, see `lib/time-zone.ts`. */
const QUARTER = 15 * 60;

const nameOf = (at: number, zone: Zone): number => zone.hourStart(at * 1000);

/** First second of the local hour that a second lies in. */
export const hourBegin = (at: number, zone: Zone): number => {
  const name = nameOf(at, zone);
  let begin = name;
  while (nameOf(begin, zone) !== name) begin += QUARTER;
  return begin;
};

/** First second after the local hour that a second lies in. */
export const hourEnd = (at: number, zone: Zone): number => {
  const name = nameOf(at, zone);
  let end = hourBegin(at, zone);
  while (nameOf(end, zone) === name) end += QUARTER;
  return end;
};

/** True if a local hour begins at a second. */
export const isHourBegin = (at: number, zone: Zone): boolean => hourBegin(at, zone) === at;

/** First second of the local hour that rows call by a second; of one that no hour is called by, that second. */
export const beginOfNamed = (name: number, zone: Zone): number => {
  const next = hourEnd(name, zone);
  return nameOf(name, zone) !== name && nameOf(next, zone) === name ? next : name;
};
