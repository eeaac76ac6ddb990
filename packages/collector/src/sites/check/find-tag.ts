/** A script tag as it stands in a page. */
export interface ScriptTag {
  /** Absolute address; null: the script stands in the page itself, or its address cannot be read. */
  readonly src: URL | null;
  /** The sites it names, in small letters; empty: the hostname of the page. */
  readonly sites: readonly string[];
}

const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const SCRIPT = /<script(?=[\s/>])|<\/script/gi;
/** A name begins where none is before: else each character of a long one would be tried as a beginning. */
const ATTRIBUTE = /(?<![^\s"'>/=])([^\s"'>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
/** No tag has more characters; what is longer is not searched for attributes. */
const LONGEST_TAG = 8192;
/** No page has more of them; what follows is not looked at. */
const MOST_TAGS = 1000;

/** The script tags of a page. What stands in comments and within scripts is none. */
export const scriptTagsOf = (html: string, page: URL): ScriptTag[] => {
  const text = html.replace(COMMENT, '');
  const tags: ScriptTag[] = [];
  let isWithin = false;
  for (const { 0: found, index } of text.matchAll(SCRIPT)) {
    const opens = !found.startsWith('</');
    if (opens && !isWithin) {
      const start = index + found.length;
      tags.push(tagOf(text.slice(start, endOfTag(text, start)), page));
    }
    if (tags.length === MOST_TAGS) break;
    isWithin = opens;
  }
  return tags;
};

/** By hand: a pattern that skips what is quoted begins anew at every tag that is never closed. */
const endOfTag = (text: string, start: number): number => {
  const most = Math.min(text.length, start + LONGEST_TAG);
  let quote = '';
  for (let at = start; at < most; at++) {
    const char = text.charAt(at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '>') return at;
    else if (char === '"' || char === "'") quote = char;
  }
  return start;
};

const tagOf = (text: string, page: URL): ScriptTag => {
  const attributes = new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', ...values]) => [
      name.toLowerCase(),
      unescaped(values.find((value) => value !== undefined) ?? ''),
    ]),
  );
  const src = attributes.get('src') ?? '';
  return {
    src: src !== '' && URL.canParse(src, page.href) ? new URL(src, page) : null,
    sites: listed(attributes.get('data-site') ?? ''),
  };
};

/** As the script reads it: with commas or spaces between them. */
const listed = (text: string): string[] => text.toLowerCase().match(/[^\s,]+/g) ?? [];

/** Addresses in attributes have `&amp;`; other references do not occur in them. */
const unescaped = (value: string): string => value.replaceAll('&amp;', '&').trim();
