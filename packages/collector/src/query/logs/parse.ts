import { z } from 'zod';
import { read } from '../../http/parse.ts';
import { LEVELS } from '../../lib/log-levels.ts';
import { dateRange } from '../period/date-range.ts';
import type { LogsQuestion } from './logs.ts';

const MAX_OFFSET = 1_000_000;

/** The query parameters of `GET /api/logs`. */
export const logsQuestionShape = z.strictObject({
  site_id: z.string().min(1).max(253),
  view: z.enum(['problems', 'records']),
  date_range: z
    .string()
    .transform((text) => (text.includes(',') ? text.split(',') : text))
    .pipe(dateRange)
    .exactOptional(),
  level: z.enum(LEVELS).exactOptional(),
  search: z.string().max(500).exactOptional(),
  page: z.string().max(2_000).exactOptional(),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'must be 16 hex digits')
    .exactOptional(),
  limit: z.coerce.number().int().min(1).max(200).exactOptional(),
  offset: z.coerce.number().int().min(0).max(MAX_OFFSET).exactOptional(),
});

/**
 * The question that the query parameters of a request ask.
 * @throws FieldError naming the parameter that is wrong and what it may be
 */
export const parseLogsQuestion = (params: Readonly<Record<string, string>>): LogsQuestion =>
  read(logsQuestionShape, params);
