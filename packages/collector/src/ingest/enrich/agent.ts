import { UNKNOWN } from './names.ts';

/** What a user agent says, in classes with many members each. */
export interface Agent {
  readonly bot: boolean;
  /** A name of `names.ts` or `marks.ts`, `Other` or `Unknown`. */
  readonly browser: string;
  /** The name with the major version, as `Firefox 128`; the name alone if it says none. */
  readonly browser_version: string;
  /** A name of `names.ts`, `Other` or `Unknown`. */
  readonly os: string;
  /** The name with the major version, as far as it is the system's own, see `system.ts`. */
  readonly os_version: string;
  /** A kind of `names.ts`, `Desktop` or `Unknown`. */
  readonly device: string;
}

/** A robot is named as nothing but that. */
export const ROBOT: Agent = {
  bot: true,
  browser: UNKNOWN,
  browser_version: UNKNOWN,
  os: UNKNOWN,
  os_version: UNKNOWN,
  device: UNKNOWN,
};
