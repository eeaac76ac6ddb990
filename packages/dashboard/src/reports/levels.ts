import { LEVELS } from '@passerby/collector/log-levels';

export { LEVELS };

/** One of {@link LEVELS}. */
export type LevelName = (typeof LEVELS)[number];
