import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { allOf, formsOf, type Needles } from '../../test/support/search.ts';

/** Visitors. Every address of 127.0.0.0/8 is this machine. */
export const ANNA = '127.45.67.89';
export const BERT = '127.98.76.54';
/** What they say of their address. */
const MADE_UP = '203.0.113.77';
const BROWSER = 'Firefox/141.6';
const PAGE = '/a-page-that-nobody-should-find';

/** What no proxy may write. */
export const secrets: Needles = allOf([
  formsOf(ANNA, 'the address of a visitor'),
  formsOf(BERT, 'the address of a visitor'),
  formsOf(MADE_UP, 'the address that a visitor made up'),
  formsOf(BROWSER, 'the agent of a visitor'),
  formsOf(PAGE, 'the page of a visitor'),
]);

interface Asked {
  /** Address of the visitor. */
  readonly from?: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
}

/** Asks as a visitor's browser does. */
export const ask = async (
  url: string,
  { from = ANNA, method = 'GET', body = '', headers = {} }: Asked = {},
): Promise<Answer> => {
  const send = url.startsWith('https') ? requestHttps : requestHttp;
  const asked = send(url.replace('localhost', '127.0.0.1'), {
    method,
    localAddress: from,
    rejectUnauthorized: false,
    servername: 'localhost',
    headers: {
      host: 'localhost',
      'user-agent': `Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 ${BROWSER}`,
      ...headers,
    },
  }).end(body);
  const [answer] = await once(asked, 'response');
  await text(answer);
  return { status: answer.statusCode, header: (name) => answer.headers[name] };
};

/** Sends a beacon of `site.example`; `size` is how many bytes too long it is. */
export const beacon = (url: string, from: string, size = 0): Promise<Answer> => {
  const page = `https://site.example${PAGE}`;
  return ask(`${url}/in`, {
    from,
    method: 'POST',
    headers: { 'content-type': 'text/plain', referer: page, 'x-forwarded-for': MADE_UP, 'x-real-ip': MADE_UP },
    body: JSON.stringify({ s: 'site.example', u: page, i: [{ k: 'view' }] }) + ' '.repeat(size),
  });
};
