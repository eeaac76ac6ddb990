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
export const createLog = (write: (line: string) => void, now: () => number = Date.now): Log => {
  const at =
    (level: Level) =>
    (message: string, facts: Facts = {}): void =>
      write(lineOf(now(), level, message, facts));
  return { info: at('info'), warn: at('warn'), error: at('error') };
};
