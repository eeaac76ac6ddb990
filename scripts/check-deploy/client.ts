import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { connect } from 'node:http2';
import { request as requestHttps } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { allOf, formsOf, type Needles } from '../../test/support/search.ts';

/** Visitors. Every address of 127.0.0.0/8 is this machine. */
export const ANNA = '127.45.67.89';
export const BERT = '127.98.76.54';
export const CARL = '127.87.65.43';
/** Who signs in. Addresses of those who run a collector are nobody's business either. */
const OWNER = '127.76.54.32';
/** What they say of their address. */
const MADE_UP = '203.0.113.77';
const BROWSER = 'Firefox/141.6';
const PAGE = '/a-page-that-nobody-should-find';

/** What no proxy may write. */
export const secrets: Needles = allOf([
  ...[ANNA, BERT, CARL, OWNER].map((address) => formsOf(address, 'the address of a visitor')),
  formsOf(MADE_UP, 'the address that a visitor made up'),
  formsOf(BROWSER, 'the agent of a visitor'),
  formsOf(PAGE, 'the page of a visitor'),
]);

/** A request, as a visitor's browser makes it. */
export interface Asked {
  /** Address of the visitor. */
  readonly from?: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly text: string;
}

const AGENT = `Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 ${BROWSER}`;

const begin = (url: string, { from = OWNER, method = 'GET', headers = {} }: Asked) => {
  const { protocol, host } = new URL(url);
  const send = protocol === 'https:' ? requestHttps : requestHttp;
  const request = send(url.replace('localhost', '127.0.0.1'), {
    method,
    localAddress: from,
    rejectUnauthorized: false,
    servername: 'localhost',
    headers: { host, 'user-agent': AGENT, ...headers },
  });
  request.on('socket', (socket) => socket.off('error', unheard).on('error', unheard));
  return request;
};

/** Who is refused in the middle of an upload may find the connection closed after the answer: what counts is the answer. */
const unheard = (): void => {};

/** Asks, and reads the whole answer. */
export const ask = async (url: string, asked: Asked = {}): Promise<Answer> => {
  const request = begin(url, asked);
  request.end(asked.body ?? '');
  const [answer] = await once(request, 'response');
  const body = await text(answer);
  request.on('error', unheard);
  const header = (name: string): string | undefined => String(answer.headers[name] ?? '') || undefined;
  return { status: answer.statusCode, header, text: body };
};

/** Asks, and reads the answer as it comes, until what has come is as wanted. */
export const watch = async (url: string, asked: Asked, isEnough: (soFar: string) => boolean): Promise<string> => {
  const request = begin(url, asked).end();
  const [answer] = await once(request, 'response');
  let soFar = `${answer.statusCode} `;
  for await (const chunk of answer) {
    soFar += String(chunk);
    if (isEnough(soFar)) break;
  }
  request.destroy();
  return soFar;
};

/** Asks by HTTP/2. */
export const askHttp2 = async (url: string, { from = OWNER, method = 'GET', body = '', headers = {} }: Asked = {}) => {
  const { host, hostname, port, pathname, search } = new URL(url);
  const socket = connectTls({
    socket: connectTcp({ host: '127.0.0.1', port: Number(port), localAddress: from }),
    servername: hostname,
    rejectUnauthorized: false,
    ALPNProtocols: ['h2'],
  });
  await once(socket, 'secureConnect');
  const session = connect(url, { createConnection: () => socket });
  for (const end of [socket, session]) end.on('error', unheard);
  const stream = session.request(
    { ':method': method, ':path': pathname + search, ':authority': host, 'user-agent': AGENT, ...headers },
    { endStream: body === '' },
  );
  if (body !== '') stream.end(body);
  const gone = new AbortController();
  stream.once('close', () => gone.abort());
  const [answer] = await once(stream, 'response', { signal: gone.signal });
  stream.on('error', unheard);
  await text(stream).catch(() => {});
  session.destroy();
  return { status: Number(answer[':status']), header: (name: string) => answer[name] as string | undefined };
};

/** What a visitor says of an address, in every header that a proxy may have. */
const forged = (address: string) => ({
  'x-forwarded-for': address,
  'x-real-ip': address,
  forwarded: `for=${address}`,
  'cf-connecting-ip': address,
  'true-client-ip': address,
  'client-ip': address,
  via: `1.1 ${address}`,
});

/** A beacon of `site.example`. */
export const view = (from: string, address = MADE_UP): Asked => {
  const page = `https://site.example${PAGE}`;
  return {
    from,
    method: 'POST',
    headers: { 'content-type': 'text/plain', referer: page, ...forged(address) },
    body: JSON.stringify({ s: 'site.example', u: page, i: [{ k: 'view' }] }),
  };
};

/** The same, with other headers or another body. */
export const viewWith = (from: string, { headers, body }: Pick<Asked, 'headers' | 'body'>): Asked => {
  const whole = view(from);
  return { ...whole, ...(body === undefined ? {} : { body }), headers: { ...whole.headers, ...headers } };
};

/** A beacon with so many bytes too many; in chunks: it does not say how many. */
export const large = (bytes: number, isInChunks = false): Asked =>
  viewWith(CARL, {
    body: `${view(CARL).body}${' '.repeat(bytes)}`,
    headers: isInChunks ? { 'transfer-encoding': 'chunked' } : {},
  });
