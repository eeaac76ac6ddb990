import { statSync } from 'node:fs';
import { join } from 'node:path';
import { dataDirIn } from '../config/config.ts';
import { expectCollectorFolder } from '../config/data-dir.ts';
import { damagedPieces, discardDamaged, replay as putBack } from '../ingest/spool/dead-letters.ts';
import { realFileSystem } from '../ingest/spool/file-system.ts';
import { command } from './command.ts';
import { say } from './output.ts';
import { tableOf } from './table.ts';

/** `passerby replay` */
export const replay = command({
  name: 'replay',
  does: 'Has what could not be stored and was set aside stored again, and lists the damaged pieces, which cannot be; --discard-damaged deletes these instead.',
  takes: {},
  options: { 'discard-damaged': { type: 'boolean', what: 'deletes the damaged pieces' } },
  examples: ['passerby replay'],
  async run({ values }, env) {
    const dataDir = dataDirIn(env);
    const [rejected, spool] = [join(dataDir, 'rejected'), join(dataDir, 'spool')];
    expectCollectorFolder(dataDir, 'spool', 'rejected');
    if (values['discard-damaged']) return say(discarded(await discardDamaged(realFileSystem, rejected)));
    const segments = await putBack(realFileSystem, rejected, spool);
    const pieces = await damagedPieces(realFileSystem, rejected);
    if (segments > 0) say(restored(segments));
    if (pieces.length > 0) say(listed(rejected, pieces));
    if (segments === 0 && pieces.length === 0) say('Nothing was set aside.');
  },
});

const restored = (segments: number): string => {
  const [are, them] = segments === 1 ? ['segment is', 'it'] : ['segments are', 'them'];
  return `${segments} ${are} back in the spool: a running collector stores ${them} within seconds, another one when it starts.`;
};

const listed = (dir: string, pieces: readonly string[]): string => {
  const rows = pieces.map((file) => {
    const { size, mtime } = statSync(join(dir, file));
    return [file, size, `${mtime.toISOString().slice(0, 19)}Z`];
  });
  return `${tableOf(['DAMAGED', 'BYTES', 'SET ASIDE'], rows)}

They lie in ${dir}. What was whole beside them is stored; they cannot be put back. \`passerby replay --discard-damaged\` deletes them, and the warning goes.`;
};

const discarded = (pieces: number): string =>
  pieces === 0
    ? 'There are no damaged pieces.'
    : `${pieces} damaged ${pieces === 1 ? 'piece was' : 'pieces were'} deleted: a running collector says so no more within seconds.`;
