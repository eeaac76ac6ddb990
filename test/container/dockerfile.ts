import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, which is what the image is built from. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A line of the Dockerfile: `COPY`, and what follows. */
interface Instruction {
  readonly stage: string;
  readonly verb: string;
  readonly rest: string;
}

const read = (): readonly Instruction[] => {
  const text = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ');
  let stage = '';
  return [...text.matchAll(/^([A-Z]+) (.+)$/gm)].map(([, verb = '', rest = '']) => {
    if (verb === 'FROM') stage = / AS (\w+)$/.exec(rest)?.[1] ?? '';
    return { stage, verb, rest };
  });
};

const all = read();

/**
 * What follows a verb, in the order of the Dockerfile.
 * @param stage only in this stage
 * @example instructions('COPY', 'slim') // ['--from=modules /image/modules /', …]
 */
export const instructions = (verb: string, stage?: string): string[] =>
  all.filter((line) => line.verb === verb && (stage === undefined || line.stage === stage)).map(({ rest }) => rest);

/** What a stage copies out of the repository, and out of other stages. */
export const copies = (stage: string): { from: string | null; paths: readonly string[]; to: string }[] =>
  instructions('COPY', stage).map((rest) => {
    const words = rest.split(' ').filter((word) => !word.startsWith('--'));
    return { from: /--from=(\w+)/.exec(rest)?.[1] ?? null, paths: words.slice(0, -1), to: words.at(-1) ?? '' };
  });

/** The variables that the image sets. */
export const environment = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    instructions('ENV').flatMap((rest) => rest.split(' ').map((pair) => pair.split('=') as [string, string])),
  );
