import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A load balancer as Debian has it, configured as docs/scale.md says, but that its answers name the collector
 * (`x-collector`) and that it sees at once who is back: nginx tries a dead one each time instead of now and then.
 */
export interface Balancer {
  readonly name: string;
  readonly command: string;
  /** The Debian package. */
  readonly from: string;
  readonly configuration: (port: number, collectors: readonly string[], folder: string) => string;
  readonly args: (configuration: string, folder: string) => string[];
}

const lines = (collectors: readonly string[], line: (collector: string) => string): string =>
  collectors.map(line).join('\n');

const nginx: Balancer = {
  name: 'nginx',
  command: 'nginx',
  from: 'nginx-light',
  configuration: (port, collectors, folder) => `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  map $remote_addr $client_network {
    "~^([0-9a-f]+:[0-9a-f]+:[0-9a-f]+:[0-9a-f]+):" $1;
    default $remote_addr;
  }
  upstream collectors {
    hash $client_network consistent;
    ${lines(collectors, (collector) => `server ${collector} max_fails=0;`)}
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://collectors;
      proxy_set_header X-Forwarded-For $remote_addr;
      add_header x-collector $upstream_addr always;
    }
  }
}`,
  args: (configuration, folder) => ['-e', 'stderr', '-p', folder, '-c', configuration],
};

const haproxy: Balancer = {
  name: 'HAProxy',
  command: 'haproxy',
  from: 'haproxy',
  configuration: (port, collectors) => `
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
frontend public
  bind 127.0.0.1:${port}
  option forwardfor
  default_backend collectors
backend collectors
  balance hash src,ipmask(32,64)
  hash-type consistent
  option redispatch 1
  option httpchk
  http-check send meth GET uri /healthz ver HTTP/1.1 hdr Host collector
  http-response set-header x-collector %s
${lines(collectors, (collector) => `  server ${collector} ${collector} check inter 200ms fall 2 rise 1 weight 100`)}
`,
  args: (configuration) => ['-db', '-f', configuration],
};

const caddy: Balancer = {
  name: 'Caddy',
  command: 'caddy',
  from: 'caddy',
  configuration: (port, collectors) => `
{
  admin off
}
http://:${port} {
  bind 127.0.0.1
  reverse_proxy ${collectors.join(' ')} {
    lb_policy ip_hash
    lb_try_duration 5s
    health_uri /healthz
    health_interval 200ms
    header_down x-collector {http.reverse_proxy.upstream.hostport}
  }
}`,
  args: (configuration) => ['run', '--adapter', 'caddyfile', '--config', configuration],
};

/** All of them. */
export const BALANCERS: readonly Balancer[] = [nginx, haproxy, caddy];

/** Says what to install; null: it is there. */
export const missing = ({ command, name, from }: Balancer): string | null =>
  spawnSync('which', [command]).status === 0 ? null : `${name} is missing: apt-get install ${from}`;

/** Starts one before collectors, named `host:port`. */
export const startBalancer = (
  balancer: Balancer,
  port: number,
  collectors: readonly string[],
  folder: string,
): ChildProcess => {
  const file = join(folder, `${balancer.command}.conf`);
  writeFileSync(file, balancer.configuration(port, collectors, folder));
  return spawn(balancer.command, balancer.args(file, folder), {
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'ignore', process.env.DEBUG ? 'inherit' : 'ignore'],
  });
};
