/**
 * The part of a Content-Security-Policy that keeps a page from loading the script or from reporting; null: none does, or
 * it depends on a nonce or a hash, which the page's own author knows (https://www.w3.org/TR/CSP3/).
 *
 * @param own where the script and the intake are
 * @example blockedBy("script-src 'self'", new URL('https://example.com/'), new URL('https://stats.example.com/p.js'))
 */
export const blockedBy = (policy: string, page: URL, own: URL): string | null => {
  const directives = new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name.toLowerCase(), sources];
    }),
  );
  for (const name of ['script-src', 'connect-src']) {
    const used = name === 'script-src' && directives.has('script-src-elem') ? 'script-src-elem' : name;
    const directive = directives.has(used) ? used : 'default-src';
    const sources = directives.get(directive);
    if (sources !== undefined && !sources.some((source) => allows(source, page, own)))
      return [directive, ...sources].join(' ');
  }
  return null;
};

const allows = (written: string, page: URL, own: URL): boolean => {
  const source = written.toLowerCase();
  if (source === '*') return true;
  if (source === "'self'") return page.origin === own.origin;
  if (/^'(?:nonce|sha\d+)-|^'strict-dynamic'$/.test(source)) return true;
  if (/^[a-z][a-z0-9+.-]*:$/.test(source)) return source === own.protocol;
  return allowsHost(source, own);
};

const HOST_SOURCE = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^:/]+)(?::(\*|\d+))?(\/.*)?$/;

const allowsHost = (source: string, own: URL): boolean => {
  const [, scheme, host = '', port] = HOST_SOURCE.exec(source) ?? [];
  if (host === '') return false;
  // A source that says http holds for https, too.
  if (scheme !== undefined && `${scheme}:` !== own.protocol && !(scheme === 'http' && own.protocol === 'https:'))
    return false;
  if (port !== undefined && port !== '*' && port !== (own.port || (own.protocol === 'https:' ? '443' : '80')))
    return false;
  if (port === undefined && own.port !== '') return false;
  if (host === '*') return true;
  return host.startsWith('*.') ? own.hostname.endsWith(host.slice(1)) : own.hostname === host;
};
