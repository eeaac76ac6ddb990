import type { Zone } from '../../lib/time-zone.ts';
import { isTime } from './dimensions.ts';
import { type NormalizedQuery, timeOf } from './normalize.ts';
import type { AnswerRow } from './query.ts';
import type { CountedGroup } from './result.ts';

/** Time groups of another period by those of the question's range; null: there is no time. */
type Counterparts = ReadonlyMap<string, string> | null;

/** The rows of a series of another period, each in the place of one of the question's range. */
export const inPlace = (
  rows: readonly AnswerRow[],
  others: readonly AnswerRow[],
  counterparts: Counterparts,
): (AnswerRow | null)[] => {
  const known = new Map(others.map((row) => [row.dimensions.join(), row]));
  return rows.map(({ dimensions }) => {
    const place = dimensions.join();
    const other = counterparts ? counterparts.get(place) : place;
    return (other !== undefined && known.get(other)) || null;
  });
};

/** The same values at the time of another period, as an answer names them and as they lie in the store; null: it has no such time. */
export const inOther = (
  { dimensions: names }: NormalizedQuery,
  { dimensions, stored }: CountedGroup,
  counterparts: Counterparts,
  zone: Zone,
): Pick<CountedGroup, 'dimensions' | 'stored'> | null => {
  const time = timeOf({ dimensions: names, filters: [] });
  if (!time || !counterparts) return { dimensions, stored };
  const at = names.findIndex(isTime);
  const label = counterparts.get(dimensions[at] ?? '');
  if (label === undefined) return null;
  const lies = time === 'time:hour' ? String(zone.hourStart(Date.parse(label))) : label;
  return { dimensions: dimensions.with(at, label), stored: stored.with(at, lies) };
};
