import { ArchiveError, readArchive, readPieces } from '../backup/archive.ts';
import { inspectFrames } from '../backup/restore.ts';
import type { Written } from '../backup/write-archive.ts';
import { StartError } from '../config/start-error.ts';
import { sizeOf } from '../lib/size-text.ts';
import { MIGRATIONS } from '../store/migrate.ts';
import { nameOf, rowsOf, STREAM, summaryOf } from './backup.ts';
import { command, JSON_OPTION } from './command.ts';
import { tell } from './output.ts';

/** `passerby backup verify` */
export const backupVerify = command({
  name: 'backup verify',
  does: 'Reads a backup from its beginning to its end, and says what is in it and whether it is whole. It needs no collector and no DATA_DIR.',
  takes: { FILE: 'a backup; -: the standard input' },
  options: { json: JSON_OPTION },
  examples: [
    'passerby backup verify /backups/passerby-2026-06-09',
    'age -d -i key passerby.backup.age | passerby backup verify -',
  ],
  async run({ positionals: { FILE }, values: { json } }) {
    const read = await inspect(FILE).catch((error: unknown) => {
      throw error instanceof ArchiveError
        ? new StartError(`FILE: ${nameOf(FILE)} ${error.message}.`, failureOf(error))
        : error;
    });
    const isNewer = read.manifest.schema > MIGRATIONS.length;
    tell(json === true, { ...summaryOf(FILE, read), restorable: !isNewer }, () => wordsOf(FILE, read, isNewer));
  },
});

const inspect = async (file: string): Promise<Written> => {
  let bytes = 0;
  const counted = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      bytes += piece.byteLength;
      yield piece;
    }
  };
  const manifest = await inspectFrames(readArchive(counted(file === STREAM ? process.stdin : readPieces(file))));
  return { bytes, manifest };
};

const failureOf = ({ failure }: ArchiveError) => ({ ...failure, field: 'FILE' });

const wordsOf = (file: string, { bytes, manifest }: Written, isNewer: boolean): string => {
  const { tables, taken, passerby, schema } = manifest;
  const restoring = isNewer
    ? `\nRestore it with Passerby ${passerby} or a newer one: its tables are newer than this one's.`
    : '';
  return `${rowsOf(tables)}

${nameOf(file)}: ${sizeOf(bytes)}, whole, and as it was written.
The store as it was at ${taken}, of Passerby ${passerby}, version ${schema} of the tables.${restoring}`;
};
