import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE, certificateIn, example, type ProxyServer, run } from '../proxy.ts';

/** Debian's folder of modules. */
const MODULES = '/usr/lib/apache2/modules';
const LOADED = ['mpm_event', 'authz_core', 'alias', 'ssl', 'socache_shmcb', 'http2', 'headers', 'proxy', 'proxy_http'];

/** Around the example Apache keeps every log there is: what the example does not turn off is found. */
const around = (folder: string, http: number, https: number): string => `
ServerRoot ${folder}
ServerName localhost
PidFile ${folder}/apache.pid
${LOADED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
<IfModule unixd_module>
  User daemon
  Group daemon
</IfModule>
Listen 127.0.0.1:${http}
Listen 127.0.0.1:${https}
LogLevel info
ErrorLog ${folder}/error.log
LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" common
CustomLog ${folder}/access.log common
Include ${folder}/passerby.conf
`;

export const apache: ProxyServer = {
  name: 'apache2',
  debian: 'apache2',
  version: ['-v'],
  start: ({ folder, http, https, collector, isBelowPath }) => {
    const { key, certificate } = certificateIn(folder);
    const to = typeof collector === 'string' ? `unix:${collector}|http://passerby/` : `http://127.0.0.1:${collector}/`;
    const config = example('apache.conf', [
      ['/etc/letsencrypt/live/stats.example.com/fullchain.pem', certificate],
      ['/etc/letsencrypt/live/stats.example.com/privkey.pem', key],
      ['stats.example.com', 'localhost'],
      ['<VirtualHost *:80>', `<VirtualHost *:${http}>`],
      ['<VirtualHost *:443>', `<VirtualHost *:${https}>`],
      isBelowPath
        ? [
            '    ProxyPass / http://127.0.0.1:4321/ ',
            `    RedirectMatch 308 ^${BASE}$ ${BASE}/\n    ProxyPass ${BASE}/ ${to} `,
          ]
        : ['    ProxyPass / http://127.0.0.1:4321/ ', `    ProxyPass / ${to} `],
    ]);
    writeFileSync(join(folder, 'passerby.conf'), config);
    writeFileSync(join(folder, 'apache.conf'), around(folder, http, https));
    return run('apache2', ['-f', join(folder, 'apache.conf'), '-DFOREGROUND']);
  },
};
