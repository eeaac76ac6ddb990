import type { IncomingMessage } from 'node:http';

/** What ends an authority, begins a userinfo, or is left out where an address is read. */
const NO_HOST = /[\s/?#@\\]/;

/**
 * Whether a request says once, and so that it can be read, which host it is meant for. It has to be refused otherwise,
 * also where its target is a whole address (https://www.rfc-editor.org/rfc/rfc9112#section-3.2): who stands in front
 * may have understood another one. HTTP/1.0 need not say it.
 */
export const hasOneHost = ({ headers, rawHeaders }: IncomingMessage): boolean => {
  if (headers.host === undefined) return true;
  let hosts = 0;
  // Names and values in turn. Node keeps the first of several.
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1 && !NO_HOST.test(headers.host) && URL.canParse(`http://${headers.host}/`);
};
