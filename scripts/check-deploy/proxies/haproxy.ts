import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE, certificateIn, example, type ProxyServer, run } from '../proxy.ts';

export const haproxy: ProxyServer = {
  name: 'haproxy',
  debian: 'haproxy',
  version: ['-v'],
  start: ({ folder, http, https, collector, isBelowPath }) => {
    const { key, certificate } = certificateIn(folder);
    const both = join(folder, 'both.pem');
    writeFileSync(both, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'));
    const config = example('haproxy.cfg', [
      // It prints all its logs: what the example does not turn off is found.
      ['\nglobal\n', '\nglobal\n    log stdout format raw daemon\n'],
      ['    user haproxy\n    group haproxy\n', ''],
      ['bind :80\n', `bind 127.0.0.1:${http}\n`],
      ['bind :443 ', `bind 127.0.0.1:${https} `],
      ['    bind :::80 v6only\n', ''],
      ['    bind :::443 v6only ssl crt /etc/haproxy/stats.example.com.pem alpn h2,http/1.1\n', ''],
      ['/etc/haproxy/stats.example.com.pem', both],
      ['127.0.0.1:4321', typeof collector === 'string' ? collector : `127.0.0.1:${collector}`],
      ...(isBelowPath
        ? [
            [
              '    default_backend passerby',
              `    use_backend passerby if { path ${BASE} } or { path_beg ${BASE}/ }`,
            ] as const,
          ]
        : []),
    ]);
    writeFileSync(join(folder, 'haproxy.cfg'), config);
    return run('haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')]);
  },
};
