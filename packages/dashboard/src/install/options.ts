/** Automatic events, by what `data-auto` calls them. */
export const AUTO_EVENTS = ['outbound', 'downloads', 'forms', '404'] as const;
export type AutoEvent = (typeof AUTO_EVENTS)[number];

/** What the script reports without being told to. */
const USUAL_EVENTS: readonly AutoEvent[] = ['outbound', 'downloads', 'forms'];

/** Lines of the browser's console that are reported as logs. */
export const CONSOLE_LEVELS = ['none', 'error', 'warn'] as const;
export type ConsoleLevel = (typeof CONSOLE_LEVELS)[number];

/** What an owner chose of the script's options. */
export interface TagOptions {
  /** Errors and logs too: the full script. */
  readonly full: boolean;
  readonly console: ConsoleLevel;
  /** Names the version of the site, for errors and logs; empty: none. */
  readonly release: string;
  /** The part after the `#` is part of the page. */
  readonly hash: boolean;
  /** Also counts on this machine. */
  readonly local: boolean;
  /** Views are reported by the page itself. */
  readonly manual: boolean;
  /** Patterns of paths. */
  readonly exclude: readonly string[];
  readonly auto: readonly AutoEvent[];
}

/** What the script does when nothing is said. */
export const USUAL: TagOptions = {
  full: false,
  console: 'none',
  release: '',
  hash: false,
  local: false,
  manual: false,
  exclude: [],
  auto: USUAL_EVENTS,
};

/** An option and its value, by the name that attributes and `init` share; true: it is there. */
export type Chosen = readonly [name: string, value: string | readonly string[] | true];

const isUsual = (auto: readonly AutoEvent[]): boolean =>
  auto.length === USUAL_EVENTS.length && USUAL_EVENTS.every((event) => auto.includes(event));

/** The options that differ from what the script does by itself. Those of errors and logs are the full script's. */
export const chosenOptions = ({ full, console, release, hash, local, manual, exclude, auto }: TagOptions): Chosen[] => [
  ...(full && console !== 'none' ? [['console', console] as const] : []),
  ...(full && release !== '' ? [['release', release] as const] : []),
  ...(hash ? [['hash', true] as const] : []),
  ...(local ? [['local', true] as const] : []),
  ...(manual ? [['manual', true] as const] : []),
  ...(exclude.length > 0 ? [['exclude', exclude] as const] : []),
  ...(isUsual(auto) ? [] : [['auto', AUTO_EVENTS.filter((event) => auto.includes(event))] as const]),
];
