import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { prepareDataDir } from '../data-dir.ts';
import { replay as putBack } from '../ingest/spool/aside.ts';
import { realFiles } from '../ingest/spool/files.ts';
import { type Command, readArguments } from './command.ts';
import { say } from './tell.ts';

/** `passerby replay` */
export const replay: Command = {
  name: 'replay',
  takes: '',
  does: 'Has what the store refused and was set aside stored again, after whatever was wrong with it was repaired.',
  run: async (args, env) => {
    readArguments(replay, args, [], {});
    const { DATA_DIR: dataDir } = readConfig(env);
    prepareDataDir(dataDir);
    const [rejected, spool] = [join(dataDir, 'rejected'), join(dataDir, 'spool')];
    for (const dir of [rejected, spool]) await realFiles.makeDir(dir);
    const segments = await putBack(realFiles, rejected, spool);
    say(
      segments === 0
        ? 'Nothing was set aside.'
        : `${segments} ${segments === 1 ? 'segment is' : 'segments are'} back in the spool: a running collector stores ${segments === 1 ? 'it' : 'them'} within seconds, another one when it starts.`,
    );
  },
};
