/** What a script is called, as far as it tells more than that it is one. */
export interface ScriptName {
  /** Empty: a page itself, or a script whose name says nothing. */
  readonly name: string;
  /** A build named it, and may put other things into it the next time. */
  readonly isBuilt: boolean;
  /** What the site did not write: a library, or what a build tool adds. */
  readonly isLibrary: boolean;
}

const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/i;

/** Words of names that any site's scripts and their folders have, of all build tools and frameworks. */
const GENERIC = new Set(
  (
    'a all app application asset assets astro base bundle bundles build built cdn chunk chunks client code common component components core default dist ' +
    'entry es es5 es6 esm file files gatsby global iife immutable index js javascript javascripts jsx layout legacy lib libs main media min mjs modern ' +
    'module modules next nodes nuxt out output packs page pages prod production public root route routes script scripts shared site site-packages ' +
    'src start static theme theme themes ts umd vite webpack'
  ).split(' '),
);

const LIBRARY =
  /^(?:.*vendors?|framework|polyfills?|runtime|node_modules|react|react-dom|scheduler|vue|angular|zone|svelte|preact|jquery|lodash|axios|sentry|rxjs|core-js|zone\.js|webpack-runtime|hydrate)$/i;

/** What the path of a script says in every build: without the parts that change with what is in it. */
export const scriptName = (url: string): ScriptName => {
  const path = url.replace(/[?#].*/s, '').replace(/^[a-z][a-z.+:-]*:\/\/[^/]*\/?/i, '');
  const steps = path.slice(-LONGEST).split('/').slice(-MOST_STEPS);
  const file = steps.at(-1) ?? '';
  const isLibrary = path.includes('node_modules/');
  if (!SCRIPT.test(file)) return { name: '', isBuilt: false, isLibrary };
  const { kept: base, isHashed } = withoutHashes(file.replace(SCRIPT, ''));
  const steady = [...steps.slice(0, -1).map((step) => withoutHashes(step).kept), base].filter(Boolean);
  return {
    name: steady.findLast((step) => !isGeneric(step)) ?? '',
    isBuilt: isHashed,
    isLibrary: isLibrary || base.split(SEPARATOR).some((word) => LIBRARY.test(word)),
  };
};

const MOST_STEPS = 6;
/** Of a path that is longer the end says enough. */
const LONGEST = 200;
const SEPARATOR = /[.~-]+/;

const isGeneric = (name: string): boolean =>
  name.split(/[._~-]+/).every((word) => word === '' || /^v?\d+$/.test(word) || GENERIC.has(word.toLowerCase()));

/** Takes from the end of a name what a build made of the content of a file, and words such as `min` before it. */
const withoutHashes = (name: string): { kept: string; isHashed: boolean } => {
  let kept = name;
  let isHashed = false;
  for (let round = 0; round < 4; round++) {
    const end = hashAtEnd(kept);
    if (end > 0) isHashed = true;
    const shorter =
      end > 0
        ? kept.slice(0, -end)
        : kept.replace(/[.~_-](?:min|chunk|bundle|legacy|modern|prod|production|esm?|v?\d+(?:\.\d+)*)$/i, '');
    const next = shorter.replace(/[.~_-]+$/, '');
    if (next === kept) break;
    kept = next;
  }
  return { kept, isHashed };
};

/** Length of the hash that a name ends with; 0: it ends with none. Vite's have eight characters of `A-Za-z0-9_-`. */
const hashAtEnd = (name: string): number => {
  const eight = /(?:^|[.~_-])([\w-]{8})$/.exec(name)?.[1];
  if (eight !== undefined && isRandom(eight)) return 8;
  const part = /(?:^|[.~_-])([A-Za-z0-9]{5,})$/.exec(name)?.[1] ?? '';
  return isRandom(part) ? part.length : 0;
};

/** Unlike words, and words with a number behind them, such as `jquery3`, `UserCard`, `html5shiv`. */
const isRandom = (part: string): boolean => {
  if (part.length < 5) return false;
  if (/^[0-9a-f]+$/.test(part)) return /\d/.test(part) || part.length >= 8;
  if (/^[A-Z0-9]{8,}$/.test(part)) return true;
  const letters = part.replace(/\d{1,2}$/, '');
  if (/^(?:[a-z]+\d?[a-z]+|(?:[A-Z]?[a-z]{2,})(?:[A-Z][a-z]{2,})*|[a-z]+)$/.test(letters)) return false;
  if (/^[a-z]+(?:[-_][a-z]+)*$/i.test(letters) && !/[a-z][A-Z]/.test(letters)) return false;
  return /\d/.test(part) || /[a-z][A-Z]/.test(part) || /[A-Z]{2}[a-z]/.test(part);
};
