import { calls } from './calls.ts';
import { log } from './log.ts';
import { start } from './start.ts';
import { ofTag } from './tag.ts';
import { watchTroubles } from './troubles.ts';

/** The page script with errors, log and console. */
calls.log = log;
start(ofTag, watchTroubles);
