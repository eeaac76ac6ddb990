import { quietly } from './quietly.ts';
import { start } from './start.ts';
import { startByTag } from './tag.ts';

/** The page script: views, engagement and events. */
quietly(startByTag)(start);
