const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
/** Times that a list has at most. */
const MOST = 24;

/**
 * Times of a day in order, each once; null: it is no such list.
 * @example parseTimesOfDay('15:30, 03:30') // ['03:30', '15:30']
 */
export const parseTimesOfDay = (list: string): readonly string[] | null => {
  const times = [...new Set(list.split(',').map((time) => time.trim()))].sort();
  return times.length <= MOST && times.every((time) => TIME.test(time)) ? times : null;
};

/**
 * The latest of these times of any day that is not after a moment.
 * @param times of a day of UTC, as {@link parseTimesOfDay} gives them
 * @param now Unix milliseconds, as is what is given
 */
export const latestTime = (times: readonly string[], now: number): number =>
  Math.max(...around(times, now).filter((time) => time <= now));

/** The earliest of them after a moment. */
export const nextTime = (times: readonly string[], now: number): number =>
  Math.min(...around(times, now).filter((time) => time > now));

/** Of the day before, the day and the day after. */
const around = (times: readonly string[], now: number): number[] => {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  return [-DAY_MS, 0, DAY_MS].flatMap((day) => times.map((time) => midnight + day + millisecondsOf(time)));
};

const millisecondsOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
};
