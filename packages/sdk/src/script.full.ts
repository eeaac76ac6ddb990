import { log } from './log.ts';
import { quietly } from './quietly.ts';
import { start } from './start.ts';
import { startByTag } from './tag.ts';
import { watchTroubles } from './troubles.ts';

/** The page script with errors, log and console. */
quietly(startByTag)((options) => start(options, { log }, watchTroubles));
