import type { Log } from '../lib/logger.ts';
import type { Warning } from './warnings.ts';

/** Those that nothing else logs when they come about, and what is said then. */
const SAID: Partial<Record<Warning['code'], string>> = {
  disk_almost_full: 'a disk is almost full: see "Room" in docs/system.md',
  disk_full_soon:
    'the disk of the data will be full within 30 days, at the growth of now: see "Room" in docs/system.md',
  spool_filling: 'more than half of SPOOL_MAX waits for the store',
  backup_old: 'the last backup that succeeded is older than twice the time between two',
};

/** What comes and goes is not said again so soon, in milliseconds. */
const AGAIN_MS = 24 * 60 * 60_000;

/** Says a warning once, when it has come about. */
export const createLoggedWarnings = (log: Log, now: () => number) => {
  const said = new Map<string, number>();
  let before = new Set<string>();
  return {
    /** @param warnings all that there are now */
    tell(warnings: readonly Warning[]): void {
      const present = new Set<string>();
      for (const { code, level: _, ...facts } of warnings) {
        const message = SAID[code];
        if (message === undefined) continue;
        const key = 'of' in facts ? `${code} ${facts.of}` : code;
        present.add(key);
        const at = said.get(key);
        if (before.has(key) || (at !== undefined && Math.abs(now() - at) < AGAIN_MS)) continue;
        said.set(key, now());
        log.warn(message, factsOf(facts));
      }
      before = present;
    },
  };
};

/** Moments as the log writes them. */
const factsOf = (facts: object): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => {
      if (value === null) return [];
      return [[name, name === 'at' ? new Date(value).toISOString() : value]];
    }),
  );
