import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StartError } from '../config/start-error.ts';
import { nearest } from '../lib/slip.ts';
import { type Described, type Option, type Options, usageOf } from './usage.ts';

type ValueOf<O extends Option> = O['type'] extends 'boolean'
  ? boolean
  : O extends { readonly multiple: true }
    ? readonly string[]
    : O extends { readonly default: string }
      ? string
      : string | undefined;

/** What was given to a command. */
export interface Read<T extends Readonly<Record<string, string>>, O extends Options> {
  readonly positionals: { readonly [N in keyof T]: string };
  readonly values: { readonly [N in keyof O]: ValueOf<O[N]> };
}

type Token = NonNullable<ReturnType<typeof parse>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** Lenient: what is wrong is said below in words of ours. */
const parse = (args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) =>
  parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });

/**
 * Takes a command's arguments apart.
 * @throws StartError naming what is wrong, with how the command is called
 */
export const readArguments = <const T extends Readonly<Record<string, string>>, const O extends Options>(
  command: Pick<Described, 'name'> & { readonly takes: T; readonly options: O },
  args: readonly string[],
): Read<T, O> => {
  const types = Object.entries(command.options).map(([name, { type }]) => [name, { type, multiple: true }] as const);
  const { tokens, positionals } = parse(args, Object.fromEntries(types));
  const given = tokens.filter((token) => token.kind === 'option');
  const names = Object.keys(command.takes);
  const problem = optionProblem(command.options, given, args) ?? positionalProblem(names, positionals);
  if (problem !== null)
    throw new StartError(`${problem.says}: ${usageOf(command)}`, {
      kind: 'usage',
      code: problem.code,
      field: problem.field,
    });
  const values = Object.entries(command.options).map(([name, option]) => [name, givenTo(name, option, given)]);
  return {
    positionals: Object.fromEntries(names.map((name, at) => [name, positionals[at]])) as Read<T, O>['positionals'],
    values: Object.fromEntries(values) as Read<T, O>['values'],
  };
};

const givenTo = (name: string, option: Option, given: readonly OptionToken[]): unknown => {
  const values = given.filter((token) => token.name === name).map(({ value }) => value);
  if (option.type === 'boolean') return values.length > 0;
  return option.multiple === true ? values : (values[0] ?? option.default);
};

interface Problem {
  readonly says: string;
  readonly code: string;
  readonly field: string;
}

const optionProblem = (options: Options, given: readonly OptionToken[], args: readonly string[]): Problem | null => {
  const met = new Set<string>();
  for (const token of given) {
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    const problem = option === undefined ? unknown(args[token.index] ?? '', options) : problemOf(option, token, met);
    if (problem !== null) return problem;
    met.add(token.name);
  }
  return null;
};

/** Of `-json` it says so, not that there is no `-j`. */
const unknown = (written: string, options: Options): Problem => {
  const field = written.replace(/=.*/s, '');
  const meant = nearest(field.replace(/^-+/, ''), Object.keys(options));
  const hint = meant === undefined ? '' : `, did you mean --${meant}?`;
  return { says: `Unknown option '${field}'${hint}`, code: 'unknown_field', field };
};

const problemOf = (
  { type, multiple }: Option,
  { name, value, inlineValue }: OptionToken,
  met: ReadonlySet<string>,
): Problem | null => {
  const field = `--${name}`;
  if (type === 'boolean')
    return value === undefined ? null : { says: `Option '${field}' takes no value`, code: 'invalid', field };
  // What begins with a dash is another option, but for a number, and what stands behind `=`.
  if (value === undefined || (inlineValue !== true && /^-(?!\d|$)/.test(value)))
    return { says: `Option '${field}' needs a value`, code: 'missing', field };
  if (met.has(name) && multiple !== true) return { says: `Option '${field}' is given twice`, code: 'invalid', field };
  return null;
};

const positionalProblem = (names: readonly string[], given: readonly string[]): Problem | null => {
  const missing = names.find((_, at) => !given[at]);
  if (missing !== undefined) return { says: `${missing} is missing`, code: 'missing', field: missing };
  const extra = given[names.length];
  return extra === undefined ? null : { says: `Unexpected argument '${extra}'`, code: 'unknown_field', field: extra };
};
