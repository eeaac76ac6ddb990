/** Longest name of the domain name system (RFC 1035, 2.3.4). */
export const LONGEST_HOST = 253;

/**
 * What is known of a host: of itself, else of the nearest domain above it; undefined: nothing.
 * @example lookUp('a.b.example', of) // asks for a.b.example, b.example, example
 */
export const lookUp = <T>(host: string, of: (domain: string) => T | undefined): T | undefined => {
  // What is longer is no host, and long to look up.
  if (host.length > LONGEST_HOST) return undefined;
  let domain = host.endsWith('.') ? host.slice(0, -1) : host;
  for (;;) {
    const found = of(domain);
    const dot = domain.indexOf('.');
    if (found !== undefined || dot < 0) return found;
    domain = domain.slice(dot + 1);
  }
};

/** True if a host is one of the domains or below one. */
export const isWithin = (host: string, domains: ReadonlySet<string>): boolean =>
  domains.size > 0 && lookUp(host, (domain) => domains.has(domain) || undefined) === true;
