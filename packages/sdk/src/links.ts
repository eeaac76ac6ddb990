import type { Read, Target } from './acts.ts';
import type { AutomaticEvents } from './wire.ts';

/** Endings of paths that are files to keep rather than pages. */
const FILES = /\.(7z|apk|csv|dmg|docx?|epub|exe|gz|mp[34]|msi|pdf|pkg|pptx?|rar|xlsx?|zip)$/i;

/** Links to pages and files, not of `mailto:` or `tel:`. In a form, a field of that name stands in a property's place. */
const readLink =
  (name: keyof AutomaticEvents, isMeant: (link: Target) => boolean): Read =>
  (link) =>
    /^http/.test(link.protocol as string) && isMeant(link) && [name, { url: (link.origin as string) + link.pathname }];

/** Links to another host. */
export const readOutbound = readLink('Outbound link', ({ host }) => host !== location.host);

/** Links to files, on any host. */
export const readDownload = readLink(
  'File download',
  ({ pathname, attributes }) => FILES.test(pathname as string) || 'download' in (attributes as NamedNodeMap),
);
