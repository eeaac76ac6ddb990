import { expect, test } from 'vitest';
import { clientAddress, normaliseAddress, parseTrusted, UNSPECIFIED } from './ip-address.ts';
import { type ProxyFault, proxyFaultOf } from './proxy-fault.ts';

const VISITOR = '203.0.113.7';
const CDN = '198.51.100.9';
const NGINX = '127.0.0.1';
const LAN = '192.168.1.4';

interface Case {
  /** The other end of the connection; empty: a Unix socket. */
  readonly peer: string;
  readonly trusted?: string;
  readonly clientHeader?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const faultOf = ({ peer, trusted = '', clientHeader, headers = {} }: Case): ProxyFault | null => {
  const isTrusted = parseTrusted(`${trusted}${peer === '' ? ` ${UNSPECIFIED}` : ''}`);
  const header = (name: string): string => headers[name] ?? '';
  return proxyFaultOf({
    peer: normaliseAddress(peer) ?? UNSPECIFIED,
    client: clientAddress({
      socket: peer,
      header: clientHeader === undefined ? null : header(clientHeader),
      forwardedFor: header('x-forwarded-for'),
      trusted: isTrusted,
    }),
    trusted: isTrusted,
    clientHeader: clientHeader ?? null,
    header,
  });
};

test.each<[string, Case]>([
  ['a visitor without any proxy', { peer: VISITOR }],
  ['of IPv6', { peer: '2001:db8::7' }],
  ['in the own network, without any proxy', { peer: LAN }],
  ['behind nginx', { peer: NGINX, trusted: NGINX, headers: { 'x-forwarded-for': VISITOR } }],
  ['behind nginx on a Unix socket', { peer: '', headers: { 'x-forwarded-for': VISITOR } }],
  ['behind nginx, with its port', { peer: NGINX, trusted: NGINX, headers: { 'x-forwarded-for': `${VISITOR}:4711` } }],
  [
    'behind nginx, which says it twice',
    {
      peer: NGINX,
      trusted: NGINX,
      headers: { 'x-forwarded-for': VISITOR, 'x-real-ip': VISITOR, forwarded: `for=${VISITOR}` },
    },
  ],
  [
    'behind a CDN that is named, and nginx',
    {
      peer: NGINX,
      trusted: `${NGINX}, ${CDN}`,
      headers: { 'x-forwarded-for': `${VISITOR}, ${CDN}`, 'cf-connecting-ip': VISITOR },
    },
  ],
  [
    'behind a CDN whose header is named',
    {
      peer: NGINX,
      trusted: NGINX,
      clientHeader: 'cf-connecting-ip',
      headers: { 'x-forwarded-for': `${VISITOR}, ${CDN}`, 'cf-connecting-ip': VISITOR, 'true-client-ip': VISITOR },
    },
  ],
  [
    'of IPv6 behind a CDN whose header is named',
    {
      peer: NGINX,
      trusted: NGINX,
      clientHeader: 'cf-connecting-ip',
      headers: { 'x-forwarded-for': CDN, 'cf-connecting-ip': '2001:DB8::7', 'true-client-ip': '2001:db8:0::7' },
    },
  ],
  [
    'with a proxy in the visitor’s own network',
    { peer: NGINX, trusted: NGINX, headers: { 'x-forwarded-for': `10.1.2.3, ${VISITOR}` } },
  ],
  [
    'with nonsense further left',
    { peer: NGINX, trusted: NGINX, headers: { 'x-forwarded-for': `unknown, ${VISITOR}` } },
  ],
  ['with nonsense in a header of CDNs', { peer: VISITOR, headers: { 'cf-connecting-ip': 'x'.repeat(10_000) } }],
])('nothing is wrong with %s', (_who, given) => {
  expect(faultOf(given)).toBeNull();
});

test.each<[ProxyFault, string, Case]>([
  ['private_clients', 'nginx on this machine', { peer: NGINX, headers: { 'x-forwarded-for': VISITOR } }],
  ['private_clients', 'a proxy in a container', { peer: '172.18.0.2', headers: { 'x-forwarded-for': VISITOR } }],
  ['private_clients', 'a proxy by IPv6', { peer: 'fd00::2', headers: { 'x-forwarded-for': VISITOR } }],
  ['private_clients', 'a proxy with visitors of its own network', { peer: LAN, headers: { 'x-forwarded-for': LAN } }],
  [
    'private_clients',
    'a proxy that says it in another way',
    { peer: LAN, headers: { forwarded: `for="${VISITOR}:80"` } },
  ],
  ['private_clients', 'one that says it as nginx does', { peer: LAN, headers: { 'x-real-ip': VISITOR } }],
  [
    'private_clients',
    'a second proxy before the one that is named',
    { peer: NGINX, trusted: NGINX, headers: { 'x-forwarded-for': `${VISITOR}, 10.0.0.2` } },
  ],
  [
    'private_clients',
    'what containers do to all addresses',
    { peer: NGINX, trusted: NGINX, headers: { 'x-forwarded-for': '172.17.0.1' } },
  ],
  ['unnamed_proxy', 'a CDN before the collector', { peer: CDN, headers: { 'x-forwarded-for': VISITOR } }],
  ['unnamed_proxy', 'one by IPv6', { peer: '2606:4700::9', headers: { 'x-forwarded-for': '2001:db8::7' } }],
  [
    'unnamed_proxy',
    'a CDN before nginx, which adds to the list',
    { peer: NGINX, trusted: NGINX, headers: { 'x-forwarded-for': `${VISITOR}, ${CDN}` } },
  ],
  [
    'unnamed_proxy',
    'two CDNs before nginx',
    { peer: NGINX, trusted: NGINX, headers: { 'x-forwarded-for': `${VISITOR}, 198.51.100.200, ${CDN}` } },
  ],
  [
    'unnamed_proxy',
    'a CDN before a Unix socket’s nginx',
    { peer: '', headers: { 'x-forwarded-for': CDN, 'cf-connecting-ip': VISITOR } },
  ],
  ...[
    ...['cf-connecting-ip', 'true-client-ip', 'fastly-client-ip', 'x-real-ip', 'x-client-ip', 'x-azure-clientip'],
    ...['x-vercel-forwarded-for', 'do-connecting-ip', 'fly-client-ip', 'incap-client-ip', 'x-sucuri-clientip'],
  ].map((name): [ProxyFault, string, Case] => [
    'unnamed_proxy',
    `a CDN before nginx, which leaves ${name} as it is`,
    { peer: NGINX, trusted: NGINX, headers: { 'x-forwarded-for': CDN, [name]: VISITOR } },
  ]),
  [
    'unnamed_proxy',
    'CloudFront, which adds the port',
    {
      peer: NGINX,
      trusted: NGINX,
      headers: { 'x-forwarded-for': CDN, 'cloudfront-viewer-address': `${VISITOR}:46532` },
    },
  ],
  [
    'unnamed_proxy',
    'a CDN before the proxy whose header is named',
    {
      peer: NGINX,
      trusted: NGINX,
      clientHeader: 'x-real-ip',
      headers: { 'x-real-ip': CDN, 'cf-connecting-ip': VISITOR },
    },
  ],
  ['no_client_address', 'a trusted proxy that says nothing', { peer: NGINX, trusted: NGINX }],
  ['no_client_address', 'one on a Unix socket', { peer: '' }],
  ['no_client_address', 'one with a public address', { peer: CDN, trusted: CDN }],
  [
    'no_client_address',
    'one that says nonsense',
    { peer: NGINX, trusted: NGINX, headers: { 'x-forwarded-for': 'unknown' } },
  ],
  [
    'no_client_address',
    'one without the header that is named',
    { peer: NGINX, trusted: NGINX, clientHeader: 'cf-connecting-ip', headers: { 'x-forwarded-for': VISITOR } },
  ],
  [
    'no_client_address',
    'one with another CDN’s header than the one that is named',
    { peer: NGINX, trusted: NGINX, clientHeader: 'cf-connecting-ip', headers: { 'fastly-client-ip': VISITOR } },
  ],
])('%s: %s', (fault, _what, given) => {
  expect(faultOf(given)).toBe(fault);
});
