import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Browser, View } from '../scale-sim/population.ts';

/** What came back. */
export interface Reply {
  readonly status: number;
  /** `host:port` of the collector that answered. */
  readonly collector: string;
}

export const DOMAIN = 'kiosk.example';

/** Sends a view from the browser's own address through a load balancer. */
export const sendView = (port: number, { browser, page }: View): Promise<Reply> => {
  const beacon = {
    b: randomBytes(9).toString('base64url'),
    s: DOMAIN,
    u: `https://${DOMAIN}${page}`,
    i: [{ k: 'view' }],
  };
  return send(port, browser, 'POST', '/in', JSON.stringify(beacon));
};

/** Asks which collector a browser's address belongs to. */
export const askHealth = (port: number, browser: Browser): Promise<Reply> => send(port, browser, 'GET', '/healthz');

const send = (port: number, browser: Browser, method: string, path: string, body?: string): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const headers = { 'user-agent': agentOf(browser), 'content-type': 'text/plain' };
    const options = { host: '127.0.0.1', port, localAddress: browser.address, agent: false, method, path, headers };
    const sent = request(options, (answer) => {
      answer.resume().once('end', () => {
        // nginx names all those that it tried.
        const collector = String(answer.headers['x-collector'] ?? '').split(', ');
        resolve({ status: answer.statusCode ?? 0, collector: collector.at(-1) ?? '' });
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });

const agentOf = ({ agent }: Browser): string =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + agent}.0.0.0 Safari/537.36`;
