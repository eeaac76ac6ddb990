import { options, type VNode } from 'preact';

/** Turns paths of the dashboard's own into those that the browser has, and back. */
export const placing = (base: string) => {
  const isPlaced = (path: string): boolean => `${path}/`.startsWith(`${base}/`);
  return {
    /** One that is placed already stays as it is: no page is called as the base. */
    placed: (path: string): string => (isPlaced(path) ? path : base + path),
    /** On the collector's own machine a path may have nothing before it. */
    unplaced: (path: string): string => (isPlaced(path) ? path.slice(base.length) || '/' : path),
  };
};

/**
 * The path below which the collector is, without a slash at the end, as it writes into its page. Addresses of the dashboard
 * are without it all through the code, and get it where they are handed to the browser.
 */
export const base = globalThis.document?.documentElement.dataset.base ?? '';
export const { placed, unplaced } = placing(base);

/** Places every link that is drawn, so that none can be forgotten (https://preactjs.com/guide/v10/options). */
export const placeLinks = (): void => {
  options.vnode = ({ type, props }: VNode<{ href?: string }>) => {
    if (type === 'a' && props.href?.startsWith('/')) props.href = placed(props.href);
  };
};
