import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE, example, type ProxyServer, run } from '../proxy.ts';

/** As the example says. */
const belowPath = (config: string): string =>
  config.replace(
    /^\treverse_proxy .*?^\t\}$/ms,
    (block) => `\tredir ${BASE} ${BASE}/ 308\n\thandle_path ${BASE}/* {\n${block}\n\t}`,
  );

export const caddy: ProxyServer = {
  name: 'caddy',
  debian: 'caddy',
  version: ['version'],
  start: ({ folder, http, https, collector, isBelowPath }) => {
    const ports = `http_port ${http}\n\thttps_port ${https}\n\tdefault_bind 127.0.0.1`;
    const config = example('Caddyfile', [
      ['\n{\n', `\n{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\t${ports}\n`],
      ['\nstats.example.com {', '\nlocalhost {'],
      ['127.0.0.1:4321 {', `${typeof collector === 'string' ? 'unix/' : '127.0.0.1:'}${collector} {`],
    ]);
    const home = join(folder, 'home');
    mkdirSync(home);
    writeFileSync(join(folder, 'Caddyfile'), isBelowPath ? belowPath(config) : config);
    const env = { HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
    return run('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], env);
  },
};
