import { backup } from './backup.ts';
import { backupVerify } from './backup-verify.ts';
import type { Command } from './command.ts';
import { engine } from './engine.ts';
import { query } from './query.ts';
import { replay } from './replay.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { siteAdd, siteList } from './site.ts';
import { tokenCreate } from './token.ts';
import { undo } from './undo-upgrade.ts';
import { userAdd, userReset } from './user.ts';
import { version } from './version.ts';

/** What can be run, as `passerby serve`. */
export const COMMANDS: readonly Command[] = [
  serve,
  siteAdd,
  siteList,
  userAdd,
  userReset,
  tokenCreate,
  query,
  backup,
  backupVerify,
  restore,
  replay,
  undo,
  engine,
  version,
];
