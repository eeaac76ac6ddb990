import { existsSync } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { ArchiveError } from '../backup/archive.ts';
import type { Manifest } from '../backup/archive-frame.ts';
import { inspectBackup } from '../backup/restore.ts';
import { dataDirIn } from '../config/config.ts';
import { StartError, UsageError } from '../config/start-error.ts';
import { isDenied } from '../lib/denied.ts';
import { renameWhole } from '../lib/write-whole.ts';
import { command } from './command.ts';
import { operatorOf } from './control/client.ts';
import { say } from './output.ts';
import { tableOf } from './table.ts';

/** `passerby backup` */
export const backup = command({
  name: 'backup',
  does: 'Writes all that the collector on DATA_DIR has stored into a new file, as it was at one moment, while it goes on counting.',
  takes: { FILE: 'a new file' },
  options: {},
  examples: ['passerby backup /backups/passerby-2026-06-09'],
  async run({ positionals: { FILE } }, env) {
    const operator = operatorOf(dataDirIn(env));
    if (existsSync(FILE)) throw new UsageError('FILE', `${FILE} is there already: name a new one.`);
    // Under its name there is only ever a whole one.
    const part = `${FILE}.part`;
    try {
      await fetchInto(part, () => operator.stream('POST', '/api/operator/backup'));
      const manifest = await inspectBackup(part);
      await renameWhole(part, FILE);
      tell(FILE, (await stat(FILE)).size, manifest);
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw error instanceof ArchiveError
        ? new StartError('The collector broke the backup off: its log says why, and nothing was kept.')
        : error;
    }
  },
});

const fetchInto = async (path: string, begin: () => Promise<ReadableStream<Uint8Array>>): Promise<void> => {
  // A new file: one that is there may be another user's, who could read what is written into it.
  await writing(rm(path, { force: true }));
  const file = await writing(open(path, 'wx', 0o600));
  try {
    await copy(await begin(), file);
    await writing(file.sync());
  } finally {
    await file.close();
  }
};

const copy = async (bytes: ReadableStream<Uint8Array>, file: FileHandle): Promise<void> => {
  const reader = bytes.getReader();
  // What is missing at the end is found when the file is read.
  const next = () => reader.read().catch(() => ({ done: true, value: undefined }));
  for (let { value } = await next(); value !== undefined; { value } = await next())
    await writing(file.writeFile(value));
};

const writing = async <T>(job: Promise<T>): Promise<T> => {
  try {
    return await job;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const kind = isDenied(code) ? 'forbidden' : 'failed';
    throw new StartError(`FILE: cannot be written (${code ?? 'unknown'}).`, { kind, field: 'FILE' });
  }
};

const tell = (file: string, bytes: number, { tables, taken, heldMs }: Manifest): void => {
  say(rowsOf(tables));
  say(`\n${file}: ${(bytes / 1e6).toFixed(1)} MB, the store as it was at ${taken}.`);
  say(`Storing paused for ${heldMs} ms; what was accepted meanwhile waited in the spool.`);
};

/** The rows of each table, as a table. */
export const rowsOf = (tables: Manifest['tables']): string =>
  tableOf(
    ['TABLE', 'ROWS'],
    tables.map(({ name, rows }) => [name, rows]),
  );
