/** What a host consists of, as browsers write it. */
export const HOST = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;

/**
 * A host as browsers write it: in small letters, in ASCII; null: it is none.
 * @example hostOf('Bücher.example') === 'xn--bcher-kva.example'
 */
export const hostOf = (written: string): string | null => {
  const address = `http://${written}/`;
  if (!URL.canParse(address)) return null;
  const { hostname } = new URL(address);
  return HOST.test(hostname) && /^[^/\\?#@:]+$/.test(written) ? hostname : null;
};

/**
 * A name that is a host in its own letters, as browsers write it; all others as they are.
 * @example browserHost('bücher.example') === 'xn--bcher-kva.example'
 */
export const browserHost = (name: string): string =>
  /[^\0-\x7f]/.test(name) && name.includes('.') ? (hostOf(name) ?? name) : name;
