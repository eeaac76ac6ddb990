import { backup } from './backup.ts';
import { backupVerify } from './backup-verify.ts';
import type { Command } from './command.ts';
import { configCheck } from './config-check.ts';
import { doctor } from './doctor.ts';
import { engine } from './engine.ts';
import { query } from './query.ts';
import { replay } from './replay.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { siteDelete, sitePurge, siteSet } from './site/change-site.ts';
import { siteAdd, siteList, siteShow } from './site/site.ts';
import { status } from './status.ts';
import { tokenCreate, tokenList, tokenRevoke } from './token.ts';
import { undo } from './undo-upgrade.ts';
import { userAdd, userList, userRemove, userReset } from './user.ts';
import { version } from './version.ts';

/** What can be run, as `passerby serve`. */
export const COMMANDS: readonly Command[] = [
  serve,
  status,
  configCheck,
  siteAdd,
  siteList,
  siteShow,
  siteSet,
  sitePurge,
  siteDelete,
  userAdd,
  userList,
  userReset,
  userRemove,
  tokenCreate,
  tokenList,
  tokenRevoke,
  query,
  backup,
  backupVerify,
  restore,
  replay,
  undo,
  doctor,
  engine,
  version,
];
