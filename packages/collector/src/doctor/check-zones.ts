import { zone as zoneOf } from '../lib/time-zone.ts';
import { count, type Found, ok, skipped, warn } from './finding.ts';
import { askOf, type Patient } from './patient.ts';
import { reasonOf } from './trouble.ts';

const MONTH_MS = 30.4 * 86_400_000;
const MONTHS = 24;

/** Whether the store and this program mean the same by the time zones of the sites, this year and the next. */
export const checkZones = async (patient: Patient, zones: readonly string[]): Promise<Found[]> => {
  const ask = askOf(patient);
  const moments = Array.from({ length: MONTHS }, (_, month) => Math.floor((patient.now() + month * MONTH_MS) / 1000));
  const differing: string[] = [];
  const unknown: Found[] = [];
  for (const zone of zones)
    try {
      const rows = await ask<{ local: string }>(
        `SELECT formatDateTime(toTimeZone(toDateTime(arrayJoin({moments:Array(UInt32)}), 'UTC'), {zone:String}), '%FT%T') AS local`,
        { moments, zone },
      );
      const { format } = zoneOf(zone);
      if (!rows.every(({ local }, at) => format((moments[at] ?? 0) * 1000).startsWith(local))) differing.push(zone);
    } catch (error) {
      if (patient.signal.aborted) throw error;
      unknown.push(skipped(`The hours of ${zone} cannot be compared: ${reasonOf(error)}.`));
    }
  if (differing.length > 0)
    return [
      warn(
        `Node.js and the store know different hours of ${differing.slice(0, 5).join(', ')}.`,
        'use a newer Node.js, or a newer Passerby: the rules of these zones have changed',
      ),
      ...unknown,
    ];
  const agreed = count(zones.length - unknown.length, 'time zone');
  return [
    ok(`Node.js and the store agree on ${agreed} of the sites (data ${process.versions.tz ?? 'of Node.js'}).`),
    ...unknown,
  ];
};
