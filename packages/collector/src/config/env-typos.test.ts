import { describe, expect, it } from 'vitest';
import { misspelt } from './env-typos.ts';
import { settings } from './variables.ts';

describe('misspelt', () => {
  it.each([
    ['SPOOL_MAXX', 'SPOOL_MAX'],
    ['SPOOL_MXA', 'SPOOL_MAX'],
    ['SPOOLMAX', 'SPOOL_MAX'],
    ['spool_max', 'SPOOL_MAX'],
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['TRUST_PROXIES', 'TRUSTED_PROXIES'],
    ['DATADIR', 'DATA_DIR'],
    ['PASSERBY_DATA_DIR', 'DATA_DIR'],
    ['CLICKHOUSE_URI', 'CLICKHOUSE_URL'],
    ['CLIENT_ADDR_HEADER', 'CLIENT_ADDRESS_HEADER'],
    ['OWNER_MAIL', 'OWNER_EMAIL'],
    ['MAX_CONNECTION', 'MAX_CONNECTIONS'],
    ['GEODB', 'GEO_DB'],
  ])('takes %s for %s', (name, meant) => {
    expect(misspelt({ [name]: 'x' })).toEqual([{ name, meant }]);
  });

  it('has nothing to say of our own', () => {
    expect(misspelt(Object.fromEntries(settings.map(({ name }) => [name, 'x'])))).toEqual([]);
  });

  it('has nothing to say of what others set', () => {
    const foreign = [
      // a shell, Node, npm, systemd, a desktop
      'PATH HOME HOSTNAME HOSTTYPE HOST_NAME PWD OLDPWD SHLVL TERM LANG TZ USER MAIL LOGNAME EDITOR PAGER DISPLAY POST PORTS DEMOS',
      'NODE_VERSION NODE_ENV NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS YARN_VERSION NPM_TOKEN npm_config_user_agent INIT_CWD',
      'http_proxy https_proxy no_proxy HTTP_PROXY SSL_CERT_FILE SSL_CERT_DIR NOTIFY_SOCKET INVOCATION_ID JOURNAL_STREAM',
      'STATE_DIRECTORY RUNTIME_DIRECTORY CREDENTIALS_DIRECTORY MAINPID LISTEN_FDS WATCHDOG_USEC XDG_DATA_DIRS XDG_DATA_HOME',
      // Kubernetes, for services named passerby and clickhouse
      'KUBERNETES_SERVICE_HOST KUBERNETES_PORT_443_TCP_ADDR PASSERBY_PORT PASSERBY_SERVICE_HOST PASSERBY_SERVICE_PORT',
      'PASSERBY_PORT_4321_TCP PASSERBY_PORT_4321_TCP_PROTO CLICKHOUSE_PORT CLICKHOUSE_SERVICE_HOST CLICKHOUSE_PORT_8123_TCP',
      // images that stand beside us
      'CLICKHOUSE_DB CLICKHOUSE_USER CLICKHOUSE_PASSWORD CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT CLICKHOUSE_CONFIG',
      'DATABASE_URL DATA_PATH META_DIR JAVA_DIR DATA_URI GEOIP_DB_PATH MAXMIND_DB MAX_CONNS POSTGRES_DB REDIS_URL APP_SECRET',
      'CLIENT_ID CLIENT_SECRET CLIENT_URL OWNER OWNER_ID SCRIPT_NAME SCRIPT_DIR INTAKE SPOOL SPOOL_DIR CHROMIUM_PATH',
    ]
      .join(' ')
      .split(' ');
    expect(misspelt(Object.fromEntries(foreign.map((name) => [name, 'x'])))).toEqual([]);
  });
});
