import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Where a proxy runs for the check, instead of where its example says. */
export interface Place {
  /** Empty folder for everything that it writes. */
  readonly folder: string;
  readonly http: number;
  readonly https: number;
  /** The port at which it finds the collector. */
  readonly collector: number;
}

/** A proxy that runs, and what it prints. */
export type Running = ChildProcessByStdio<null, Readable, Readable>;

/** A proxy of `deploy/`, made to run by an unprivileged user on this machine. */
export interface ProxyServer {
  readonly name: string;
  readonly start: (place: Place) => Running;
}

const example = (file: string, changes: readonly (readonly [string, string])[]): string => {
  const text = readFileSync(fileURLToPath(new URL(`../../deploy/${file}`, import.meta.url)), 'utf8');
  return changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`deploy/${file} has no ${JSON.stringify(from)}`);
    return changed.replaceAll(from, to);
  }, text);
};

const run = (command: string, args: readonly string[], env: Record<string, string> = {}): Running =>
  spawn(command, args, { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });

/** Around the example nginx keeps every log there is: what the example does not turn off is found. */
const nginxAround = (folder: string): string => `
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

const nginx: ProxyServer = {
  name: 'nginx',
  start: ({ folder, http, https, collector }) => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const subject = ['-subj', '/CN=localhost', '-days', '2'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject],
      { stdio: 'ignore' },
    );
    const config = example('nginx.conf', [
      ['stats.example.com/fullchain.pem', 'CERTIFICATE'],
      ['stats.example.com/privkey.pem', 'KEY'],
      ['/etc/letsencrypt/live/CERTIFICATE', certificate],
      ['/etc/letsencrypt/live/KEY', key],
      ['stats.example.com', 'localhost'],
      ['listen 80;', `listen 127.0.0.1:${http};`],
      ['listen 443 ', `listen 127.0.0.1:${https} `],
      ['    listen [::]:80;\n', ''],
      ['    listen [::]:443 ssl http2;\n', ''],
      ['127.0.0.1:4321', `127.0.0.1:${collector}`],
    ]);
    writeFileSync(join(folder, 'passerby.conf'), config);
    writeFileSync(join(folder, 'nginx.conf'), nginxAround(folder));
    return run('nginx', ['-p', folder, '-e', join(folder, 'first-error.log'), '-c', join(folder, 'nginx.conf')]);
  },
};

const caddy: ProxyServer = {
  name: 'caddy',
  start: ({ folder, http, https, collector }) => {
    const ports = `http_port ${http}\n\thttps_port ${https}\n\tdefault_bind 127.0.0.1`;
    const config = example('Caddyfile', [
      ['\n{\n', `\n{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\t${ports}\n`],
      ['stats.example.com', 'localhost'],
      ['127.0.0.1:4321', `127.0.0.1:${collector}`],
    ]);
    const home = join(folder, 'home');
    mkdirSync(home);
    writeFileSync(join(folder, 'Caddyfile'), config);
    const env = { HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
    return run('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], env);
  },
};

export const proxies: readonly ProxyServer[] = [nginx, caddy];
