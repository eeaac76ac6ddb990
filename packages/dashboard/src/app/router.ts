import { useEffect, useState } from 'preact/hooks';
import { placed } from './place.ts';

const changed = new EventTarget();

/** Goes to an address of the dashboard by loading its page. */
export const load = (href: string): void => location.replace(placed(href));

/** Goes to an address of the dashboard without loading a page. */
export const navigate = (href: string, { replace = false } = {}): void => {
  history[replace ? 'replaceState' : 'pushState'](null, '', placed(href));
  changed.dispatchEvent(new Event('change'));
};

/** The address, kept up to date. */
export const useAddress = (): URL => {
  const [href, setHref] = useState(location.href);
  useEffect(() => {
    const update = () => setHref(location.href);
    changed.addEventListener('change', update);
    addEventListener('popstate', update);
    return () => {
      changed.removeEventListener('change', update);
      removeEventListener('popstate', update);
    };
  }, []);
  return new URL(href);
};

/** A click that the browser would answer by leaving this page for the link, and nothing more. */
const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.defaultPrevented);

/** Links to the dashboard's own addresses are followed in place; every `<a href>` stays a real link. */
export const followLinksInPlace = (root: Document): void => {
  root.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const href = link?.getAttribute('href');
    if (!href?.startsWith('/') || link?.hasAttribute('target') || link?.hasAttribute('download') || !isPlain(event))
      return;
    event.preventDefault();
    const samePage = new URL(href, location.href).pathname === location.pathname;
    navigate(href);
    if (!samePage) scrollTo(0, 0);
  });
};
