import { resolve } from 'node:path';
import { z } from 'zod';
import { parseTrusted } from '../lib/ip-address.ts';
import { LOG_FORMATS, LOG_LEVELS } from '../lib/logger.ts';
import { publicUrlOf } from '../lib/public-url.ts';
import { parseTimesOfDay } from '../lib/times-of-day.ts';
import { MAX_SOCKET_PATH } from '../lib/unix-socket.ts';
import { fileVariable } from './secret-file.ts';

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

/** The schema of each. Defaults are written as one would set them, so that the table can show them. */
export const variables = {
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

/** Names of those that are secret. */
export const secrets: readonly string[] = described.filter(({ isSecret }) => isSecret).map(({ name }) => name);

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
