import { EngineError } from './errors.ts';
import type { NotStarted } from './messages.ts';

/** Longest piece of the engine's own words in a message, in characters. */
const MAX_WORDS = 500;

/**
 * One sentence on why the engine's process did not start.
 * @param failed what it reported; null: it ended before it could
 * @param output what it wrote to its standard error, where ClickHouse writes why it cannot open its data
 */
export const startFailure = (failed: NotStarted | null, output: string, dataDir: string): EngineError => {
  if (failed?.code === 'CHDB_PLATFORM' || failed?.code === 'CHDB_ABI') {
    const here = `${process.platform} ${process.arch}`;
    return new EngineError(
      'unsupported',
      `The embedded engine does not run here (${here}): it needs Linux with glibc, or macOS, on x64 or arm64. Elsewhere, name a ClickHouse server with CLICKHOUSE_URL.`,
    );
  }
  if (output.includes('Cannot lock file')) {
    return new EngineError(
      'in-use',
      `The data in ${dataDir} is in use by another process: stop it, or choose another DATA_DIR.`,
    );
  }
  const words = [failed?.message, output].filter(Boolean).join(' ').replace(/\s+/g, ' ').trim().slice(0, MAX_WORDS);
  return new EngineError('failed', `The embedded engine does not start: ${words || 'it ended without a word.'}`);
};
