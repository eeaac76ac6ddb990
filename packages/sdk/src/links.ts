import type { Act } from './calls.ts';
import { listed } from './lists.ts';
import { options } from './setup.ts';

/** Endings of paths that are files to keep rather than pages. */
const FILES =
  '7z|apk|avi|csv|dmg|docx?|epub|exe|gz|ics|iso|mov|mp[34]|msi|od[pst]|pdf|pkg|pp[st]x?|rar|rtf|t[gx]z|tar|txt|wav|xlsx?|xz|zip';

/** Links to files and to other sites, not of `mailto:` or `tel:`; one to a file elsewhere is to a file. */
export const readLink = (link: HTMLAnchorElement): Act | false => {
  // Within SVG it is an object.
  const href = (link.href as never as SVGAnimatedString).baseVal ?? link.href;
  const { protocol, host, origin, pathname } = new URL(href, document.baseURI);
  const isFile = (): boolean =>
    link.hasAttribute('download') ||
    RegExp(`\\.(${FILES})$`, 'i').test(pathname) ||
    listed(options.downloads).some((ending) =>
      pathname.toLowerCase().endsWith(ending.replace(/^\.?/, '.').toLowerCase()),
    );
  const isElsewhere = (): boolean =>
    !listed(`${location.host} ${options.site}`).some((own) => `.${host}`.endsWith(own.replace(/^(www)?\.?/, '.')));
  const name =
    options.auto.includes('downloads') && isFile()
      ? 'File download'
      : options.auto.includes('outbound') && isElsewhere() && 'Outbound link';
  return /^http/.test(protocol) && name && [name, { url: origin + pathname }];
};
