import { clock } from './system.ts';

/** Facts beside a log line: numbers and short codes, never a payload, an address or an agent. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** How bad a line is, the least first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LOG_LEVELS)[number];

/** `text`: for people; `json`: an object a line. */
export const LOG_FORMATS = ['text', 'json'] as const;

/** The collector's own log. */
export type Log = Readonly<Record<Level, (message: string, facts?: Facts) => void>>;

/** What a log looks like. */
export interface LogStyle {
  readonly format: (typeof LOG_FORMATS)[number];
  /** What is less bad is left out. */
  readonly level: Level;
}

/** The style that nobody has chosen. */
export const PLAIN: LogStyle = { format: 'text', level: 'info' };

/** One line an event: time, level, message, facts as `name=value`; or the same as the fields of an object. */
export const lineOf = (
  at: number,
  level: Level,
  message: string,
  facts: Facts = {},
  format: LogStyle['format'] = 'text',
): string => {
  const time = new Date(at).toISOString();
  const line = { time, level, message };
  // What says what the line is comes first, and no fact replaces it.
  if (format === 'json') return `${JSON.stringify({ ...line, ...facts, ...line })}\n`;
  const tail = Object.entries(facts).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${time} ${level} ${message}${tail.join('')}\n`;
};

const logOf = (at: (level: Level) => Log[Level]): Log => ({
  debug: at('debug'),
  info: at('info'),
  warn: at('warn'),
  error: at('error'),
});

/**
 * Writes a {@link lineOf} each event.
 * @param style asked at each line: it may be chosen later than the log is made
 */
export const createLog = (write: (line: string) => void, now = clock, style = (): LogStyle => PLAIN): Log =>
  logOf((level) => (message, facts) => {
    const { format, level: least } = style();
    if (LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least)) write(lineOf(now(), level, message, facts, format));
  });

/** An error as a fact: its name, and the store's or the system's code. Never its text: that may quote what was sent. */
export const errorOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined || code === null ? error.name : `${error.name} ${code}`;
};

/** How long a line of {@link seldom} is not said again, in milliseconds. */
const AGAIN_MS = 60_000;
/** Different lines that are remembered. */
const MOST_LINES = 100;

/**
 * A log for what strangers can bring about, or what fails again and again: a line of the same message and error is said
 * once a minute, with how often it was left out until then.
 */
export const seldom = (log: Log, now: () => number): Log => {
  const said = new Map<string, { at: number; times: number }>();
  return logOf((level) => (message, facts = {}) => {
    const key = `${level} ${message} ${facts.error ?? ''}`;
    const before = said.get(key);
    if (before !== undefined && Math.abs(now() - before.at) < AGAIN_MS) {
      before.times += 1;
      return;
    }
    if (said.size >= MOST_LINES) said.clear();
    said.set(key, { at: now(), times: 0 });
    log[level](message, before === undefined || before.times === 0 ? facts : { ...facts, left_out: before.times });
  });
};
