import { type Ask, linesOf, requestOf } from './ask.ts';

/** Agent, address and languages of each browser. */
const BROWSERS: Readonly<Record<string, readonly [agent: string, address: string, languages: string]>> = {
  anna: ['Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0', '86.151.1.1', 'de-DE,de'],
  bert: [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    '8.8.8.8',
    'en-US',
  ],
  carl: [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
    '2a00:1450:4001:82b::200e',
    'fr-CA',
  ],
  robot: ['Googlebot/2.1 (+http://www.google.com/bot.html)', '66.249.66.1', 'en'],
};

/** What browsers send, in turn; the second beacon is a retry of the first. */
const STREAM = String.raw`
anna {"u":"https://blog.example/?utm_source=news&utm_medium=email&utm_campaign=may","t":"Home","r":"https://www.google.com/","w":"l","b":"batch-anna-1","i":[{"k":"view"}]}
anna {"u":"https://blog.example/?utm_source=news&utm_medium=email&utm_campaign=may","t":"Home","r":"https://www.google.com/","w":"l","b":"batch-anna-1","i":[{"k":"view"}]}
anna {"u":"https://blog.example/pricing","t":"Prices of anna@example.com","p":{"plan":"pro","seats":3},"i":[{"k":"view"},{"k":"engage","ms":12345,"sc":60}]}
anna {"u":"https://blog.example/pricing","i":[{"k":"event","n":"Buy","p":{"what":"pro","token":"abcdef0123456789abcdef0123456789"},"$":[12.5,"EUR"]}]}
bert {"u":"https://blog.example/docs/a","r":"https://t.co/x","w":"s","rel":"1.2.3","i":[{"k":"view"},{"k":"log","l":"warning","m":"slow","p":{"ms":12}},{"k":"error","m":"TypeError: x is undefined","st":"TypeError: x is undefined\n  at f (https://blog.example/a.js:1:2)"}]}
bert {"u":"https://blog.example/docs/b","i":[{"k":"event","n":"Outbound link","p":{"url":"https://other.example/a?b=c"}},{"k":"log","m":"x","l":"nonsense"}]}
carl {"u":"https://blog.example/","w":"xl","i":[{"k":"view"},{"k":"event","n":"Refund","$":"-3 USD"},{"k":"event","n":""},{"k":"what"},{"k":"view","a":9000000}]}
carl {"s":"shop.example","u":"https://shop.example/cart?session=1#top","i":[{"k":"view"},{"k":"error","m":"Error: no"}]}
carl {"u":"https://blog.example/hidden/page","i":[{"k":"view"}]}
robot {"u":"https://blog.example/","i":[{"k":"view"}]}
bert {"u":"https://blog.example/","i":[{"k":"view"}]} | sec-gpc: 1
bert {"u":"https://blog.example/","i":[{"k":"view"}]} | dnt: 1
bert {"u":"https://blog.example/","i":[{"k":"view"}]} | sec-purpose: prefetch
bert {"u":"https://blog.example/","r":"https://semalt.com/","i":[{"k":"view"}]}
bert {"s":"unknown.example","u":"https://unknown.example/","i":[{"k":"view"}]}`;

/** What no collector can count, and what asks it otherwise. */
const STRANGE = `
POST /in
POST /in no json
POST /in []
POST /in {}
POST /in {"s":"blog.example"}
POST /in {"s":"blog.example","u":"nowhere","i":[{"k":"view"}]}
POST /in {"s":"blog.example","u":"https://blog.example/","i":[]}
POST /in {"s":"blog.example","u":"https://blog.example/","i":[{"k":"event"}]}
POST /in {"s":"blog.example","u":"https://blog.example/","i":[${'{"k":"view"},'.repeat(100)}{"k":"view"}]}
POST /in ${'x'.repeat(600_000)}
POST /in {"s":"blog.example","u":"https://blog.example/","i":[{"k":"view"}]} | content-type: image/png
POST /in {"s":"blog.example","u":"https://blog.example/","i":[{"k":"view"}]} | content-encoding: gzip
POST /in {"s":"blog.example","u":"https://blog.example/","i":[{"k":"view"}]} | origin: https://other.example
${['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'].map((method) => `${method} /in\n${method} /in.gif`).join('\n')}
OPTIONS /in | origin: https://blog.example | access-control-request-method: POST
GET /in.gif?s=blog.example&u=https%3A%2F%2Fblog.example%2Fmail&t=Mail
GET /in.gif?s=unknown.example&u=https%3A%2F%2Funknown.example%2F`;

/** Sends the whole stream, and records what became of it. */
export const sendStream = async (ask: Ask): Promise<void> => {
  for (const line of linesOf(STREAM)) {
    const by = line.slice(0, line.indexOf(' '));
    const [agent = '', from = '', languages = ''] = BROWSERS[by] ?? [];
    const { body, headers } = requestOf(`POST /in ${line.slice(by.length + 1)}`);
    const beacon: { s?: string } = { s: 'blog.example', ...JSON.parse(String(body)) };
    const own = { 'content-type': 'text/plain', 'user-agent': agent, 'accept-language': languages };
    const sent = { ...own, origin: `https://${beacon.s}`, ...headers };
    await ask('intake.txt', { method: 'POST', path: '/in', by, body: JSON.stringify(beacon), from, headers: sent });
  }
};

/** Asks the intake what it is not made for, and records what it says. */
export const sendStrange = async (ask: Ask): Promise<void> => {
  for (const line of linesOf(STRANGE)) {
    const { headers, ...asked } = requestOf(line);
    const own = { 'content-type': 'text/plain', 'user-agent': BROWSERS.carl?.[0] ?? '' };
    await ask('intake.txt', { ...asked, headers: { ...own, ...headers } });
  }
};
