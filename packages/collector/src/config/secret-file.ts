import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { isDenied } from '../lib/denied.ts';
import { ConfigError } from './config-error.ts';
import type { Environment } from './environment.ts';

/** What a variable ends with that names the file of a secret. */
const SUFFIX = '_FILE';

/** The variable that names the file of a secret. @example fileVariable('OWNER_PASSWORD') // 'OWNER_PASSWORD_FILE' */
export const fileVariable = (name: string): string => name + SUFFIX;

/** More than any secret has. */
const MOST_BYTES = 4096;

/**
 * The environment with the secrets that files hold, as containers' secrets and systemd's credentials are handed over, and
 * what is wrong with the files, never with what they say.
 * @param secrets variables that a file may be named for
 */
export const withSecretFiles = (
  env: Environment,
  secrets: readonly string[],
): { readonly env: Environment; readonly problems: readonly ConfigError[] } => {
  const whole: Record<string, string | undefined> = { ...env };
  const problems: ConfigError[] = [];
  for (const name of secrets)
    try {
      whole[name] = valueOfSecret(env, name);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(error);
    }
  return { env: whole, problems };
};

const valueOfSecret = (env: Environment, name: string): string | undefined => {
  const variable = fileVariable(name);
  const path = env[variable];
  if (!path) return env[name];
  if (env[name]) throw new ConfigError(variable, `must not be set beside ${name}: take one of them away`);
  return secretIn(path, variable);
};

const secretIn = (path: string, variable: string): string => {
  const problem = (says: string): ConfigError => new ConfigError(variable, `${shown(path)} ${says}`);
  const text = textOf(bytesOf(path, variable, problem))?.replace(/(?:\r?\n)+$/, '');
  if (text === undefined) throw problem('is no text');
  if (text === '') throw problem('is empty');
  if (/[\r\n]/.test(text)) throw problem('has more than one line');
  if (/\p{Cc}/u.test(text)) throw problem('is no text');
  return text;
};

/** Whoever has written the secret itself where its file was asked for does not want to read it in a log. */
const shown = (path: string): string => (/^\.{0,2}\//.test(path) ? resolve(path) : 'what it names');

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const bytesOf = (path: string, variable: string, problem: (says: string) => ConfigError): Uint8Array => {
  let file: number | null = null;
  try {
    // A pipe that nobody writes to would keep the start waiting.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const odd = oddity(fstatSync(file));
    if (odd !== null) throw problem(odd);
    const bytes = new Uint8Array(MOST_BYTES);
    return bytes.subarray(0, readSync(file, bytes));
  } catch (error) {
    throw error instanceof ConfigError ? error : unreadable(path, variable, error as NodeJS.ErrnoException);
  } finally {
    if (file !== null) closeSync(file);
  }
};

const oddity = (stats: Stats): string | null => {
  if (stats.isDirectory()) return 'is a folder';
  if (!stats.isFile()) return 'is no plain file';
  return stats.size > MOST_BYTES ? `is larger than ${MOST_BYTES} bytes` : null;
};

const unreadable = (path: string, variable: string, { code = 'unknown' }: NodeJS.ErrnoException): ConfigError => {
  if (isDenied(code))
    return new ConfigError(variable, `${shown(path)} may not be read by this user (${code})`, 'forbidden');
  return new ConfigError(
    variable,
    code === 'ENOENT' ? `${shown(path)} does not exist` : `${shown(path)} cannot be read (${code})`,
  );
};
