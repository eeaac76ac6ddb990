import { describe, expect, it, test } from 'vitest';
import { CALLED_BY_OTHERS, ignoredByEngine, ignoredIn } from './ignored.ts';
import { settings } from './variables.ts';

const names = (env: Record<string, string>): string[] => ignoredIn(env).map(({ name }) => name);

describe('a setting that does nothing', () => {
  test.each<[env: Record<string, string>, name: string, why: RegExp]>([
    [{ CLIENT_ADDRESS_HEADER: 'CF-Connecting-IP' }, 'CLIENT_ADDRESS_HEADER', /TRUSTED_PROXIES names/],
    [{ HOST: '127.0.0.1', LISTEN_SOCKET: '/run/p.sock' }, 'HOST', /LISTEN_SOCKET/],
    [{ PORT: '8080', LISTEN_SOCKET: '/run/p.sock' }, 'PORT', /LISTEN_SOCKET/],
    [{ BROWSER_LIMIT: '10', CLIENT_LIMIT: '0' }, 'BROWSER_LIMIT', /CLIENT_LIMIT=0/],
    [{ BACKUP_AT: '04:00' }, 'BACKUP_AT', /without BACKUP_DIR/],
    [{ BACKUP_KEEP: '3', BACKUP_DIR: '' }, 'BACKUP_KEEP', /without BACKUP_DIR/],
    [{ CLICKHOUSE_PASSWORD: 'x' }, 'CLICKHOUSE_PASSWORD', /CLICKHOUSE_URL/],
    [{ CLICKHOUSE_PASSWORD_FILE: '/x' }, 'CLICKHOUSE_PASSWORD_FILE', /CLICKHOUSE_URL/],
    [{ OWNER_EMAIL_FILE: '/x' }, 'OWNER_EMAIL_FILE', /only secrets .* set OWNER_EMAIL$/],
    [{ PUBLIC_URL_FILE: '/x' }, 'PUBLIC_URL_FILE', /only secrets/],
    [{ BASE_URL: 'https://a.example' }, 'BASE_URL', /called PUBLIC_URL here/],
    [{ BASE_PATH: '/stats' }, 'BASE_PATH', /called PUBLIC_URL here/],
    [{ TRUST_PROXY: '1' }, 'TRUST_PROXY', /called TRUSTED_PROXIES here/],
    [{ LOG_JSON: '1' }, 'LOG_JSON', /called LOG_FORMAT here/],
    [{ ADMIN_PASSWORD: 'x' }, 'ADMIN_PASSWORD', /called OWNER_PASSWORD here/],
    [{ CLICKHOUSE_DATABASE_URL: 'x' }, 'CLICKHOUSE_DATABASE_URL', /called CLICKHOUSE_URL here/],
    [{ DATABASE_URL: 'clickhouse://a' }, 'DATABASE_URL', /called CLICKHOUSE_URL here/],
    [{ LOG_FILE: '/x' }, 'LOG_FILE', /standard error/],
    [{ TLS_CERT: '/x' }, 'TLS_CERT', /proxy/],
    [{ SMTP_HOST: 'x' }, 'SMTP_HOST', /no e-mail/],
    [{ DATA_RETENTION_DAYS: '3' }, 'DATA_RETENTION_DAYS', /--hits-days/],
    [{ PASSERBY_BASE_URL: 'x' }, 'PASSERBY_BASE_URL', /called PUBLIC_URL here/],
    [{ PASSERBY_SECRET_SAUCE: 'x' }, 'PASSERBY_SECRET_SAUCE', /not known/],
    [{ PASSERBY_PORT: '8080' }, 'PASSERBY_PORT', /called PORT here/],
    [{ base_url: 'x' }, 'base_url', /called PUBLIC_URL here/],
    [{ SPOOL_MAXX: '1' }, 'SPOOL_MAXX', /SPOOL_MAX is probably meant/],
    [{ OWNER_PASSWORD_FIEL: '/x' }, 'OWNER_PASSWORD_FIEL', /OWNER_PASSWORD_FILE is probably meant/],
  ])('%j: %s', (env, name, why) => {
    expect(ignoredIn(env)).toEqual([{ name, why: expect.stringMatching(why) }]);
  });
});

it('has nothing to say of what has an effect', () => {
  expect(names({ CLIENT_ADDRESS_HEADER: 'X-Real-IP', TRUSTED_PROXIES: '10.0.0.1' })).toEqual([]);
  expect(names({ CLIENT_ADDRESS_HEADER: 'X-Real-IP', LISTEN_SOCKET: '/run/p.sock' })).toEqual([]);
  expect(names({ BACKUP_DIR: '/b', BACKUP_AT: '04:00', BACKUP_KEEP: '3' })).toEqual([]);
  expect(names({ BROWSER_LIMIT: '10', CLIENT_LIMIT: '' })).toEqual([]);
  expect(names({ BROWSER_LIMIT: '10', CLIENT_LIMIT: '1000' })).toEqual([]);
});

it('has nothing to say of an image’s defaults, and of what is empty', () => {
  expect(names({ PORT: '4321', HOST: '0.0.0.0', LISTEN_SOCKET: '/run/p.sock' })).toEqual([]);
  expect(names({ BASE_URL: '', BACKUP_AT: '', LOG_FILE: '' })).toEqual([]);
  expect(ignoredByEngine({ PORT: '4321', DATA_DIR: '/data' })).toEqual([]);
});

it('has nothing to say of what others set', () => {
  const foreign = [
    'PATH HOME HOSTNAME USER TZ LANG NODE_ENV NODE_OPTIONS DEBUG CI DOMAIN ADDRESS BIND URL SECRET TOKEN API_KEY',
    'PASSERBY_SERVICE_HOST PASSERBY_SERVICE_PORT PASSERBY_PORT PASSERBY_PORT_4321_TCP PASSERBY_PORT_4321_TCP_ADDR PASSERBY_IMAGE',
    'CLICKHOUSE_DB CLICKHOUSE_USER CLICKHOUSE_PORT CLICKHOUSE_SERVICE_HOST DATABASE_URL POSTGRES_PASSWORD_FILE REDIS_URL',
    'VIRTUAL_HOST LETSENCRYPT_HOST LISTEN_FDS LISTEN_PID HTTP_PROXY SSL_CERT_FILE SCRIPT_NAME PORT_FILE HOST_FILE',
    'CREDENTIALS_DIRECTORY STATE_DIRECTORY LOGS_DIRECTORY LOGNAME RUST_LOG',
  ]
    .join(' ')
    .split(' ');
  expect(names(Object.fromEntries(foreign.map((name) => [name, 'tcp://10.0.0.1:1'])))).toEqual([]);
});

it('names settings that there are, and none twice', () => {
  const known = settings.map(({ name }) => name);
  const others = Object.values(CALLED_BY_OTHERS).flatMap((list) => list.split(' '));
  expect(Object.keys(CALLED_BY_OTHERS).filter((name) => !known.includes(name))).toEqual([]);
  expect(others.filter((name) => known.includes(name))).toEqual([]);
  expect(new Set(others).size).toBe(others.length);
});

it('tells the engine’s own', () => {
  expect(ignoredByEngine({ PORT: '8080', HOST: '::1' }).map(({ why }) => why)).toEqual([
    'passerby engine takes --port',
    'passerby engine takes --host',
  ]);
});
