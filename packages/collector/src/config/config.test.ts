import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectConfig, readConfig } from './config.ts';
import { ConfigError } from './config-error.ts';
import { settings } from './variables.ts';

const OTHERS: Readonly<Record<string, Record<string, string>>> = {
  CLICKHOUSE_CLUSTER: { CLICKHOUSE_URL: 'http://clickhouse:8123' },
  OWNER_EMAIL: { OWNER_PASSWORD: 'a long password' },
  OWNER_PASSWORD: { OWNER_EMAIL: 'owner@site.example' },
};

/** Reads one variable, beside those that it cannot go without. */
const read = (name: string, value: string): unknown => ({ ...readConfig({ ...OTHERS[name], [name]: value }) })[name];

describe('readConfig', () => {
  it('has defaults', () => {
    expect(readConfig({})).toEqual({
      PORT: 4321,
      HOST: '0.0.0.0',
      DATA_DIR: './data',
      SPOOL_MAX: 1_073_741_824,
      SPOOL_FSYNC: false,
      BACKUP_AT: ['03:30'],
      BACKUP_KEEP: 7,
      CLIENT_LIMIT: 1000,
      BROWSER_LIMIT: 60,
      MAX_BROWSERS: 300_000,
      MAX_CONNECTIONS: 10_000,
      INTAKE_PATH: '/in',
      SCRIPT_PATH: '/p.js',
      DEMO: true,
      LOG_FORMAT: 'text',
      LOG_LEVEL: 'info',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', OWNER_TOKEN: '' })).toEqual(readConfig({}));
  });

  const accepted: [name: string, value: string, read: unknown][] = [
    ['PORT', '0', 0],
    ['PORT', '65535', 65_535],
    ['HOST', '::', '::'],
    ['LISTEN_SOCKET', '/run/passerby/p.sock', '/run/passerby/p.sock'],
    ['LISTEN_SOCKET', 'p.sock', resolve('p.sock')],
    ['DATA_DIR', '/data', '/data'],
    ['CLICKHOUSE_URL', 'https://user:pass@clickhouse:8443/stats', 'https://user:pass@clickhouse:8443/stats'],
    ['CLICKHOUSE_CLUSTER', 'my-cluster_1', 'my-cluster_1'],
    ['CLICKHOUSE_PASSWORD', 'a secret', 'a secret'],
    ['SPOOL_MAX', '1048576', 1_048_576],
    ['SPOOL_MAX', '1048576B', 1_048_576],
    ['SPOOL_MAX', '2000kB', 2_000_000],
    ['SPOOL_MAX', '500MB', 500_000_000],
    ['SPOOL_MAX', '2GB', 2_000_000_000],
    ['SPOOL_MAX', '2048KiB', 2_097_152],
    ['SPOOL_MAX', '512MiB', 536_870_912],
    ['SPOOL_MAX', '1.5 gib', 1_610_612_736],
    ['SPOOL_FSYNC', '1', true],
    ['BACKUP_DIR', '/backups', '/backups'],
    ['BACKUP_AT', '03:30', ['03:30']],
    ['BACKUP_AT', '15:30, 03:30,15:30', ['03:30', '15:30']],
    ['BACKUP_KEEP', '1', 1],
    ['CLIENT_ADDRESS_HEADER', 'CF-Connecting-IP', 'CF-Connecting-IP'],
    ['CLIENT_LIMIT', '0', 0],
    ['BROWSER_LIMIT', '0', 0],
    ['MAX_CONNECTIONS', '1', 1],
    ['MAX_BROWSERS', '1000000', 1_000_000],
    ['GEO_DB', '/geo/countries.mmdb', '/geo/countries.mmdb'],
    ['OWNER_EMAIL', 'owner@site.example', 'owner@site.example'],
    ['OWNER_PASSWORD', '0123456789', '0123456789'],
    ['OWNER_TOKEN', '0123456789abcdef', '0123456789abcdef'],
    ['INTAKE_PATH', '/count/v1', '/count/v1'],
    ['INTAKE_PATH', '/.well-known/x', '/.well-known/x'],
    ['INTAKE_PATH', '/apis', '/apis'],
    ['INTAKE_PATH', '/pages/healthz', '/pages/healthz'],
    ['INTAKE_PATH', '/p.gif', '/p.gif'],
    ['SCRIPT_PATH', '/s.js', '/s.js'],
    ['SCRIPT_PATH', '/stats', '/stats'],
    ['SCRIPT_PATH', '/in.js', '/in.js'],
    ['DEMO', '0', false],
    ['LOG_FORMAT', 'json', 'json'],
    ['LOG_LEVEL', 'debug', 'debug'],
  ];
  it.each(accepted)('takes %s=%s', (name, value, meant) => {
    expect(read(name, value)).toEqual(meant);
  });

  it('takes a public address', () => {
    const url = { origin: 'https://example.com', base: '/stats' };
    expect(readConfig({ PUBLIC_URL: 'https://example.com/stats/' }).PUBLIC_URL).toEqual(url);
  });

  it('takes the addresses of proxies', () => {
    const { TRUSTED_PROXIES: isTrusted } = readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' });
    expect([isTrusted?.('10.9.8.7'), isTrusted?.('11.9.8.7')]).toEqual([true, false]);
  });

  const refused = (
    [
      ['PORT', /must be a port from 0 to 65535$/, ['70000', 'http', '80.5', '-1', '0x50', '43 21']],
      [
        'LISTEN_SOCKET',
        /must be the path of a Unix socket, with its folders at most 103 bytes long$/,
        ['/run/', '/', `/${'s'.repeat(103)}`, `/${'ü'.repeat(52)}`, `${'s'.repeat(103)}`],
      ],
      ['PUBLIC_URL', /must be an address such as https:/, ['stats.example.com', 'ftp://example.com', '/stats']],
      [
        'PUBLIC_URL',
        /must not be \/api or below it, which the collector/,
        ['https://a.example/api', 'https://a.example/API/x'],
      ],
      ['PUBLIC_URL', /must not be \/login or below it/, ['https://a.example/login/']],
      ['CLICKHOUSE_URL', /must be an address such as http:/, ['localhost:8123', 'ftp://host', 'clickhouse']],
      ['CLICKHOUSE_CLUSTER', /must be a name of at most 64 letters/, ['a b', '1st', "x'; DROP", 'c'.repeat(65)]],
      [
        'SPOOL_MAX',
        /must be a size of at least 1MiB, such as 500MB or 2GiB$/,
        ['1023KiB', '0', '-1GiB', '1TB', '1G', 'GiB', '1 000 MB', '1e9', '999999999999999GiB'],
      ],
      ['SPOOL_FSYNC', /must be 0 or 1$/, ['true']],
      [
        'BACKUP_AT',
        /must be at most 24 times of the day \(UTC\) such as 03:30/,
        ['off', '3:30', '24:00', '03:30 15:30'],
      ],
      ['BACKUP_KEEP', /must be a number of backups, 1 to 10000$/, ['0', '-1', 'all', '10001']],
      ['TRUSTED_PROXIES', /"10\.0\.0\.0\/99" is neither an address nor a network such as/, ['10.0.0.0/99']],
      ['CLIENT_ADDRESS_HEADER', /must be the name of a header, such as/, ['not a header']],
      ['MAX_BROWSERS', /must be a number from 1000 to 16000000$/, ['999', '16000001', 'all']],
      ['CLIENT_LIMIT', /must be a number of items$/, ['-1', '1.5']],
      ['BROWSER_LIMIT', /must be a number of browsers$/, ['-1', 'all']],
      ['MAX_CONNECTIONS', /must be a number of connections, 1 or more$/, ['0', 'many']],
      ['OWNER_EMAIL', /must be an e-mail address$/, ['somebody']],
      ['OWNER_PASSWORD', /must be at least 10 characters/, ['short']],
      ['OWNER_TOKEN', /must be at least 16 characters/, ['short']],
      [
        'INTAKE_PATH',
        /must be a path such as/,
        ['in', '/in?x', '/in/', '//in', '/a//in', '/..', '/a/../in', '/./in', '/%69n'],
      ],
      [
        'INTAKE_PATH',
        /must not be \/healthz or below it, which the collector answers itself$/,
        ['/healthz', '/HealthZ'],
      ],
      ['INTAKE_PATH', /must not be \/api or below it/, ['/api', '/api/event', '/API/in']],
      [
        'INTAKE_PATH',
        /must not be \/(?:readyz|metrics|assets|demo|sites|setup|login)/,
        ['/readyz', '/metrics', '/assets/in', '/demo', '/sites/in', '/setup', '/login'],
      ],
      ['SCRIPT_PATH', /must be a path such as/, ['/', '/p.js/', '/js//p.js', '/js/./p.js']],
      [
        'SCRIPT_PATH',
        /must not be \/(?:accounts?|new|invite|reset|settings)/,
        ['/account', '/accounts', '/new', '/invite', '/reset', '/settings'],
      ],
      ['SCRIPT_PATH', /must be another path than INTAKE_PATH$/, ['/in', '/IN', '/in.gif']],
      ['DEMO', /must be 0 or 1$/, ['yes']],
      ['LOG_FORMAT', /must be text or json$/, ['JSON', 'logfmt']],
      ['LOG_LEVEL', /must be debug, info, warn, error$/, ['trace', 'INFO', '3']],
    ] as const
  ).flatMap(([name, allowed, values]) => values.map((value) => ({ name, value, allowed })));
  it.each(refused)('says one thing of $name=$value', ({ name, value }) => {
    const { problems } = inspectConfig({ ...OTHERS[name], [name]: value });
    expect(problems.filter(({ failure }) => failure.field === name)).toHaveLength(1);
  });
  it.each(refused)('refuses $name=$value by its name', ({ name, value, allowed }) => {
    const reading = (): unknown => read(name, value);
    expect(reading).toThrow(ConfigError);
    expect(reading).toThrow(allowed);
    expect(reading).toThrow(new RegExp(`^${name}: `));
  });

  it.each([
    [{ OWNER_PASSWORD: 'long enough alone' }, 'OWNER_PASSWORD: OWNER_EMAIL and OWNER_PASSWORD go together'],
    [{ INTAKE_PATH: '/p.js' }, 'SCRIPT_PATH: must be another path than INTAKE_PATH'],
    [{ INTAKE_PATH: '/p.full.js' }, 'SCRIPT_PATH: must be another path than INTAKE_PATH'],
    [{ INTAKE_PATH: '/p.9.0.0-rc.1.js' }, 'SCRIPT_PATH: must be another path than INTAKE_PATH'],
    [{ INTAKE_PATH: '/p.full.9.0.0.js' }, 'SCRIPT_PATH: must be another path than INTAKE_PATH'],
    [{ INTAKE_PATH: '/s.full', SCRIPT_PATH: '/s' }, 'SCRIPT_PATH: must be another path than INTAKE_PATH'],
    [{ INTAKE_PATH: '/s', SCRIPT_PATH: '/s.gif' }, 'SCRIPT_PATH: must be another path than INTAKE_PATH'],
    ...['/in', '/IN/', '/in.gif', '/p.js', '/p.full.js', '/p.1.0.0.js'].map(
      (base): [Record<string, string>, string] => [
        { PUBLIC_URL: `https://a.example${base}` },
        'PUBLIC_URL: must have another path than INTAKE_PATH and SCRIPT_PATH',
      ],
    ),
    [
      { INTAKE_PATH: '/stats/in', PUBLIC_URL: 'https://a.example/stats' },
      'INTAKE_PATH: is below PUBLIC_URL as it is: leave /stats out of it',
    ],
    [
      { SCRIPT_PATH: '/s/t/u', PUBLIC_URL: 'https://a.example/s/t/' },
      'SCRIPT_PATH: is below PUBLIC_URL as it is: leave /s/t out of it',
    ],
    [{ CLICKHOUSE_CLUSTER: 'main' }, 'CLICKHOUSE_CLUSTER: goes with CLICKHOUSE_URL, the address of one of its servers'],
    [
      { CLICKHOUSE_CLUSTER: 'main', CLICKHOUSE_URL: 'http://host:8123', BACKUP_DIR: '/backups' },
      'BACKUP_DIR: a cluster is backed up with its own BACKUP statement, not by the collector: leave it out',
    ],
  ])('refuses %o', (env, message) => {
    expect(() => readConfig(env)).toThrow(message);
  });

  it.each(['http://user:the-secret@:8123', 'user:the-secret@host'])('keeps the password in %s to itself', (value) => {
    expect(() => readConfig({ CLICKHOUSE_URL: value })).toThrow(/^(?!.*the-secret)CLICKHOUSE_URL: /);
  });

  // Files of secrets have cases of their own.
  const variables = settings.map(({ name }) => name).filter((name) => !name.endsWith('_FILE'));
  // These are any text here: whether it names something shows when it is used.
  const checked = variables.filter(
    (name) => !['HOST', 'DATA_DIR', 'BACKUP_DIR', 'GEO_DB', 'CLICKHOUSE_PASSWORD'].includes(name),
  );
  it('has a case above for every variable', () => {
    expect(new Set([...accepted.map(([name]) => name), 'PUBLIC_URL', 'TRUSTED_PROXIES'])).toEqual(new Set(variables));
    expect(new Set(refused.map(({ name }) => name))).toEqual(new Set(checked));
  });

  it.each(settings)('says of $name what it is and what is allowed', ({ name, allowed, what, default: initial }) => {
    expect([allowed, what].every((words) => words.length > 3)).toBe(true);
    if (initial !== '') expect(read(name, initial)).toEqual({ ...readConfig({}) }[name]);
  });
});
