/**
 * Where a server that listens on a host is found on its own machine; one that listens on every address, on its loopback.
 * @example ownUrl('::', 4321) === 'http://[::1]:4321'
 */
export const ownUrl = (host: string, port: number): string => {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};
