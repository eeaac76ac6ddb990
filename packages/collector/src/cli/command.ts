import type { Environment } from '../config/environment.ts';
import { StartError, UsageError } from '../config/start-error.ts';
import { type Read, readArguments } from './arguments.ts';
import type { Parts } from './parts.ts';
import type { Described, Options } from './usage.ts';

/** Something that `passerby` does. */
export interface Command extends Described {
  /** @throws StartError whose message is all that whoever called it needs */
  readonly run: (args: readonly string[], env: Environment, parts: Parts) => Promise<void>;
}

interface Declared<T extends Readonly<Record<string, string>>, O extends Options> extends Described {
  readonly takes: T;
  readonly options: O;
  readonly run: (given: Read<T, O>, env: Environment, parts: Parts) => Promise<void>;
}

/**
 * Declares a command: its usage, its help and the reading of its arguments follow from it.
 * @example
 * export const siteAdd = command({ name: 'site add', takes: { DOMAIN: 'the site' }, options: { json: JSON_OPTION }, …,
 *   run: async ({ positionals: { DOMAIN }, values: { json } }, env) => { … } });
 */
export const command = <const T extends Readonly<Record<string, string>>, const O extends Options>(
  declared: Declared<T, O>,
): Command => ({
  ...declared,
  run: async (args, env, parts) => declared.run(readArguments(declared, args), env, parts),
});

/** For commands whose answer a script may want. */
export const JSON_OPTION = { type: 'boolean', what: 'answers, and says what is wrong, as JSON' } as const;

/** For commands that delete. */
export const YES_OPTION = { type: 'boolean', what: 'does it; without it, it is only said what would go' } as const;

/** One of a few words. @throws UsageError */
export const oneOf = <const W extends string>(argument: string, allowed: readonly W[], given: string): W => {
  const found = allowed.find((word) => word === given);
  if (found === undefined)
    throw new UsageError(argument, `must be ${allowed.join(' or ')}, not ${JSON.stringify(given)}.`);
  return found;
};

/** Somebody has only asked what would be done. */
export const notConfirmed = (sentence: string): StartError =>
  new StartError(`Nothing was changed: ${sentence}`, { code: 'not_confirmed', field: '--yes' });
