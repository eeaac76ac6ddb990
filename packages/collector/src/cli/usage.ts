import { textWidth } from '../lib/text-width.ts';

/** An option of a command: `--timezone Europe/Berlin`, or `--json`, which takes no value. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** An example of its value, or what may stand there. */
  readonly value?: string;
  readonly what: string;
  /** What holds without it. */
  readonly default?: string;
  /** It may be given several times. */
  readonly multiple?: boolean;
}

/** Options by their names. */
export type Options = Readonly<Record<string, Option>>;

/** What stands for itself in the help of a command. */
export interface Described {
  /** As it is called: `site add`. */
  readonly name: string;
  /** What it does, in a sentence or two. */
  readonly does: string;
  /** The arguments without dashes, in their order, and what each is. All must be given. */
  readonly takes: Readonly<Record<string, string>>;
  readonly options: Options;
  /** As somebody would call it. */
  readonly examples: readonly string[];
}

/** More options than these are listed by the help alone. */
const MOST_SHOWN = 12;

/** How a command is called. */
export const usageOf = ({ name, takes, options }: Pick<Described, 'name' | 'takes' | 'options'>): string => {
  const all = Object.entries(options);
  const shown = all.length > MOST_SHOWN ? ['[OPTIONS]'] : all.map(optional);
  return ['passerby', name, ...Object.keys(takes), ...shown].join(' ');
};

const optional = ([name, option]: [string, Option]): string =>
  `[${flagOf(name, option)}]${option.multiple === true ? '…' : ''}`;

/** An option with its value, as `--timezone Europe/Berlin`. */
const flagOf = (name: string, { value }: Pick<Option, 'value'>): string =>
  `--${name}${value === undefined ? '' : ` ${value}`}`;

/** Its usage, what each argument and option is, and how somebody would call it. */
export const helpOf = (command: Described): string => {
  const { takes, options, examples } = command;
  const rows = [
    ...Object.entries(takes),
    ...Object.entries(options).map(([name, option]) => [flagOf(name, option), whatOf(option)] as const),
  ];
  return [
    usageOf(command),
    command.does,
    ...(rows.length === 0 ? [] : [listOf(rows)]),
    examples.map((example) => `Example: ${example}`).join('\n'),
  ].join('\n\n');
};

const whatOf = ({ what, multiple, default: initial }: Option): string =>
  [
    what,
    ...(multiple === true ? ['may be given several times'] : []),
    ...(initial ? [`default: ${initial}`] : []),
  ].join('; ');

/** Names and what they are, one below the other. */
export const listOf = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([name]) => textWidth(name)));
  return rows.map(([name, what]) => `  ${name}${' '.repeat(width - textWidth(name))}  ${what}`).join('\n');
};
