/** Writes lines of one of the parts, with its name in front. */
export type Print = (text: string) => void;

const WIDTH = 'dashboard'.length;

/** @example printer('collector')('is ready') // collector │ is ready */
export const printer =
  (name: string): Print =>
  (text) => {
    for (const line of text.split('\n'))
      if (line.trim() !== '') process.stdout.write(`${name.padEnd(WIDTH)} │ ${line}\n`);
  };

/** Seconds since a moment of `performance.now()`; 0: since this process was started. @example secondsSince(began) // '1.4 s' */
export const secondsSince = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
