/* What the collector and the dashboard both know of hosts as people write and read them. */

/** What may stand before a host, and after it, where somebody copied an address. */
const SCHEME = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;
const PATH = /[/?#].*$/s;
const PORT = /\.?(?::\d*)?$/;

/** The host in an address that somebody copied. @example hostPart(' https://example.com/shop ') === 'example.com' */
export const hostPart = (written: string): string =>
  written.trim().replace(SCHEME, '').replace(PATH, '').replace(PORT, '');

/** Letters that languages of today write with; those of phonetics and of old writing look like others. */
const LATIN = String.raw`a-z\xdf-\xf6\xf8-\u0137\u0139-\u017e\u01a1\u01b0\u01cd-\u01dc\u01e6-\u01ed\u01f4-\u01f9\u0200-\u021f\u0226-\u0233\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u0272\u0289\u028b\u1e00-\u1e99\u1ea0-\u1ef9`;
const CYRILLIC = String.raw`\u0430-\u045f\u048a-\u052f`;
const GREEK = String.raw`\u0390\u03ac-\u03ce`;
/** All others that are recommended for names (https://www.unicode.org/reports/tr31/#Table_Recommended_Scripts). */
const OTHERS =
  'Arab Armn Beng Deva Ethi Geor Gujr Guru Hebr Knda Khmr Laoo Mlym Mymr Orya Sinh Taml Telu Thaa Thai Tibt'.split(' ');
/** What Chinese, Japanese and Korean mix, each with Latin (https://www.unicode.org/reports/tr39/#highly_restrictive). */
const MIXED = ['Bopo', 'Hira}\\p{scx=Kana', 'Hang'].map((script) => `${LATIN}\\p{scx=Hani}\\p{scx=${script}}`);

/** Words of one kind of letters, which are never taken for signs. Between two `l` Catalan has a dot. */
const KINDS = [LATIN, CYRILLIC, GREEK, ...OTHERS.map((script) => `\\p{scx=${script}}`), ...MIXED].map(
  (letters) => new RegExp(`^(?:(?=[\\p{L}\\p{M}])[${letters}]|[\\d_*-]|(?<=l)·(?=l))*$`, 'u'),
);

/** Words of nothing but Cyrillic, Greek, Armenian or Georgian letters that look like Latin ones. */
const LOOKS_LATIN = /^[асԁеһіјӏкорԛѕԝхуүыюпгьъԍԗҽαγηικνορτυχωագզէլհյոսցւօքიოყძხ\d_-]+$/u;
/** Signs of Japanese beside Latin letters, where they look like a slash. */
const LOOKS_LIKE_SLASH = /[a-z\d][ノソゾン丶乀乁丿]|[ノソゾン丶乀乁丿][a-z\d]/u;

const kindOf = (word: string): number => KINDS.findIndex((kind) => kind.test(word));

/**
 * True if a host in its own letters cannot be taken for another one: each word is of one kind of letters, and none looks
 * Latin without being it, but under a top one of its own kind (`ура.рф`).
 */
export const isClearHost = (host: string): boolean => {
  const words = host.split('.');
  const top = kindOf(words.at(-1) ?? '');
  return words.every((word) => {
    const kind = kindOf(word);
    return (
      word !== '' &&
      kind >= 0 &&
      (kind === 0 || kind === top || !LOOKS_LATIN.test(word)) &&
      !LOOKS_LIKE_SLASH.test(word)
    );
  });
};
