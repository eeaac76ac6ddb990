import { resolve } from 'node:path';
import { z } from 'zod';
import { parseTrusted } from '../lib/ip-address.ts';
import { LOG_FORMATS, LOG_LEVELS, type LogStyle } from '../lib/logger.ts';
import { type PublicUrl, publicUrlOf } from '../lib/public-url.ts';
import { parseTimesOfDay } from '../lib/times-of-day.ts';
import { MAX_SOCKET_PATH } from '../lib/unix-socket.ts';
import { ConfigError } from './config-error.ts';
import { isBelow, isOfIntake, isOfScript, ownPathOf } from './own-paths.ts';
import { fileVariable, withSecretFiles } from './secret-file.ts';

/** A variable, as the table of settings shows it. */
export interface Setting {
  readonly name: string;
  /** As one would set it; empty: there is none. */
  readonly default: string;
  /** What it may be set to: also what an error says. */
  readonly allowed: string;
  readonly what: string;
  /** It is shown nowhere, and may stand in a file. */
  readonly isSecret?: true;
}

const words = z.registry<Pick<Setting, 'allowed' | 'what' | 'isSecret'>>();

/** Between single slashes, none of them at the end; browsers take `.` and `..` for something else. */
const path = z.string().regex(/^(?=.{2,101}$)(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)+$/);
const flag = z.enum(['0', '1']).transform((value) => value === '1');
const whole = (least: number, most = 999_999_999) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

const UNITS = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30 };

const bytes = (least: number) =>
  z
    .string()
    .regex(/^\d{1,15}(?:\.\d{1,9})? ?(?:(?:[kmg]i?)?b)?$/i)
    .transform((size) => {
      const unit = size.replace(/[\d. ]/g, '').toLowerCase() || 'b';
      return Math.floor(Number.parseFloat(size) * UNITS[unit as keyof typeof UNITS]);
    })
    .pipe(z.number().min(least).max(Number.MAX_SAFE_INTEGER));

