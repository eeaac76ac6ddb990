import { start } from './start.ts';
import { ofTag } from './tag.ts';

/** The page script: views, engagement and events. */
start(ofTag);
