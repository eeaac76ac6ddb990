import type { Act } from './calls.ts';
import { options } from './setup.ts';

/**
 * Forms that are sent, never anything of what is in them. Their attributes are read rather than their properties: a field
 * of that name stands in a property's place. What their button says of it comes first.
 */
export const readForm = (form: Element, button: Element | null | undefined): Act | false => {
  const read = (name: string): string => button?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
  const { host, pathname } = new URL(read('action'), document.baseURI);
  // The path of a `mailto:` is somebody's address. What closes a dialog sends nothing.
  return (
    options.auto.includes('forms') &&
    !/^d/i.test(read('method')) && ['Form submission', { form: read('id') || read('name'), path: host && pathname }]
  );
};
