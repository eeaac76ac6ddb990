/** What of the hash is no part of the address: all of it. */
let anchor = /#.*/;

/** From here on what begins like a path is part of it, by the sign that the collector knows too: `#/` or `#!/`. */
export const routeByHash = (): void => {
  anchor = /#[^!/].*/;
};

/** Address of the page. */
export const address = (): string => location.href.replace(anchor, '');

/** The part of the address that makes a page: not its query. */
export const path = (): string => address().replace(/\?[^#]*/, '');
