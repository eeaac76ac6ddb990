/** What the clocks on the walls of a time zone show at an instant. */
export interface WallClock {
  /** `2036-03-30` */
  readonly day: string;
  /** When the local hour began, Unix seconds: an hour that a change of clocks repeats, or cuts, counts as two. */
  readonly hour: number;
}

const QUARTER = 15 * 60;

/** A time zone, read off `Intl` in the plainest way. Instants are whole Unix seconds. */
export interface Calendar {
  read(second: number): WallClock;
  /** The local hours of so many days before an instant, that of the instant included, the earliest first. */
  hoursBefore(second: number, days: number): WallClock[];
  /** The instant as an answer writes it: `2036-03-30T03:00:00+02:00`. */
  write(second: number): string;
}

export const createCalendar = (timezone: string): Calendar => {
  // Sweden writes dates in the order of ISO 8601: 2036-03-30 03:00:00.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' });
  const wall = (second: number): string => format.format(second * 1000).replace(' ', 'T');
  const ahead = (second: number): number => Date.parse(`${wall(second)}Z`) / 1000 - second;
  const readQuarter = (second: number): WallClock => {
    const [day = '', time = ''] = wall(second).split('T');
    const [, minutes = 0] = time.split(':').map(Number);
    const full = second - 60 * minutes;
    if (ahead(full) === ahead(second)) return { day, hour: full };
    let hour = second;
    while (ahead(hour - QUARTER) === ahead(second)) hour -= QUARTER;
    return { day, hour };
  };
  /** Clocks change at full quarters alone, and `Intl` takes its time. */
  const quarters = new Map<number, WallClock>();
  const read = (second: number): WallClock => {
    const quarter = Math.floor(second / QUARTER);
    const known = quarters.get(quarter) ?? readQuarter(quarter * QUARTER);
    quarters.set(quarter, known);
    return known;
  };
  const written = new Map<number, string>();
  return {
    read,
    hoursBefore(second, days) {
      const all = Array.from({ length: days * 96 }, (_, index) => read(second - (days * 96 - 1 - index) * QUARTER));
      return all.filter(({ hour }, index) => hour !== all[index - 1]?.hour);
    },
    write(second) {
      const known = written.get(second);
      if (known !== undefined) return known;
      const minutesAhead = ahead(second) / 60;
      const distance = Math.abs(minutesAhead);
      const offset = [Math.floor(distance / 60), distance % 60].map((part) => String(part).padStart(2, '0')).join(':');
      const text = `${wall(second)}${minutesAhead < 0 ? '-' : '+'}${offset}`;
      written.set(second, text);
      return text;
    },
  };
};

/** The Monday of a day's week. @example mondayOf('2036-03-30') // '2036-03-24' */
export const mondayOf = (day: string): string => {
  const weekday = new Date(day).getUTCDay();
  return daysLater(day, weekday === 0 ? -6 : 1 - weekday);
};

/** The day a number of days later. @example daysLater('2036-02-28', 1) // '2036-02-29' */
export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
