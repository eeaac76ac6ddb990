import { StartError } from '../config/start-error.ts';
import { type Command, type Env, usageOf } from './command.ts';
import { COMMANDS } from './list.ts';
import { answer } from './output.ts';
import type { Parts } from './parts.ts';

const HELP = new Set(['help', '--help', '-h']);

/**
 * Runs what the arguments name; without any, the collector.
 * @example await run(['site', 'add', 'example.com'], process.env, { engine, folders })
 * @throws StartError and others
 */
export const run = async (args: readonly string[], env: Env, parts: Parts): Promise<void> => {
  const words = args.length === 0 ? ['serve'] : args;
  const wantsHelp = words.some((word) => word === '--help' || word === '-h') || words[0] === 'help';
  const named = words.filter((word) => !HELP.has(word));
  if (wantsHelp && named.length === 0) return answer(allHelp());
  const command = find(named);
  if (wantsHelp) return answer(helpOf(command));
  await command.run(words.slice(command.name.split(' ').length), env, parts);
};

const find = (words: readonly string[]): Command => {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, at) => words[at] === word));
  if (command !== undefined) return command;
  const kin = COMMANDS.filter(({ name }) => name.startsWith(`${words[0]} `)).map(({ name }) => name);
  const given = kin.length === 0 ? words[0] : words.slice(0, 2).join(' ');
  const known = (kin.length === 0 ? COMMANDS.map(({ name }) => name) : kin).join(', ');
  throw new StartError(`There is no command ${JSON.stringify(given)}: it is one of ${known}, help.`);
};

const helpOf = (command: Command): string => `${usageOf(command)}\n\n${command.does}`;

const allHelp = (): string =>
  [
    ...COMMANDS.map((command) => `${usageOf(command)}\n    ${command.does}`),
    'passerby help COMMAND\n    Says how a command is called.',
    'The collector is found by DATA_DIR, a variable of the environment as all settings are.',
  ].join('\n\n');
