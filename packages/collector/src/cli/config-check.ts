import { resolve } from 'node:path';
import { misplacedBackupDir } from '../config/backup-dir.ts';
import { type Config, inspectConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { whyUnwritable } from '../config/data-dir.ts';
import type { Environment } from '../config/environment.ts';
import { ignoredIn } from '../config/ignored.ts';
import { fileVariable } from '../config/secret-file.ts';
import { StartError } from '../config/start-error.ts';
import { settings } from '../config/variables.ts';
import { isDenied } from '../lib/denied.ts';
import { ExpectedError } from '../lib/expected-error.ts';
import { openGeo } from '../privacy/geo.ts';
import { command, JSON_OPTION } from './command.ts';
import { tell } from './output.ts';
import { tableOf } from './table.ts';

/** `passerby config check` */
export const configCheck = command({
  name: 'config check',
  does: 'Reads the settings of the environment, and the files that they name, as a start would, and starts nothing. Says what is wrong, what is ignored, and what holds; secrets are not shown.',
  takes: {},
  options: { json: JSON_OPTION },
  examples: ['passerby config check', 'docker compose run --rm passerby passerby config check'],
  async run({ values: { json } }, env) {
    const { config, problems } = inspectConfig(env);
    const wrong = config === null ? problems : await problemsOfFiles(config);
    const held = settings.flatMap((setting) => heldOf(setting.name, env));
    const ignored = ignoredIn(env);
    const report = { ok: wrong.length === 0, settings: held, ignored, problems: wrong.map(problemOf) };
    tell(json, report, () => [settingsTable(held), ...ignored.map(wordsOf)].join('\n'));
    if (wrong.length > 0) throw refused(wrong);
  },
});

/** What a start would find wrong with what the settings name. */
const problemsOfFiles = async ({ DATA_DIR, BACKUP_DIR, GEO_DB }: Config): Promise<readonly ExpectedError[]> => {
  const misplaced = BACKUP_DIR === undefined ? null : misplacedBackupDir(BACKUP_DIR, DATA_DIR);
  const folders = [unwritable('DATA_DIR', DATA_DIR), misplaced ?? unwritable('BACKUP_DIR', BACKUP_DIR)];
  const geo = await openGeo(GEO_DB).then(
    () => null,
    (error: unknown) => {
      if (error instanceof ExpectedError) return error;
      throw error;
    },
  );
  return [...folders, geo].filter((problem) => problem !== null);
};

const unwritable = (name: string, path: string | undefined): ConfigError | null => {
  const code = path === undefined ? null : whyUnwritable(path);
  if (path === undefined || code === null) return null;
  return new ConfigError(
    name,
    `${resolve(path)} cannot be written to (${code}): make it writable, or choose another`,
    isDenied(code) ? 'forbidden' : 'usage',
  );
};

const problemOf = ({ failure, message }: ExpectedError) => ({ field: failure.field ?? null, message });

const refused = (wrong: readonly ExpectedError[]): StartError => {
  const { field, code } = wrong[0]?.failure ?? {};
  const sentences = wrong.map(({ message }) => message).join('\n');
  return new StartError(sentences, { kind: 'usage', ...(field && { field }), ...(code && { code }) });
};

interface Held {
  readonly name: string;
  /** As it is set; null: nothing is, or it is a secret. */
  readonly value: string | null;
  readonly from: 'default' | 'environment' | 'file' | null;
}

const FILES: ReadonlySet<string> = new Set(
  settings.filter(({ isSecret }) => isSecret).map(({ name }) => fileVariable(name)),
);

/** What holds of a setting. The file of a secret is told with the secret. */
const heldOf = (name: string, env: Environment): Held[] => {
  if (FILES.has(name)) return [];
  const { isSecret, default: initial = '' } = settings.find((setting) => setting.name === name) ?? {};
  const value = env[name];
  if (isSecret && env[fileVariable(name)]) return [{ name, value: null, from: 'file' }];
  if (value) return [{ name, value: isSecret ? null : withoutUser(value), from: 'environment' }];
  return [{ name, value: initial || null, from: initial === '' ? null : 'default' }];
};

/** An address where none with a user and a password is asked for: it is wrong, and they are a secret all the same. */
const withoutUser = (value: string): string => value.replace(/\/\/.*@/s, '//…@');

const settingsTable = (held: readonly Held[]): string =>
  tableOf(
    ['SETTING', 'VALUE', 'FROM'],
    held.map(({ name, value, from }) => [name, value ?? (from === null ? '–' : '(secret)'), from ?? '–']),
  );

const wordsOf = ({ name, why }: { readonly name: string; readonly why: string }): string => `Ignored: ${name}: ${why}.`;
