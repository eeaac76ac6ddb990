import type { Environment } from '../config/environment.ts';
import { StartError } from '../config/start-error.ts';
import { nearest } from '../lib/slip.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './list.ts';
import { answer } from './output.ts';
import type { Parts } from './parts.ts';
import { helpOf, listOf, usageOf } from './usage.ts';

const HELP = ['--help', '-h'];
/** As everybody asks a program for its version. */
const VERSION = ['--version', '-v', '-V'];

/**
 * Runs what the arguments name; without any, the collector.
 * @example await run(['site', 'add', 'example.com'], process.env, { engine, folders })
 * @throws StartError and others
 */
export const run = async (args: readonly string[], env: Environment, parts: Parts): Promise<void> => {
  const words = spelledOut(args);
  const end = words.indexOf('--');
  const wantsHelp =
    words[0] === 'help' || words.slice(0, end < 0 ? undefined : end).some((word) => HELP.includes(word));
  if (wantsHelp)
    return answer(helpOn(words.filter((word, at) => !HELP.includes(word) && !(at === 0 && word === 'help'))));
  const command = find(words);
  if (command !== undefined) return command.run(words.slice(command.name.split(' ').length), env, parts);
  const kin = kinOf(words[0]);
  // `passerby site help`
  if (kin.length > 0 && words[1] === 'help') return answer(helpOfKin(kin));
  throw unknown(words, kin);
};

const spelledOut = (args: readonly string[]): readonly string[] => {
  const [first] = args;
  if (first === undefined) return ['serve'];
  return VERSION.includes(first) ? ['version', ...args.slice(1)] : args;
};

/** The command with the longest name that the words begin with: `backup verify` is not `backup`. */
const find = (words: readonly string[]): Command | undefined =>
  COMMANDS.filter(({ name }) => name.split(' ').every((word, at) => words[at] === word)).sort(
    (a, b) => b.name.length - a.name.length,
  )[0];

/** The commands that share a first word. */
const kinOf = (word: string | undefined): readonly Command[] =>
  COMMANDS.filter(({ name }) => name.startsWith(`${word} `));

const helpOn = (words: readonly string[]): string => {
  if (words.length === 0) return allHelp();
  const command = find(words);
  if (command !== undefined) return helpOf(command);
  const kin = kinOf(words[0]);
  if (kin.length > 0 && (words.length === 1 || words[1] === 'help')) return helpOfKin(kin);
  throw unknown(words, kin);
};

const unknown = (words: readonly string[], kin: readonly Command[]): StartError => {
  const [first = '', second] = words;
  if (first.startsWith('-'))
    return wrongCall(`There is no command ${JSON.stringify(first)}: options stand behind one, as passerby help says.`);
  if (kin.length > 0 && second === undefined) return wrongCall(`What about ${first}?\n\n${helpOfKin(kin)}`);
  const given = kin.length === 0 ? first : `${first} ${second}`;
  const meant = kin.length === 0 ? meantOf(words) : nearest(second ?? '', kin.map(lastWord));
  if (meant !== undefined) {
    const whole = kin.length === 0 ? meant : `${first} ${meant}`;
    return wrongCall(`There is no command ${JSON.stringify(given)}: did you mean ${JSON.stringify(whole)}?`);
  }
  const known = kin.length === 0 ? FIRST_WORDS : kin.map(({ name }) => name);
  return wrongCall(`There is no command ${JSON.stringify(given)}: it is one of ${known.join(', ')}, help.`);
};

const NAMES = COMMANDS.map(({ name }) => name);
const FIRST_WORDS = [...new Set(NAMES.map((name) => name.split(' ')[0] ?? ''))];
const lastWord = ({ name }: Command): string => name.split(' ').at(-1) ?? '';

/** `sitte list`, `add site`, `sites` */
const meantOf = ([first = '', second = '']: readonly string[]): string | undefined =>
  nearest(`${first} ${second}`, NAMES) ??
  NAMES.find((name) => name === `${second} ${first}`) ??
  nearest(first, [...FIRST_WORDS, ...NAMES]);

const wrongCall = (sentence: string): StartError =>
  new StartError(sentence, { kind: 'usage', code: 'unknown_command' });

const helpOfKin = (kin: readonly Command[]): string =>
  kin.map((command) => `${usageOf(command)}\n    ${command.does}`).join('\n\n');

const allHelp = (): string =>
  [
    'passerby COMMAND [OPTIONS]',
    listOf(COMMANDS.map((command) => [callOf(command), firstSentence(command.does)])),
    'passerby help COMMAND says how one is called, and what its options are. Without a command the collector runs.',
    'The collector is found by DATA_DIR, a variable of the environment as all settings are.',
    'Ends with 0: done; 1: refused or failed; 2: called wrongly, or a setting is wrong; 3: no collector runs there, or one\ndoes that may not; 4: looked, and found something wrong; 5: this user may not.',
  ].join('\n\n');

const callOf = ({ name, takes }: Command): string => [name, ...Object.keys(takes)].join(' ');

const firstSentence = (text: string): string => /^.*?[.:;](?= |$)/.exec(text)?.[0].replace(/[:;]$/, '.') ?? text;
