/** What is recognised in a case, and by which part of the collector. */
export const KINDS = [
  'agent-dropped',
  'browser',
  'system',
  'device',
  'bot',
  'source',
  'channel',
  'spam',
  'scrub-leak',
  'scrub-false-alarm',
] as const;
export type Kind = (typeof KINDS)[number];

/** A line of a file of cases. */
export interface Case {
  readonly id: string;
  readonly kind: Kind;
  /** 5: seen on most sites every day … 1: rare. */
  readonly weight: number;
  /** As the kind has it: an agent, a referrer, the query of a page, a host, or `text` or `path` and a JSON string. */
  readonly input: string;
  /** What ought to come out: see `judge.ts`. */
  readonly expected: string;
}

/**
 * Reads a file of cases: tab-separated without quoting, its columns named in the first line, of which `id`, `kind`,
 * `weight`, `input` and `expected` are needed.
 * @throws with the line's number, where a line is none
 */
export const readCases = (text: string): readonly Case[] => {
  const [head = '', ...lines] = text.split('\n');
  const columns = head.trim().split('\t');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const fields = line.split('\t');
    const field = (name: string): string => {
      const value = fields[columns.indexOf(name)];
      if (value === undefined) throw new Error(`Line ${index + 2} has no ${name}.`);
      return value.trim();
    };
    const kind = KINDS.find((one) => one === field('kind'));
    const weight = Number(field('weight'));
    if (kind === undefined) throw new Error(`Line ${index + 2}: ${field('kind')} is no kind of ${KINDS.join(', ')}.`);
    if (!(weight > 0)) throw new Error(`Line ${index + 2}: ${field('weight')} is no weight.`);
    return [{ id: field('id'), kind, weight, input: field('input'), expected: field('expected') }];
  });
};
