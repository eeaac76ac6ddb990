import type { Level } from '@passerby/sdk/wire';

/** Severities, the least first. */
export const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const satisfies readonly Level[];
