/**
 * Where a server that listens on a host is found on its own machine; one that listens on every address, on its loopback.
 * @example ownUrl('::', 4321) === 'http://[::1]:4321'
 */
export const ownUrl = (host: string, port: number): string => {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};

/** Addresses of a server that a browser on its machine reaches as `localhost`. */
const AS_LOCALHOST: ReadonlySet<string> = new Set(['0.0.0.0', '::', '127.0.0.1', '::1', 'localhost']);

/**
 * The same as people write it.
 * @example shownUrl('0.0.0.0', 4321) === 'http://localhost:4321'
 */
export const shownUrl = (host: string, port: number): string =>
  AS_LOCALHOST.has(host) ? `http://localhost:${port}` : ownUrl(host, port);
