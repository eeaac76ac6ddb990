import { misspelt } from './env-typos.ts';
import type { Environment } from './environment.ts';
import { fileVariable } from './secret-file.ts';
import { settings } from './variables.ts';

/** A variable that is set and does nothing, and why, or what does it. */
export interface Ignored {
  readonly name: string;
  readonly why: string;
}

type IsSet = (name: string) => boolean;

interface Rule extends Ignored {
  readonly when: (isSet: IsSet, env: Environment) => boolean;
}

const OF_ENGINE = 'it is the password that passerby engine has: the collector takes it from CLICKHOUSE_URL';
const NO_BACKUPS = 'without BACKUP_DIR the collector makes no backups';
const BY_SOCKET = 'the collector listens on LISTEN_SOCKET';

/** Images set what is the default anyway. */
const isChosen = (name: 'HOST' | 'PORT', env: Environment): boolean =>
  !!env[name] && env[name] !== settings.find((setting) => setting.name === name)?.default;

/** Settings of ours that others leave without an effect. */
const RULES: readonly Rule[] = [
  { name: 'HOST', when: (isSet, env) => isSet('LISTEN_SOCKET') && isChosen('HOST', env), why: BY_SOCKET },
  { name: 'PORT', when: (isSet, env) => isSet('LISTEN_SOCKET') && isChosen('PORT', env), why: BY_SOCKET },
  {
    name: 'CLIENT_ADDRESS_HEADER',
    when: (isSet) => !isSet('TRUSTED_PROXIES') && !isSet('LISTEN_SOCKET'),
    why: 'headers are believed of proxies that TRUSTED_PROXIES names',
  },
  {
    name: 'BROWSER_LIMIT',
    when: (_isSet, { CLIENT_LIMIT }) => Number(CLIENT_LIMIT) === 0 && CLIENT_LIMIT !== '',
    why: 'CLIENT_LIMIT=0 takes any number',
  },
  { name: 'BACKUP_AT', when: (isSet) => !isSet('BACKUP_DIR'), why: NO_BACKUPS },
  { name: 'BACKUP_KEEP', when: (isSet) => !isSet('BACKUP_DIR'), why: NO_BACKUPS },
  { name: 'CLICKHOUSE_PASSWORD', when: () => true, why: OF_ENGINE },
  { name: 'CLICKHOUSE_PASSWORD_FILE', when: () => true, why: OF_ENGINE },
];

/**
 * What other programs call what a setting of ours is. Only names that can hardly mean anything else: the environment is
 * not ours alone.
 */
export const CALLED_BY_OTHERS: Readonly<Record<string, string>> = {
  PUBLIC_URL:
    'BASE_URL APP_URL SITE_URL ROOT_URL EXTERNAL_URL SERVER_URL DASHBOARD_URL PUBLIC_ADDRESS PUBLIC_HOST PUBLIC_ORIGIN BASE_PATH ROOT_PATH PUBLIC_PATH CONTEXT_PATH URL_BASE URL_PREFIX PATH_PREFIX BASE_HREF',
  HOST: 'LISTEN LISTEN_ADDR LISTEN_ADDRESS LISTEN_HOST BIND_ADDR BIND_ADDRESS BIND_HOST HTTP_ADDR SERVER_HOST',
  PORT: 'LISTEN_PORT HTTP_PORT SERVER_PORT BIND_PORT',
  LISTEN_SOCKET: 'SOCKET_PATH UNIX_SOCKET SOCKET_FILE',
  TRUSTED_PROXIES: 'TRUST_PROXY TRUST_PROXY_HEADERS TRUST_FORWARDED_FOR BEHIND_PROXY REVERSE_PROXY FORWARDED_ALLOW_IPS',
  CLIENT_ADDRESS_HEADER: 'REAL_IP_HEADER CLIENT_IP_HEADER IP_HEADER REMOTE_IP_HEADER',
  DATA_DIR: 'DATA_DIRECTORY DATA_FOLDER',
  CLICKHOUSE_URL:
    'CLICKHOUSE_DATABASE_URL CLICKHOUSE_DSN CLICKHOUSE_HOST CLICKHOUSE_ADDR CLICKHOUSE_ADDRESS CLICKHOUSE_SERVER',
  LOG_FORMAT: 'LOG_JSON JSON_LOG JSON_LOGS LOG_AS_JSON LOG_STYLE LOG_ENCODING LOGGING_FORMAT',
  LOG_LEVEL: 'LOG_VERBOSITY LOGGING_LEVEL LOGGER_LEVEL',
  OWNER_EMAIL: 'ADMIN_EMAIL ADMIN_USER_EMAIL ADMIN_USERNAME',
  OWNER_PASSWORD: 'ADMIN_PASSWORD ADMIN_USER_PWD ADMIN_USER_PASSWORD',
  OWNER_PASSWORD_FILE: 'ADMIN_PASSWORD_FILE',
  OWNER_TOKEN: 'ADMIN_TOKEN ADMIN_API_TOKEN',
  OWNER_TOKEN_FILE: 'ADMIN_TOKEN_FILE',
  SCRIPT_PATH: 'TRACKER_SCRIPT_NAME TRACKER_SCRIPT_PATH',
  INTAKE_PATH: 'COLLECT_API_ENDPOINT COLLECT_PATH',
  GEO_DB: 'GEOLITE_DB GEOLITE2_DB GEOIP_DATABASE IP_GEOLOCATION_DB',
  BACKUP_DIR: 'BACKUP_PATH BACKUP_FOLDER',
  BACKUP_AT: 'BACKUP_SCHEDULE BACKUP_CRON BACKUP_TIME',
  BACKUP_KEEP: 'BACKUP_RETENTION BACKUP_COUNT',
};

