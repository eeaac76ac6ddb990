import { z } from 'zod';
import { ExpectedError } from '../lib/expected-error.ts';
import { parseTrusted } from '../lib/ip-address.ts';
import { parseTimesOfDay } from '../lib/times-of-day.ts';

/** A variable of the environment is wrong. The message names it and says what is allowed, never what it was set to. */
export class ConfigError extends ExpectedError {
  override readonly name = 'ConfigError';

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`, { kind: 'usage', field });
  }
}

/** A variable, as the table of settings shows it. */
export interface Setting {
  readonly name: string;
  /** As one would set it; empty: there is none. */
  readonly default: string;
  /** What it may be set to: also what an error says. */
  readonly allowed: string;
  readonly what: string;
}

const words = z.registry<Pick<Setting, 'allowed' | 'what'>>();

const path = z.string().regex(/^\/[\w./-]{1,100}$/);
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

const trusted = z.string().transform((list, context) => {
  try {
    return parseTrusted(list);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
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
  TRUSTED_PROXIES: trusted.optional().register(words, {
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
  }),
  OWNER_TOKEN: z.string().min(16).max(200).optional().register(words, {
    allowed: 'at least 16 characters, at most 200',
    what: 'an API token, for automation',
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
};

/** Every variable there is, in the order in which they are shown. */
export const settings: readonly Setting[] = Object.entries(variables).map(([name, schema]) => ({
  name,
  default: schema instanceof z.ZodPrefault ? String(schema.def.defaultValue) : '',
  allowed: words.get(schema)?.allowed ?? '',
  what: words.get(schema)?.what ?? '',
}));

const environment = z
  .object(variables)
  .refine((env) => (env.OWNER_EMAIL === undefined) === (env.OWNER_PASSWORD === undefined), {
    path: ['OWNER_PASSWORD'],
    message: 'OWNER_EMAIL and OWNER_PASSWORD go together',
  })
  .refine((env) => env.INTAKE_PATH !== env.SCRIPT_PATH, {
    path: ['SCRIPT_PATH'],
    message: 'must be another path than INTAKE_PATH',
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

/**
 * Reads the configuration.
 * @throws ConfigError naming the first variable that is wrong
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  // An empty variable is one that was not set: `PORT= npm start`.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(set);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = String(issue?.path[0]);
  const allowed = settings.find((setting) => setting.name === name)?.allowed;
  throw new ConfigError(name, issue?.code === 'custom' ? issue.message : `must be ${allowed}`);
};
