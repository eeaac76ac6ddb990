import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 4321,
      HOST: '0.0.0.0',
      DATA_DIR: './data',
      INTAKE_PATH: '/in',
      SCRIPT_PATH: '/p.js',
      CLIENT_LIMIT: 1000,
      DEMO: true,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', OWNER_TOKEN: '' })).toMatchObject({ PORT: 4321 });
  });

  it.each([
    ['PORT', '70000', /65535/],
    ['PORT', 'http', /a port from 0 to 65535/],
    ['CLICKHOUSE_URL', 'localhost:8123', /an address such as http/],
    ['TRUSTED_PROXIES', '10.0.0.0/99', /10\.0\.0\.0\/99/],
    ['CLIENT_ADDRESS_HEADER', 'not a header', /CF-Connecting-IP/],
    ['OWNER_EMAIL', 'somebody', /an e-mail address/],
    ['OWNER_PASSWORD', 'short', /at least 10/],
    ['OWNER_TOKEN', 'short', /at least 16/],
    ['INTAKE_PATH', 'in', /a path such as/],
    ['DEMO', 'yes', /0 or 1/],
    ['OWNER_PASSWORD', 'long enough alone', /go together/],
  ])('refuses %s=%s by its name', (name, value, why) => {
    const refused = (): unknown => readConfig({ [name]: value });
    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(why);
    expect(refused).toThrow(new RegExp(`^${name}: `));
  });
});
