import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from 'chdb';
import { lockDataDir } from '../../packages/collector/src/engine/data-dir-lock.ts';

/** The engine in this process, with memory and threads that the collector would not give it: it is for filling alone. */
export interface Writers {
  /** How many statements can run at a time. */
  readonly count: number;
  /** @param writer from 0 */
  run(writer: number, statement: string): Promise<void>;
  query<T>(statement: string): Promise<T[]>;
  close(): Promise<void>;
}

const CONFIG = `<clickhouse>
  <max_server_memory_usage>${8 * 1024 ** 3}</max_server_memory_usage>
  <background_pool_size>2</background_pool_size>
</clickhouse>`;

/** @param dataDir that of a collector; the schema is there */
export const openWriters = async (dataDir: string, count: number): Promise<Writers> => {
  const lock = await lockDataDir(dataDir);
  const scratch = mkdtempSync(join(tmpdir(), 'passerby-fill-'));
  const configFile = join(scratch, 'engine.xml');
  writeFileSync(configFile, CONFIG);
  const open = (): Session => new Session(join(dataDir, 'engine'), { connectionArgs: [`--config-file=${configFile}`] });
  const [reader, ...writers] = Array.from({ length: 1 + count }, open);
  return {
    count,
    run: async (writer, statement) => {
      await writers[writer]?.queryAsync(statement);
    },
    query: async <T>(statement: string) => {
      const answer = await reader?.queryAsync(statement, { format: 'JSONEachRow' });
      const text = answer?.text() ?? '';
      return text
        .split('\n')
        .filter(Boolean)
        .map((line): T => JSON.parse(line));
    },
    close: async () => {
      for (const session of [reader, ...writers]) session?.close();
      lock.release();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
};
