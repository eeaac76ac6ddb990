/** A value of `utm_source` without what people write in different ways: `Tik Tok`, `tik-tok` and `tiktok` are one. */
export const squeeze = (text: string): string => text.toLowerCase().replace(BETWEEN, '');

const BETWEEN = /[\s._-]+/g;

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words beside a name that say it was paid for. */
const PAID = set(
  'ad ads adwords advert advertising paid ppc cpc cpm sem sea sponsored promoted boosted retargeting remarketing pmax',
);

/** Words beside a name that say where in it, as in what Meta puts in for `{{placement}}`: `facebook_mobile_feed`. */
const PLACES = set(
  'app web mobile desktop feed story stories reel reels post posts page profile bio group groups channel company search ' +
    'shopping video instream display network explore marketplace inbox right column organic social my business maps',
);

/** `fbads`, `tiktokads`: written together. */
const GLUED = /^(.+?)(?:adwords|ads?|ppc|cpc)$/;

/** Nobody's name of a source has more. */
const MOST_WORDS = 8;

/**
 * The source whose name stands in a text among nothing but words of advertising and of places.
 * @param text in small letters
 * @example brandOf('facebook_mobile_feed', words) // { name: 'Facebook', kind: 'social', paid: false }
 */
export const brandOf = <T extends { readonly paid: boolean }>(
  text: string,
  words: ReadonlyMap<string, T>,
): T | undefined => {
  const parts = text.split(/[\s._+/|:-]+/, MOST_WORDS + 1);
  if (parts.length > MOST_WORDS) return undefined;
  const name = parts.filter((part) => !PAID.has(part) && !PLACES.has(part)).join('');
  const glued = words.has(name) ? undefined : GLUED.exec(name)?.[1];
  const brand = words.get(glued ?? name);
  if (brand === undefined) return undefined;
  return glued === undefined && !parts.some((part) => PAID.has(part)) ? brand : { ...brand, paid: true };
};
