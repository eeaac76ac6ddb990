import { clock } from './system.ts';

/** Facts beside a log line: numbers and short codes, never a payload, an address or an agent. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** The collector's own log. */
export interface Log {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
}

type Level = 'info' | 'warn' | 'error';

/** One line an event: time, level, message, facts as `name=value`. */
export const lineOf = (at: number, level: Level, message: string, facts: Facts = {}): string => {
  const tail = Object.entries(facts).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${new Date(at).toISOString()} ${level} ${message}${tail.join('')}\n`;
};

/** Writes a {@link lineOf} each event. */
export const createLog = (write: (line: string) => void, now = clock): Log => {
  const at =
    (level: Level) =>
    (message: string, facts: Facts = {}): void =>
      write(lineOf(now(), level, message, facts));
  return { info: at('info'), warn: at('warn'), error: at('error') };
};

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
  const at =
    (level: Level) =>
    (message: string, facts: Facts = {}): void => {
      const key = `${level} ${message} ${facts.error ?? ''}`;
      const before = said.get(key);
      if (before !== undefined && Math.abs(now() - before.at) < AGAIN_MS) {
        before.times += 1;
        return;
      }
      if (said.size >= MOST_LINES) said.clear();
      said.set(key, { at: now(), times: 0 });
      log[level](message, before === undefined || before.times === 0 ? facts : { ...facts, left_out: before.times });
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
};