/** Read by a function that throws what is wrong. */
const readBy = <T>(parse: (written: string) => T) =>
  z.string().transform((written, context) => {
    try {
      return parse(written);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });

const SOCKET_PATH = `the path of a Unix socket, with its folders at most ${MAX_SOCKET_PATH} bytes long`;

/** Whole, since commands are run in other folders. */
const socketPath = readBy((written) => {
  const absolute = resolve(written);
  if (/[\0]|\/$/.test(written) || Buffer.byteLength(absolute) > MAX_SOCKET_PATH)
    throw new Error(`must be ${SOCKET_PATH}`);
  return absolute;
});

const times = z.string().transform((list, context) => {
  const read = parseTimesOfDay(list);
  if (read !== null) return read;
  context.addIssue({ code: 'invalid_format', format: 'times', input: list });
  return z.NEVER;
});

/** Defaults are written as one would set them, so that the table can show them. */
const variables = {
  PORT: whole(0, 65_535).prefault('4321').register(words, {
    allowed: 'a port from 0 to 65535',
    what: 'where the collector listens; `0`: any free port',
  }),
  HOST: z.string().prefault('0.0.0.0').register(words, {
    allowed: 'an address of this machine',
    what: 'the address on which it listens; `::` takes IPv6 and IPv4',
  }),
  LISTEN_SOCKET: socketPath.optional().register(words, {
    allowed: SOCKET_PATH,
    what: 'a Unix socket to listen on instead of `HOST` and `PORT`; whoever may connect to it counts as a trusted proxy',
  }),
  PUBLIC_URL: readBy(publicUrlOf).optional().register(words, {
    allowed: 'an address such as https://stats.example.com or https://example.com/stats',
    what: 'where browsers find the collector, for links, cookies and the script tag; [below a path](docs/install.md#below-a-path) too',
  }),
  DATA_DIR: z.string().prefault('./data').register(words, {
    allowed: 'a folder',
    what: 'where the embedded engine keeps its data, and accepted hits wait for the store',
  }),
  CLICKHOUSE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .register(words, {
      allowed: 'an address such as http://user:password@host:8123/database',
      what: 'a ClickHouse server instead of the embedded engine',
      isSecret: true,
    }),
  CLICKHOUSE_CLUSTER: z
    .string()
    .regex(/^[A-Za-z_][\w-]{0,63}$/)
    .optional()
    .register(words, {
      allowed: 'a name of at most 64 letters, digits, _ and -, as in the server’s remote_servers',
      what: 'the cluster that `CLICKHOUSE_URL` belongs to: tables are replicated and distributed over it',
    }),
  CLICKHOUSE_PASSWORD: z.string().optional().register(words, {
    allowed: 'any text; where others reach it 16 characters, 8 of them different',
    what: 'password of the server that `passerby engine` starts; without it one is made up and shown',
    isSecret: true,
  }),
  SPOOL_MAX: bytes(2 ** 20)
    .prefault('1GiB')
    .register(words, {
      allowed: 'a size of at least 1MiB, such as 500MB or 2GiB',
      what: 'accepted hits that may wait on the disk while the store is away; more are answered 503',
    }),
  SPOOL_FSYNC: flag.prefault('0').register(words, {
    allowed: '0 or 1',
    what: '`1`: what was accepted survives power loss too, not only the death of a process; slower',
  }),
  BACKUP_DIR: z.string().optional().register(words, {
    allowed: 'a folder, best on another disk',
    what: 'where the collector writes backups by itself; without it, it makes none',
  }),
  BACKUP_AT: times.prefault('03:30').register(words, {
    allowed: 'at most 24 times of the day (UTC) such as 03:30, with commas',
    what: 'when it writes them, in UTC',
  }),
  BACKUP_KEEP: whole(1, 10_000).prefault('7').register(words, {
    allowed: 'a number of backups, 1 to 10000',
    what: 'how many of them it keeps; older ones are deleted after the next good one',
  }),
  TRUSTED_PROXIES: readBy(parseTrusted).optional().register(words, {
    allowed: 'addresses and networks such as 10.0.0.0/8, with commas',
    what: 'your proxies and load balancers; without it every client behind them is the same',
  }),
  CLIENT_ADDRESS_HEADER: z
    .string()
    .regex(/^[\w-]+$/)
    .optional()
    .register(words, {
      allowed: 'the name of a header, such as CF-Connecting-IP',
      what: 'header with the client’s address that a trusted proxy sets, instead of `X-Forwarded-For`',
    }),
  CLIENT_LIMIT: whole(0).prefault('1000').register(words, {
    allowed: 'a number of items',
    what: 'items (views, events, log lines …) that one client may send in ten seconds, a beacon and each KiB of it counting as one at least; of IPv6 a client is a /64, and a /56 and a /48 may send four and eight times as much; `0`: any number',
  }),
  BROWSER_LIMIT: whole(0).prefault('60').register(words, {
    allowed: 'a number of browsers',
    what: 'browsers not met today that one client may bring in ten seconds; `0`, or `CLIENT_LIMIT=0`: any number',
  }),
  MAX_CONNECTIONS: whole(1).prefault('10000').register(words, {
    allowed: 'a number of connections, 1 or more',
    what: 'connections that are open at a time; more are refused',
  }),
  MAX_BROWSERS: whole(1000, 16_000_000).prefault('300000').register(words, {
    allowed: 'a number from 1000 to 16000000',
    what: 'browsers of the day that are remembered, about 500 bytes each; beyond them the oldest of the largest networks are forgotten, and counted again',
  }),
  GEO_DB: z.string().optional().register(words, {
    allowed: 'a MaxMind DB file',
    what: 'countries by address, and regions and cities if it has them, instead of the database that is part of Passerby',
  }),
  OWNER_EMAIL: z.email().optional().register(words, {
    allowed: 'an e-mail address',
    what: 'the owner’s account, made at the first start instead of by the one-time link',
  }),
  OWNER_PASSWORD: z.string().min(10).max(200).optional().register(words, {
    allowed: 'at least 10 characters, at most 200',
    what: 'goes with `OWNER_EMAIL`',
    isSecret: true,
  }),
  OWNER_TOKEN: z.string().min(16).max(200).optional().register(words, {
    allowed: 'at least 16 characters, at most 200',
    what: 'an API token, for automation',
    isSecret: true,
  }),
  INTAKE_PATH: path.prefault('/in').register(words, {
    allowed: 'a path such as /in',
    what: 'another name for the path that takes beacons',
  }),
  SCRIPT_PATH: path.prefault('/p.js').register(words, {
    allowed: 'a path such as /p.js',
    what: 'another name for the script',
  }),
  DEMO: flag.prefault('1').register(words, { allowed: '0 or 1', what: '`0`: no demo site' }),
  LOG_FORMAT: z
    .enum(LOG_FORMATS)
    .prefault('text')
    .register(words, {
      allowed: LOG_FORMATS.join(' or '),
      what: '`json`: whatever `passerby serve` and `passerby engine` write is one JSON object a line',
    }),
  LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .prefault('info')
    .register(words, {
      allowed: LOG_LEVELS.join(', '),
      what: 'lines of the log that are less bad are left out',
    }),
};

const described = Object.entries(variables).map(
  ([name, schema]): Setting => ({
    name,
    default: schema instanceof z.ZodPrefault ? String(schema.def.defaultValue) : '',
    allowed: '',
    what: '',
    ...words.get(schema),
  }),
);

const secrets = described.filter(({ isSecret }) => isSecret).map(({ name }) => name);

const fileOf = (name: string): Setting => ({
  name: fileVariable(name),
  default: '',
  allowed: 'a file',
  what: `instead of \`${name}\`: a file that holds it, such as a secret of a container or a credential of systemd`,
});

/** Every variable there is, in the order in which they are shown. */
export const settings: readonly Setting[] = described.flatMap((setting) =>
  setting.isSecret ? [setting, fileOf(setting.name)] : [setting],
);

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

/** The variables of this process. */
export type Environment = Readonly<Record<string, string | undefined>>;

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
  const told = new Set(problems.map(({ failure }) => failure.field));
  // Of a secret whose file cannot be read it is not said that it is missing.
  return { config: null, problems: [...problems, ...wrong.filter(({ failure }) => !told.has(failure.field))] };
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
