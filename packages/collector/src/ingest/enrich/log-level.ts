import type { Level } from '@passerby/sdk/wire';

/** What other loggers call their levels, after the nearest of ours; all in small letters. */
const NAMES: Readonly<Record<Level, string>> = {
  debug: 'debug dbg trace verbose silly fine finer finest d v t',
  info: 'info information informational notice log http success config i',
  warn: 'warn warning caution w',
  error: 'error err severe failure exception e',
  fatal: 'fatal critical crit alert emerg emergency panic f c',
};

const BY_NAME: ReadonlyMap<unknown, Level> = new Map(
  (Object.keys(NAMES) as Level[]).flatMap((level) =>
    NAMES[level].split(' ').map((name): [string, Level] => [name, level]),
  ),
);

/** By the numbers of syslog (RFC 5424, 6.2.1), 0 to 7. */
const SYSLOG: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];
/** By those of bunyan and pino, in tens from 10 on. */
const TENS: readonly Level[] = ['debug', 'debug', 'info', 'warn', 'error', 'fatal'];

/**
 * The level that a logger means; undefined: it is none that is known.
 * @example levelOf('WARNING') === 'warn' && levelOf(50) === 'error'
 */
export const levelOf = (value: unknown): Level | undefined => {
  if (typeof value === 'number') return byNumber(value);
  if (typeof value !== 'string' || value.length > MOST) return undefined;
  const word = value.trim().toLowerCase();
  return /^\d{1,2}$/.test(word) ? byNumber(Number(word)) : BY_NAME.get(word);
};

/** No name of a level is longer. */
const MOST = 40;

const byNumber = (value: number): Level | undefined => SYSLOG[value] ?? TENS[Math.floor(value / 10) - 1];
