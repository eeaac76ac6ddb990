import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MOST_SHOWN = 20;
const SHOWN_WIDTH = 200;

/** The lines of each file of a recording, by its path. */
const linesIn = (folder: string): Map<string, string[]> => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path.slice(folder.length), readFileSync(path, 'utf8').split('\n')]));
};

/** Lines of one that the other does not have in their place, after what both begin and end with. */
const differing = (a: readonly string[], b: readonly string[]): string[] => {
  let start = 0;
  while (start < Math.max(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [before, after] = [a, b].map((lines) => lines.slice(start, lines.length - end)) as [string[], string[]];
  if (before.length !== after.length)
    return [...before.map((line) => `- ${line}`), ...after.map((line) => `+ ${line}`)];
  return before.flatMap((line, at) => (line === after[at] ? [] : [`- ${line}`, `+ ${after[at]}`]));
};

/** Prints how many lines of two recordings differ, and the first ones; returns how many. */
export const compare = (a: string, b: string, say: (line: string) => void): number => {
  const [before, after] = [linesIn(a), linesIn(b)];
  if (before.size === 0 || after.size === 0) throw new Error('There is no recording to compare.');
  const found = [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .flatMap((path) => differing(before.get(path) ?? [], after.get(path) ?? []).map((line) => `${path}: ${line}`));
  say(`${found.length} differing lines in ${before.size} and ${after.size} files`);
  for (const line of found.slice(0, MOST_SHOWN)) say(line.slice(0, SHOWN_WIDTH));
  return found.length;
};
