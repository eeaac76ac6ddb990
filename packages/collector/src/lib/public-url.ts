/** Where browsers find the collector, as its owner says. */
export interface PublicUrl {
  /** As browsers write it: `https://xn--bcher-kva.example`. */
  readonly origin: string;
  /** The path below which it is, without a slash at the end; empty: it has the whole host. */
  readonly base: string;
}

/** What needs to be written in no other way in an address, a cookie or a proxy's rule. */
const BASE = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)*$/;
const LONGEST_BASE = 100;
/** What names lead by: a variable that nobody put in (`$HOST`), quotes and `*` lead nowhere, though addresses may have them. */
const HOST = /^(?=.{1,253}$)(?:(?!-)[a-z\d_-]{1,63}(?<!-)(?:\.(?!$)|$))+$|^\[[\da-f:.]+\]$/;
/** Where one listens, and where nobody can go. */
const EVERY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0', '[::]']);

/**
 * Reads a public address; whether it ends with a slash is the same.
 * @example publicUrlOf('https://example.com/stats/') // { origin: 'https://example.com', base: '/stats' }
 * @throws Error saying what is wrong with it, and not what it was
 */
export const publicUrlOf = (written: string): PublicUrl => {
  const [, authority = '', path = ''] = /^https?:\/\/([^/?#]*)([^?#]*)$/i.exec(written) ?? [];
  if (/[?#]/.test(written)) throw new Error('must have neither ? nor #');
  if (authority.includes('@')) throw new Error('must name no user and no password');
  if (authority === '' || /[\s\\%]/.test(authority) || !URL.canParse(written))
    throw new Error('must be an address such as https://stats.example.com or https://example.com/stats');
  const { origin, hostname, port } = new URL(written);
  if (EVERY_ADDRESS.has(hostname) || !HOST.test(hostname) || port === '0')
    throw new Error('must name the host as browsers do');
  const base = path.replace(/\/$/, '');
  if (base.length > LONGEST_BASE || !BASE.test(base))
    throw new Error(
      `must have a path of letters, digits and . _ ~ - between single slashes, of ${LONGEST_BASE} at most`,
    );
  return { origin, base };
};
