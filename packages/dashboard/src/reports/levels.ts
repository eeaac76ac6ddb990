import type { LogsQuestion } from '@passerby/collector/logs';

/** Severities of log records, the least first. */
export const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const satisfies readonly NonNullable<
  LogsQuestion['level']
>[];

/** One of {@link LEVELS}. */
export type LevelName = (typeof LEVELS)[number];
