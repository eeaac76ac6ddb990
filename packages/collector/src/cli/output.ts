import { createLog, type Facts, type LogStyle, lineOf, PLAIN } from '../lib/logger.ts';
import { createLossyOutput } from '../lib/lossy-output.ts';

/** Of this process. */
let style = PLAIN;

/** Has this process write in another style from now on: whatever it says is a line of the log then, if that is JSON. */
export const writeAs = (chosen: LogStyle): void => {
  style = chosen;
};

const output = createLossyOutput(process.stdout, () => '');
const errors = createLossyOutput(process.stderr, (lines) =>
  lineOf(Date.now(), 'warn', 'lines of this log could not be written and are lost', { lines }, style.format),
);

/** What is said to people, and as what to programs. */
const wordsOf = (text: string, level: 'info' | 'error', line: Line): string =>
  style.format === 'text' ? `${text}\n` : lineOf(Date.now(), level, line.message ?? text, line.facts, 'json');

/** A line of the log in the place of a text. */
export interface Line {
  /** Missing: the text. */
  readonly message?: string;
  readonly facts?: Facts;
}

/** Says how things stand to whoever looks on. Nothing depends on whether anybody does. */
export const say = (text: string, line: Line = {}): void => output.write(wordsOf(text, 'info', line));

/** The same of what went wrong. */
export const complain = (text: string): void => errors.write(wordsOf(text, 'error', {}));

/** Shows whoever sits before a terminal what goes on, in one line that the next one takes the place of; empty: nothing. */
export const progress = (doing: string): void => {
  if (process.stderr.isTTY) errors.write(`\r${doing.slice(0, (process.stderr.columns ?? 80) - 1)}\u001b[K`);
};

/** The log of this process: its standard error. */
export const processLog = createLog(errors.write, Date.now, () => style);

/** Lines of both that could not be written, since the start. */
export const linesLost = (): number => output.lost() + errors.lost();

/** Writes what a command was asked for: for a script, or in words. */
export const tell = (asJson: boolean, data: unknown, text: () => string): void =>
  answer(asJson ? JSON.stringify(data, null, 2) : text());

/** Writes what a command has done: it is done, also if people cannot be told. */
export const report = (asJson: boolean, data: unknown, text: () => string): void =>
  asJson ? tell(true, data, text) : say(text());

/**
 * Writes what a command was asked for, however slowly it is read. Whoever has read enough has gone, and that is no
 * failure: `passerby query … | head -1`. What cannot be written otherwise, as on a full disk, fails the command.
 */
export const answer = (text: string): void => {
  process.stdout.write(`${text}\n`, (error) => {
    const code = (error as NodeJS.ErrnoException | null | undefined)?.code;
    if (!error || code === 'EPIPE') return;
    complain(`The answer cannot be written to the standard output (${code ?? 'unknown'}).`);
    process.exitCode = 1;
  });
};
