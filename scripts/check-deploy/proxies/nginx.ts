import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE, certificateIn, example, type ProxyServer, run } from '../proxy.ts';

/** Around the example nginx keeps every log there is: what the example does not turn off is found. */
const around = (folder: string): string => `
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log info;
events {}
http {
  access_log ${folder}/access.log;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
  include ${folder}/passerby.conf;
}
`;

export const nginx: ProxyServer = {
  name: 'nginx',
  debian: 'nginx-light',
  version: ['-v'],
  start: ({ folder, http, https, collector, isBelowPath }) => {
    const { key, certificate } = certificateIn(folder);
    const config = example('nginx.conf', [
      ['/etc/letsencrypt/live/stats.example.com/fullchain.pem', certificate],
      ['/etc/letsencrypt/live/stats.example.com/privkey.pem', key],
      ['server_name stats.example.com', 'server_name localhost'],
      ['listen 80;', `listen 127.0.0.1:${http};`],
      ['listen 443 ', `listen 127.0.0.1:${https} `],
      ['    listen [::]:80;\n', ''],
      ['    listen [::]:443 ssl http2;\n', ''],
      ['server 127.0.0.1:4321;', `server ${typeof collector === 'string' ? 'unix:' : '127.0.0.1:'}${collector};`],
      ...(isBelowPath ? [['    location / {', `    location ${BASE}/ {`] as const] : []),
    ]);
    writeFileSync(join(folder, 'passerby.conf'), config);
    writeFileSync(join(folder, 'nginx.conf'), around(folder));
    return run('nginx', ['-p', folder, '-e', join(folder, 'first-error.log'), '-c', join(folder, 'nginx.conf')]);
  },
};
