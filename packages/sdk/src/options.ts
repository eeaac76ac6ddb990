/** How the SDK is set up. */
export interface Options {
  /** The site, by its domain as registered. Missing: the hostname of the page. */
  site?: string | undefined;
  /** Address of the collector's intake, absolute or relative to the page: `https://stats.example.com/in`. */
  to: string;
  /** Count also on localhost and in files, and browsers that are driven by a program. */
  local?: boolean | undefined;
  /** The site routes by hash: what follows `#/` or `#!/` is part of the path. */
  hash?: boolean | undefined;
  /** Release of the site's own software; stands beside its logs and errors. */
  release?: string | undefined;
}
