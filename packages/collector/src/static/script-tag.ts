/** Where the tag must send the script; null: the script finds the intake by itself, as `in` beside it. */
export const endpointFor = (url: string, scriptPath: string, intakePath: string): string | null =>
  new URL('in', `http://any${scriptPath}`).pathname === intakePath ? null : url + intakePath;

/**
 * The tag that a site's pages carry.
 * @param url of the collector, without a slash at the end
 */
export const scriptTag = (url: string, scriptPath: string, intakePath: string, domain: string): string => {
  const endpoint = endpointFor(url, scriptPath, intakePath);
  const to = endpoint === null ? '' : ` data-to="${endpoint}"`;
  return `<script defer src="${url}${scriptPath}" data-site="${domain}"${to}></script>`;
};
