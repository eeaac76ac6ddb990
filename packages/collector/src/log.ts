/** Facts beside a log line: numbers and short codes, never a payload, an address or an agent. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** The collector's own log. */
export interface Log {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
}

/** Writes one line an event: time, level, message, facts as `name=value`. */
export const createLog = (write: (line: string) => void, now: () => number = Date.now): Log => {
  const line =
    (level: string) =>
    (message: string, facts: Facts = {}): void => {
      const tail = Object.entries(facts).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
      write(`${new Date(now()).toISOString()} ${level} ${message}${tail.join('')}\n`);
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
};
