import { FOLDERS, HOSTS, MAILS, SECRET_STEPS, URLS } from './addresses.ts';
import { CREDENTIALS, HEADERS } from './credentials.ts';
import { MARKUP } from './markup.ts';
import { LABELLED, NUMBERS } from './numbers.ts';
import type { Rule } from './rule.ts';
import { RANDOM } from './runs.ts';
import { STATEMENTS } from './statements.ts';

/** The rules in their order: what one has replaced the next ones do not see. */
export const RULES: readonly Rule[] = [
  ...HEADERS,
  ...URLS,
  MARKUP,
  STATEMENTS,
  LABELLED,
  ...CREDENTIALS,
  ...SECRET_STEPS,
  ...MAILS,
  ...FOLDERS,
  ...HOSTS,
  NUMBERS,
  RANDOM,
];
