import type { Read } from './acts.ts';

/**
 * Forms that are sent, never anything of what is in them. Their attributes are read rather than their properties: a
 * field of that name stands in a property's place.
 */
export const readForm: Read = ({ attributes }, sent) => {
  if (!sent) return;
  const { id, name, action } = attributes as NamedNodeMap & Record<string, Attr | undefined>;
  const { host, pathname } = new URL(action?.value ?? '', document.baseURI);
  // The path of a `mailto:` is somebody's address.
  return ['Form submission', { form: (id ?? name)?.value ?? '', path: host && pathname }];
};
