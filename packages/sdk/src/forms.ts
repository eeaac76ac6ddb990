import { track } from './calls.ts';
import { options } from './setup.ts';

/**
 * Tracks forms that are sent, never anything of what is in them. Their attributes are read rather than their properties: a field
 * of that name stands in a property's place. What their button says of it comes first.
 */
export const trackForm = (form: Element, button: Element | null | undefined): void => {
  const read = (name: string): string => button?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
  const { host, pathname } = new URL(read('action'), document.baseURI);
  // What closes a dialog sends nothing. The path of a `mailto:` is somebody's address.
  if (options.auto.includes('forms') && !/^d/i.test(read('method')))
    track('Form submission', { form: read('id') || read('name'), path: host && pathname });
};