/** What other programs have a variable for, and this one has not. */
const ABSENT: readonly (readonly [names: string, why: string])[] = [
  ['LOG_FILE LOG_DIR LOG_PATH', 'the log goes to the standard error, for whatever started the collector to keep'],
  ['TLS_CERT TLS_KEY TLS_CERT_FILE TLS_KEY_FILE SSL_KEY_FILE', 'TLS is the business of a proxy before the collector'],
  ['SMTP_HOST SMTP_URL SMTP_HOST_ADDR MAILER_EMAIL', 'no e-mail is sent'],
  [
    'RETENTION_DAYS DATA_RETENTION DATA_RETENTION_DAYS',
    'each site has its own: passerby site set DOMAIN --hits-days 30',
  ],
  ['DISABLE_REGISTRATION', 'nobody can register: people are invited'],
];

const words = (list: string): readonly string[] => list.split(' ');

const OTHERS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(CALLED_BY_OTHERS).flatMap(([meant, names]) =>
    words(names).map((name) => [name, `it is called ${meant} here`] as const),
  ),
  ...ABSENT.flatMap(([names, why]) => words(names).map((name) => [name, why] as const)),
]);

const OWN: ReadonlySet<string> = new Set(settings.map(({ name }) => name));
/** Short names have others' files beside them. */
const FILES: ReadonlyMap<string, string> = new Map(
  [...OWN]
    .filter((name) => name.includes('_') && !OWN.has(fileVariable(name)) && !name.endsWith('_FILE'))
    .map((name) => [fileVariable(name), `only secrets are read from files: set ${name}`]),
);

/** What Kubernetes sets for a service called passerby, and what composes choose an image by. */
const NOT_FOR_US = /^PASSERBY_(?:SERVICE_|PORT_|(?:PORT|IMAGE|VERSION|TAG)$)/;

const unknownOf = (name: string, value: string): string | undefined => {
  if (name === 'DATABASE_URL') return /^clickhouse/i.test(value) ? 'it is called CLICKHOUSE_URL here' : undefined;
  if (name === 'PASSERBY_PORT') return /^\d+$/.test(value) ? 'it is called PORT here' : undefined;
  const written = name.toUpperCase().replace(/^PASSERBY_/, '');
  const why = OWN.has(written) ? undefined : (OTHERS.get(written) ?? FILES.get(written));
  if (why !== undefined) return why;
  return name.startsWith('PASSERBY_') && !NOT_FOR_US.test(name) ? 'it is not known' : undefined;
};

/** Variables that are set for `passerby serve` and do nothing: slips, names of other programs, and settings that need others. */
export const ignoredIn = (env: Environment): readonly Ignored[] => {
  const isSet: IsSet = (name) => !!env[name];
  const slips = misspelt(env).map(({ name, meant }) => ({ name, why: `it is not known: ${meant} is probably meant` }));
  const slipped = new Set(slips.map(({ name }) => name));
  const unknown = Object.entries(env).flatMap(([name, value]) => {
    const why = value && !OWN.has(name) && !slipped.has(name) ? unknownOf(name, value) : undefined;
    return why === undefined ? [] : [{ name, why }];
  });
  const without = RULES.filter(({ name, when }) => isSet(name) && when(isSet, env)).map(({ name, why }) => ({
    name,
    why,
  }));
  return [...slips, ...unknown, ...without];
};

/** The same for `passerby engine`, which takes its settings as options. */
export const ignoredByEngine = (env: Environment): readonly Ignored[] =>
  (['PORT', 'HOST'] as const)
    .filter((name) => isChosen(name, env))
    .map((name) => ({ name, why: `passerby engine takes --${name.toLowerCase()}` }));
