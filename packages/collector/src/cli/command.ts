import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StartError } from '../config/start-error.ts';
import type { Parts } from './parts.ts';

/** The environment. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Something that `passerby` does. */
export interface Command {
  /** As it is called: `site add`. */
  readonly name: string;
  /** What follows the name, as in `DOMAIN [--name NAME]`. */
  readonly takes: string;
  /** What it does, in a sentence or two. */
  readonly does: string;
  /** @throws StartError whose message is all that whoever called it needs */
  readonly run: (args: readonly string[], env: Env, parts: Parts) => Promise<void>;
}

/** How a command is called. */
export const usageOf = ({ name, takes }: Pick<Command, 'name' | 'takes'>): string =>
  `passerby ${name}${takes && ` ${takes}`}`;

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Takes a command's arguments apart.
 * @param names the arguments without dashes: all of them must be given, and no more
 * @throws StartError naming what is wrong, with how the command is called
 */
export const readArguments = <const N extends readonly string[], const O extends Options>(
  command: Pick<Command, 'name' | 'takes'>,
  args: readonly string[],
  names: N,
  options: O,
) => {
  const wrong = (problem: string): StartError => new StartError(`${problem}: ${usageOf(command)}`);
  const parse = () => parseArgs({ args: [...args], options, allowPositionals: true });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (error) {
    throw wrong((error as Error).message.split('. ')[0] ?? '');
  }
  const given = parsed.positionals;
  for (const [at, name] of names.entries()) if (!given[at]) throw wrong(`${name} is missing`);
  if (given.length > names.length) throw wrong(`Unexpected argument '${given[names.length]}'`);
  const positionals = Object.fromEntries(names.map((name, at) => [name, given[at]])) as Record<N[number], string>;
  return { positionals, values: parsed.values };
};

/** One of a few words. @throws StartError */
export const oneOf = <const W extends string>(argument: string, allowed: readonly W[], given: string): W => {
  const found = allowed.find((word) => word === given);
  if (found === undefined)
    throw new StartError(`${argument}: must be ${allowed.join(' or ')}, not ${JSON.stringify(given)}.`);
  return found;
};
