/** A signal ended the check before its time. */
class CutOff extends Error {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`cut off by ${signal}`);
    this.signal = signal;
  }
}

const cutOff = new Promise<never>((_, reject) => {
  // A second signal ends the check at once.
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new CutOff(signal)));
  process.on('uncaughtException', reject);
});
cutOff.catch(() => {
  // Whoever waits for something is told.
});

/**
 * Waits, but no longer than until the check is told to end, or something fails that nobody waits for: then it rejects, so
 * that whoever has started a server ends it.
 */
export const unlessCutOff = <T>(waiting: Promise<T>): Promise<T> => Promise.race([waiting, cutOff]);

/** Ends the check, all of whose servers have ended, as what cut it off would have. */
export const leave = (error: unknown): void => {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  if (error instanceof CutOff) process.kill(process.pid, error.signal);
};
