import { ACCESS } from './access.ts';
import { COUNTING } from './counting.ts';
import { COUNTING_MODEL } from './counting-model.ts';
import { ENGINE } from './engine.ts';
import { LIMITS } from './limits.ts';
import type { Mutation } from './mutation.ts';
import { SCRUBBING } from './scrubbing.ts';
import { SPOOLING } from './spool.ts';

/** All mutations, by the name under which a group is tried alone. */
export const GROUPS: Readonly<Record<string, readonly Mutation[]>> = {
  counting: COUNTING_MODEL,
  visits: COUNTING,
  spooling: SPOOLING,
  scrubbing: SCRUBBING,
  access: ACCESS,
  limits: LIMITS,
  engine: ENGINE,
};
