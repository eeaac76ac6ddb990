import { looksRandom, SHORTEST_RANDOM } from './random.ts';
import type { Rule } from './rule.ts';

/** Scripts, styles and fonts are known by the hash of their content, whatever stands before it: source maps are found by it. */
const CODE = /^(?:\.[\w-]{1,20}){0,2}\.(?:[cm]?js|css|wasm|map|woff2?|ttf|otf|eot|webmanifest)\b/i;
/** Pictures and the like are so where they have a name besides: one that is a hash alone may be what someone sent. */
const MEDIA =
  /^(?:\.[\w-]{1,20}|@\dx){0,2}\.(?:png|jpe?g|gif|webp|avif|svg|ico|bmp|mp[34]|webm|ogg|wav|json|gl(?:b|tf)|txt|html?)\b/i;
const NAMED = /^[a-z][a-z]{2,}\d{0,3}[-_]/i;
const NAME_BEFORE = /(?:^|[\s/"'(=])[\w@-]*[a-z]{2}[\w@-]*\.$/i;

/** Pods, as Kubernetes names them: after the set of their kind and five characters, without vowels and digits like them. */
const POD =
  /^((?:[a-z][a-z\d]*-){1,8})(?:[bcdfghjklmnpqrstvwxz2456789]{6,10}-|\d{8,10}-)[bcdfghjklmnpqrstvwxz2456789]{5}(?:_[a-z][a-z-]{1,40}){0,2}$/;

/** The `-` of `->` is no part of it. */
const RUN = new RegExp(`(?<![\\w+-])(?:[\\w+]|-(?!>)){${SHORTEST_RANDOM},}={0,2}`, 'g');

const isFile = (run: string, before: string, after: string): boolean =>
  CODE.test(after) || (MEDIA.test(after) && (NAMED.test(run) || NAME_BEFORE.test(before)));

const isPod = (run: string): boolean => POD.test(run) && !looksRandom(POD.exec(run)?.[1] ?? '');

/** Random text, but where it is the name of a built file or of a pod. */
export const RANDOM: Rule = {
  hint: new RegExp(`(?<![\\w+-])[\\w+-]{${SHORTEST_RANDOM}}`),
  scrub: (text) =>
    text.replace(RUN, (run, at: number) => {
      const bare = run.replace(/=+$/, '');
      if (!looksRandom(bare) || isPod(bare)) return run;
      const end = at + run.length;
      return isFile(run, text.slice(Math.max(0, at - 60), at), text.slice(end, end + 60)) ? run : '[token]';
    }),
};
