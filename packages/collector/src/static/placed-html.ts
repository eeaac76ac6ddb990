import { endpointFor } from './script-tag.ts';
import { pathWith } from './tracker-scripts.ts';

/**
 * The dashboard's page is built to lie beside its assets, and is served at any depth: they get whole paths. Its code reads
 * from the attribute below which path it is.
 */
export const placeDashboard = (html: string, base: string): string =>
  html.replaceAll('="./', `="${base}/`).replace('<html', base === '' ? '<html' : `<html data-base="${base}"`);

/** The pages of the demo are written for a host of their own, and for the script under its first name. */
export const placeDemo = (
  html: string,
  base: string,
  { script, intake }: { readonly script: string; readonly intake: string },
): string => {
  const endpoint = endpointFor('', script, intake);
  const to = endpoint === null ? '' : ` data-to="${endpoint}"`;
  return html.replaceAll('src="/p.full.js"', `src="${pathWith(script, 'full')}"${to}`).replaceAll('="/', `="${base}/`);
};
