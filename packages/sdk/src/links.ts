import { track } from './calls.ts';
import { listed } from './lists.ts';
import { options } from './setup.ts';

/** Endings of paths that are files to keep rather than pages. */
const FILES =
  /\.(7z|apk|avi|csv|dmg|docx?|epub|exe|gz|ics|iso|mov|mp[34]|msi|od[pst]|pdf|pkg|pp[st]x?|rar|rtf|t[gx]z|tar|txt|wav|xlsx?|xz|zip)$/i;

/** Tracks links to files and to other sites, not of `mailto:` or `tel:`; one to a file elsewhere is to a file. */
export const trackLink = (link: HTMLAnchorElement): void => {
  const { auto, downloads, site } = options;
  // Within SVG it is an object.
  const href = (link.href as never as SVGAnimatedString).baseVal ?? link.href;
  const { protocol, host, origin, pathname } = new URL(href, document.baseURI);
  const endsLike = (ending: string): boolean =>
    pathname.toLowerCase().endsWith(ending.replace(/^\.?/, '.').toLowerCase());
  const isFile = link.hasAttribute('download') || FILES.test(pathname) || listed(downloads).some(endsLike);
  const isOwn = listed(`${location.host} ${site}`).some((own) => `.${host}`.endsWith(own.replace(/^(www)?\.?/, '.')));
  const name =
    isFile && auto.includes('downloads') ? 'File download' : !isOwn && auto.includes('outbound') && 'Outbound link';
  if (name && /^http/.test(protocol)) track(name, { url: origin + pathname });
};
