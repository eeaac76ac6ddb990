import type { Options } from './options.ts';
import type { Beacon } from './wire.ts';

/** What the items of a page share. */
export type Page = Partial<{ [Name in Exclude<keyof Beacon, 'i'>]: Beacon[Name] | undefined }>;

/** Options as a tag says them: a flag that is there is meant, and lists are texts. */
interface Said extends Omit<Options, 'auto'> {
  auto: string;
}

/** How it was set up. */
export let options: Said;

/**
 * The page as it is now, one from a start to its end. Where there is none nothing may be reported: what would be ends with an
 * error at the first look at it, which `quietly` keeps from the page.
 */
export let page: Page;

/** From a start to its end. */
export { page as life };

/** Says how. */
export const setUp = (given: Options): void => {
  options = { auto: 'outbound,downloads,forms', ...given } as Said;
};

/** Begins. */
export const begin = (): void => {
  page = { p: options.props, r: document.referrer, rel: options.release };
};

/** Ends all that is sent; what still listens has nothing to add to. */
export const end = (): void => {
  page = undefined as never;
};
