import { statSync } from 'node:fs';
import { join } from 'node:path';
import { dataDirIn } from '../config/config.ts';
import { expectCollectorFolder } from '../config/data-dir.ts';
import { damagedPieces, discardDamaged, replay as putBack } from '../ingest/spool/dead-letters.ts';
import { realFileSystem } from '../ingest/spool/file-system.ts';
import { command, JSON_OPTION } from './command.ts';
import { report } from './output.ts';
import { tableOf } from './table.ts';

/** `passerby replay` */
export const replay = command({
  name: 'replay',
  does: 'Has what could not be stored and was set aside stored again, and lists the damaged pieces, which cannot be; --discard-damaged deletes these instead.',
  takes: {},
  options: { 'discard-damaged': { type: 'boolean', what: 'deletes the damaged pieces' }, json: JSON_OPTION },
  examples: ['passerby replay'],
  async run({ values: { json, ...values } }, env) {
    const dataDir = dataDirIn(env);
    const [rejected, spool] = [join(dataDir, 'rejected'), join(dataDir, 'spool')];
    expectCollectorFolder(dataDir, 'spool', 'rejected');
    if (values['discard-damaged']) {
      const deleted = await discardDamaged(realFileSystem, rejected);
      return report(json, { deleted }, () => discarded(deleted));
    }
    const segments = await putBack(realFileSystem, rejected, spool);
    const damaged = (await damagedPieces(realFileSystem, rejected)).map((file) => pieceOf(rejected, file));
    report(json, { segments, damaged }, () => described(segments, rejected, damaged));
  },
});

/** A piece of what was accepted that the disk has damaged. */
interface Piece {
  readonly file: string;
  readonly bytes: number;
  readonly setAside: string;
}

const pieceOf = (dir: string, file: string): Piece => {
  const { size, mtime } = statSync(join(dir, file));
  return { file, bytes: size, setAside: `${mtime.toISOString().slice(0, 19)}Z` };
};

const described = (segments: number, dir: string, damaged: readonly Piece[]): string =>
  segments === 0 && damaged.length === 0
    ? 'Nothing was set aside.'
    : [...(segments > 0 ? [restored(segments)] : []), ...(damaged.length > 0 ? [listed(dir, damaged)] : [])].join('\n');

const restored = (segments: number): string => {
  const [are, them] = segments === 1 ? ['segment is', 'it'] : ['segments are', 'them'];
  return `${segments} ${are} back in the spool: a running collector stores ${them} within seconds, another one when it starts.`;
};

const listed = (dir: string, pieces: readonly Piece[]): string => {
  const rows = pieces.map(({ file, bytes, setAside }) => [file, bytes, setAside]);
  return `${tableOf(['DAMAGED', 'BYTES', 'SET ASIDE'], rows)}

They lie in ${dir}. What was whole beside them is stored; they cannot be put back. \`passerby replay --discard-damaged\` deletes them, and the warning goes.`;
};

const discarded = (pieces: number): string =>
  pieces === 0
    ? 'There are no damaged pieces.'
    : `${pieces} damaged ${pieces === 1 ? 'piece was' : 'pieces were'} deleted: a running collector says so no more within seconds.`;
