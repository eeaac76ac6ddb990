import { EngineError } from './engine-error.ts';
import type { NotStarted } from './messages.ts';

/** Longest piece of the engine's own words in a message, in characters. */
const MAX_WORDS = 500;
const NO_ENGINE = 'ERR_MODULE_NOT_FOUND';
const NO_BUILD = ['CHDB_PLATFORM', 'CHDB_ABI'];
/**
 * Codes with which ClickHouse refuses what a file says, not the reading of it, which may go well the next time
 * (https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp).
 */
const DAMAGE = ['27', '33', '40', '62', '117', '228', '231', '246'];

/**
 * One sentence on why the engine's process did not start.
 * @param failed what it reported; null: it ended before it could
 * @param output what it wrote to its standard error, where ClickHouse writes why it cannot open its data
 */
export const startFailure = (failed: NotStarted | null, output: string, dataDir: string): EngineError => {
  if (failed?.code === NO_ENGINE)
    return new EngineError(
      'unsupported',
      'This Passerby comes without the embedded engine: name a ClickHouse server with CLICKHOUSE_URL.',
    );
  if (NO_BUILD.includes(failed?.code ?? ''))
    return new EngineError(
      'unsupported',
      `The embedded engine does not run here (${process.platform} ${process.arch}): it needs Linux with glibc, or macOS, on x64 or arm64. Elsewhere, name a ClickHouse server with CLICKHOUSE_URL.`,
    );
  if (output.includes('Cannot lock file'))
    return new EngineError(
      'in-use',
      `The data in ${dataDir} is in use by another process: stop it, or choose another DATA_DIR.`,
    );
  const damaged = damagedFile(output);
  if (damaged !== null)
    return new EngineError(
      'damaged',
      `The embedded engine cannot open the table of ${damaged}: bring DATA_DIR back from a backup.`,
    );
  const words = [failed?.message, output].filter(Boolean).join(' ').replace(/\s+/g, ' ').trim().slice(0, MAX_WORDS);
  return new EngineError('failed', `The embedded engine does not start: ${words || 'it ended without a word.'}`);
};

/** The file of the table that cannot be opened because of what its files say; null: it is something else. */
const damagedFile = (output: string): string | null => {
  const codes = [...output.matchAll(/Code: (\d+)\./g)].map(([, code]) => code ?? '');
  const file = /metadata file (.+?\.sql)\b/.exec(output)?.[1];
  return file !== undefined && codes.some((code) => DAMAGE.includes(code)) ? file : null;
};
