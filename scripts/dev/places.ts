import { fileURLToPath } from 'node:url';

/** A file or folder of the repository. */
export const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

/** Data folder of `pnpm dev`, which `pnpm seed` fills. */
export const DEV_DATA = path('.dev/data');
/** The page script as it is built while somebody works on it: what `pnpm build` has built stays as it is. */
export const DEV_SCRIPT = path('.dev/script');
