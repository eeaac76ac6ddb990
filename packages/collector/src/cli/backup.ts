import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { ArchiveError, readArchive } from '../backup/archive.ts';
import type { Manifest } from '../backup/archive-frame.ts';
import { inspectFrames } from '../backup/restore.ts';
import { partOf, type Written, writeArchive } from '../backup/write-archive.ts';
import { dataDirIn } from '../config/config.ts';
import { StartError, UsageError } from '../config/start-error.ts';
import { isDenied } from '../lib/denied.ts';
import { sizeOf } from '../lib/size-text.ts';
import { command, JSON_OPTION } from './command.ts';
import { type Operator, operatorOf } from './control/client.ts';
import { answer, complain, say } from './output.ts';
import { tableOf } from './table.ts';

/** `passerby backup` */
export const backup = command({
  name: 'backup',
  does: 'Writes all that the collector on DATA_DIR has stored into a new file, or to the standard output (-), as it was at one moment, while it goes on counting.',
  takes: { FILE: 'a new file; -: the standard output' },
  options: { json: JSON_OPTION },
  examples: ['passerby backup /backups/passerby-2026-06-09', 'passerby backup - | age -r age1… > passerby.backup.age'],
  async run({ positionals: { FILE }, values: { json } }, env) {
    const isStream = FILE === STREAM;
    if (isStream && process.stdout.isTTY)
      throw new UsageError('FILE', 'the standard output is a terminal: send it into a file or a program.');
    const operator = operatorOf(dataDirIn(env));
    const written = await (isStream ? toOutput(operator) : toFile(operator, FILE)).catch((error: unknown) => {
      throw error instanceof ArchiveError ? brokenOff(isStream) : error;
    });
    const summary = json ? JSON.stringify(summaryOf(FILE, written), null, 2) : wordsOf(FILE, written);
    // What goes to the standard output is the backup itself; and one that is made has not failed because nobody is told.
    if (isStream) complain(summary);
    else if (json) answer(summary);
    else say(summary);
  },
});

/** What stands for the standard output, or the standard input. */
export const STREAM = '-';

const brokenOff = (isStream: boolean): StartError =>
  new StartError(
    `The collector broke the backup off: its log says why, and ${isStream ? 'what was written is not whole' : 'nothing was kept'}.`,
    { code: 'broken_off' },
  );

const toFile = async (operator: Operator, file: string): Promise<Written> => {
  if (existsSync(file)) throw new UsageError('FILE', `${file} is there already: name a new one.`);
  try {
    await rm(partOf(file), { force: true });
    return await writeArchive(file, () => streamOf(operator));
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    const kind = isDenied(code) ? 'forbidden' : 'failed';
    throw new StartError(`FILE: cannot be written (${code ?? 'unknown'}).`, { kind, field: 'FILE' });
  }
};

/** It is read on the way, so that one that is not whole is a failure. */
const toOutput = async (operator: Operator): Promise<Written> => {
  let bytes = 0;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of await streamOf(operator)) {
      await write(piece);
      bytes += piece.byteLength;
      yield piece;
    }
  };
  const manifest = await inspectFrames(readArchive(pieces()));
  return { bytes, manifest };
};

const write = (bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => {
      if (!error) return resolve();
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      const why = code === 'EPIPE' ? 'who read the backup has gone before its end' : `cannot be written (${code})`;
      reject(new StartError(`The standard output: ${why}. What was written is not whole.`, { code }));
    });
  });

const streamOf = async (operator: Operator): Promise<AsyncIterable<Uint8Array>> =>
  untilBroken(await operator.stream('POST', '/api/operator/backup'));

/** What is missing at the end is found when it is read. */
const untilBroken = async function* (stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  const next = () => reader.read().catch(() => ({ done: true, value: undefined }));
  try {
    for (let { value } = await next(); value !== undefined; { value } = await next()) yield value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
};

/** What a script is told of a backup. */
export const summaryOf = (file: string, { bytes, manifest }: Written) => {
  const { taken, passerby, schema, heldMs, tables } = manifest;
  return { file, bytes, taken, passerby, schema, heldMs, tables: tables.map(({ name, rows }) => ({ name, rows })) };
};

const wordsOf = (file: string, { bytes, manifest }: Written): string =>
  `${rowsOf(manifest.tables)}

${nameOf(file)}: ${sizeOf(bytes)}, the store as it was at ${manifest.taken}.
Storing paused for ${manifest.heldMs} ms; what was accepted meanwhile waited in the spool.`;

/** What it is called in a sentence. */
export const nameOf = (file: string): string => (file === STREAM ? 'The stream' : file);

/** The rows of each table, as a table. */
export const rowsOf = (tables: Manifest['tables']): string =>
  tableOf(
    ['TABLE', 'ROWS'],
    tables.map(({ name, rows }) => [name, rows]),
  );
