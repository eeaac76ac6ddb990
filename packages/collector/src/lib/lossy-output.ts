import type { Writable } from 'node:stream';

/** Lines for a reader that may have gone, as for a log that is piped. */
export interface LossyOutput {
  /** Never throws and never waits: a line that cannot be written is lost, and counted. */
  readonly write: (line: string) => void;
  /** Lines that were lost since the start. */
  readonly lost: () => number;
}

/** What is needed of a stream. */
export interface OutputStream extends Pick<Writable, 'writableLength'> {
  on(event: 'error', listener: () => void): unknown;
  write(text: string, done: (error?: Error | null) => void): boolean;
}

/** Characters that may wait for a reader that is slow, or stopped: a pipe beyond its 64 KiB is written when there is room. */
const MOST_WAITING = 256 * 1024;

/**
 * Makes what is only told to somebody harmless to who tells it: a reader that has gone (EPIPE), a full disk (ENOSPC), a
 * terminal that was closed (EIO). Node's standard streams can be written to again after any of them.
 * @param notice a line, told before the next one that can be written, about those that were lost until then
 */
export const createLossyOutput = (stream: OutputStream, notice: (lost: number) => string): LossyOutput => {
  let lost = 0;
  let untold = 0;
  /** @param late lines of before, of which this one told in vain */
  const lose = (late: number): void => {
    lost += 1;
    untold += late + 1;
  };
  // Without a listener the process would end by it; what was lost is counted where it is written.
  stream.on('error', () => {});
  return {
    write(line) {
      if (stream.writableLength > MOST_WAITING) return lose(0);
      const late = untold;
      untold = 0;
      stream.write((late === 0 ? '' : notice(late)) + line, (error) => {
        if (error) lose(late);
      });
    },
    lost: () => lost,
  };
};
