import type { IncomingMessage, RequestListener } from 'node:http';

/**
 * Has a listener answer below a path, and without it: some proxies take it away, and commands and probes on this machine
 * know nothing of it. The path alone leads to what is below it.
 * @param base as `/stats`; empty: there is none
 */
export const below = (base: string, listener: RequestListener): RequestListener => {
  if (base === '') return listener;
  return (request, response) => {
    const { before, path, query } = partsOf(request);
    // Relative, since who stands in front knows the host.
    if (path === base) return response.writeHead(302, { location: `${base}/${query}`, 'content-length': 0 }).end();
    if (path.startsWith(`${base}/`)) request.url = before + path.slice(base.length) + query;
    return listener(request, response);
  };
};

/** Of a request's target, which may be a whole address (https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2). */
const partsOf = ({ url = '' }: IncomingMessage) => {
  const [, before = '', path = '', query = ''] = TARGET.exec(url) ?? [];
  return { before, path, query };
};

const TARGET = /^(https?:\/\/[^/?#]*)?([^?#]*)(.*)$/is;
