import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { prepareDataDir } from '../data-dir.ts';
import { replay as putBack } from '../ingest/spool/aside.ts';
import { realFiles } from '../ingest/spool/files.ts';

/** `passerby replay`: has the segments that were set aside stored, after whatever was wrong with them was repaired. */
export const replay = async (
  _args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> => {
  const { DATA_DIR: dataDir } = readConfig(env);
  prepareDataDir(dataDir);
  const [rejected, spool] = [join(dataDir, 'rejected'), join(dataDir, 'spool')];
  for (const dir of [rejected, spool]) await realFiles.makeDir(dir);
  const segments = await putBack(realFiles, rejected, spool);
  process.stdout.write(
    segments === 0
      ? 'Nothing was set aside.\n'
      : `${segments} ${segments === 1 ? 'segment is' : 'segments are'} back in the spool: a running collector stores ${segments === 1 ? 'it' : 'them'} within seconds, another one when it starts.\n`,
  );
};
