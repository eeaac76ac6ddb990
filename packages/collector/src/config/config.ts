import { z } from 'zod';
import type { LogStyle } from '../lib/logger.ts';
import type { PublicUrl } from '../lib/public-url.ts';
import { ConfigError } from './config-error.ts';
import type { Environment } from './environment.ts';
import { isBelow, isOfIntake, isOfScript, ownPathOf } from './own-paths.ts';
import { fileVariable, withSecretFiles } from './secret-file.ts';
import { secrets, settings, variables } from './variables.ts';

interface Places {
  readonly INTAKE_PATH: string;
  readonly SCRIPT_PATH: string;
  readonly PUBLIC_URL?: PublicUrl | undefined;
}

/** Paths that would mean two things at once, each under the variable to change. */
const collisions = ({ INTAKE_PATH, SCRIPT_PATH, PUBLIC_URL }: Places): { name: keyof Places; message: string }[] => {
  const base = PUBLIC_URL?.base ?? '';
  const given = Object.entries({ INTAKE_PATH, SCRIPT_PATH, PUBLIC_URL: base }) as [keyof Places, string][];
  const own = given.map(([name, path]) => {
    const taken = path === '' ? null : ownPathOf(path);
    return { name, message: taken && `must not be ${taken} or below it, which the collector answers itself` };
  });
  const isBase = base !== '' && (isOfIntake(base, INTAKE_PATH) || isOfScript(base, SCRIPT_PATH));
  const both = {
    name: 'PUBLIC_URL' as const,
    message: isBase && 'must have another path than INTAKE_PATH and SCRIPT_PATH',
  };
  const isOne = isOfScript(INTAKE_PATH, SCRIPT_PATH) || isOfIntake(SCRIPT_PATH, INTAKE_PATH);
  const one = { name: 'SCRIPT_PATH' as const, message: isOne && 'must be another path than INTAKE_PATH' };
  const twice = given.slice(0, 2).map(([name, path]) => ({
    name,
    message: base !== '' && isBelow(path, base) && `is below PUBLIC_URL as it is: leave ${base} out of it`,
  }));
  return [...own, one, both, ...twice].flatMap(({ name, message }) => (message ? [{ name, message }] : []));
};

const environment = z
  .object(variables)
  .refine((env) => (env.OWNER_EMAIL === undefined) === (env.OWNER_PASSWORD === undefined), {
    path: ['OWNER_PASSWORD'],
    message: 'OWNER_EMAIL and OWNER_PASSWORD go together',
  })
  .superRefine((env, context) => {
    for (const { name, message } of collisions(env)) context.addIssue({ code: 'custom', path: [name], message });
  })
  .refine((env) => env.CLICKHOUSE_CLUSTER === undefined || env.CLICKHOUSE_URL !== undefined, {
    path: ['CLICKHOUSE_CLUSTER'],
    message: 'goes with CLICKHOUSE_URL, the address of one of its servers',
  })
  .refine((env) => env.BACKUP_DIR === undefined || env.CLICKHOUSE_CLUSTER === undefined, {
    path: ['BACKUP_DIR'],
    message: 'a cluster is backed up with its own BACKUP statement, not by the collector: leave it out',
  });

/** What the environment says of how to run. */
export type Config = z.infer<typeof environment>;

/** What the environment says, or all that is wrong with it. */
export interface Inspected {
  /** Null: something is wrong. */
  readonly config: Config | null;
  readonly problems: readonly ConfigError[];
}

/** Reads the configuration, and the files of its secrets. */
export const inspectConfig = (env: Environment): Inspected => {
  const { env: whole, problems } = withSecretFiles(env, secrets);
  // An empty variable is one that was not set: `PORT= npm start`.
  const set = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== ''));
  const read = environment.safeParse(set);
  if (read.success && problems.length === 0) return { config: read.data, problems };
  const wrong = (read.error?.issues ?? []).map((issue) => problemOf(issue, env));
  return { config: null, problems: firstOfEach([...problems, ...wrong]) };
};

/** Of a secret whose file cannot be read it is not said that it is missing, nor what a wrong path would collide with. */
const firstOfEach = (problems: readonly ConfigError[]): readonly ConfigError[] => {
  const fields = problems.map(({ failure }) => failure.field);
  return problems.filter(({ failure }, at) => fields.indexOf(failure.field) === at);
};

const problemOf = ({ path: [name], ...issue }: z.core.$ZodIssue, env: Environment): ConfigError => {
  const variable = String(name);
  const allowed = settings.find((setting) => setting.name === variable)?.allowed;
  const isFromFile = secrets.includes(variable) && !!env[fileVariable(variable)];
  return new ConfigError(
    isFromFile ? fileVariable(variable) : variable,
    issue.code === 'custom' ? issue.message : `must be ${allowed}`,
  );
};

/**
 * Reads the configuration.
 * @throws ConfigError naming the first variable that is wrong
 */
export const readConfig = (env: Environment): Config => {
  const { config, problems } = inspectConfig(env);
  if (config === null) throw problems[0];
  return config;
};

/** Where the data lie, for commands that need no other setting. */
export const dataDirIn = (env: Environment): string => variables.DATA_DIR.parse(env.DATA_DIR || undefined);

/** A secret, from its variable or its file; undefined: neither is set. @throws ConfigError */
export const secretIn = (env: Environment, name: 'CLICKHOUSE_PASSWORD'): string | undefined => {
  const { env: whole, problems } = withSecretFiles(env, [name]);
  if (problems[0] !== undefined) throw problems[0];
  return whole[name];
};

const logVariables = z.object({ LOG_FORMAT: variables.LOG_FORMAT, LOG_LEVEL: variables.LOG_LEVEL });

/**
 * Reads what the log is to look like, before all else: what is wrong with the rest is said in this style.
 * @throws ConfigError
 */
export const readLogStyle = (env: Environment): LogStyle => {
  const { LOG_FORMAT, LOG_LEVEL } = env;
  const read = logVariables.safeParse({ LOG_FORMAT: LOG_FORMAT || undefined, LOG_LEVEL: LOG_LEVEL || undefined });
  if (!read.success) throw problemOf(read.error.issues[0] as z.core.$ZodIssue, env);
  return { format: read.data.LOG_FORMAT, level: read.data.LOG_LEVEL };
};
