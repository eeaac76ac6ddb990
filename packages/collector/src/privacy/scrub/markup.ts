import { isSecretKey, SECRET_KEY } from './keys.ts';
import { after, type Rule, rule, rulesIf } from './rule.ts';
import { tellsState } from './states.ts';
import { quotedSource, shortValueSource } from './value.ts';

/** Attributes that name what another one, or the content, has the value of. */
const NAMING = /\s(?:name|key|id|property|itemprop)\s{0,3}=\s{0,3}["']?([^"'\s>]{1,64})/i;
const VALUED = new RegExp(String.raw`(\s(?:value|content)\s{0,3}=\s{0,3})${shortValueSource('e')}`, 'giu');

/** The value of an attribute or the content of an element that is named in an attribute: `<input name="pin" value="1">`. */
const removeNamed = (found: string, tag = '', content = ''): string => {
  if (!isSecretKey(NAMING.exec(tag)?.[1] ?? '')) return found;
  return tag.replace(VALUED, '$1[removed]') + (content.trim() === '' ? content : '[removed]');
};

/** What names a value in a list of names and values, such as the environment of a container or the fields of a form. */
const FIELD = String.raw`["']?\b(?:name|key|field|param|property|path|column)["']?(?:\s{0,3}[:=]\s{0,3}|\s(?=["'\x60]))["'\x60]?[\w.-]{0,40}?${SECRET_KEY}["']?`;
const VALUE_OF_FIELD = String.raw`["']?\bvalue["']?(?:\s{0,3}[:=]\s{0,3}|\s(?=["'\x60]))`;

/** Values whose key stands in other places than before `=` or `:`. */
export const MARKUP: Rule = rulesIf(/<[\w-]|value|form-data|["']\s?,\s?["']/i, [
  rule(
    /<[\w-]/,
    /(<(?:[\w-]{1,30}:)?([\w.-]{1,60})(?:\s[^<>]{0,200})?>\s*)(<!\[CDATA\[[^\]]*\]?\]?>?|[^<>]+(?=<\/)|[^<>\s]+$)/g,
    (found, tag = '', name = '', content = '') =>
      isSecretKey(name) && !tellsState(content) ? `${tag}[removed]` : found,
  ),
  rule(
    /<\w[^<>]*\s(?:name|key|id|property|itemprop)\s{0,3}=/i,
    /(<\w[^<>]{1,500}>\s*(?:<value[^<>]{0,100}>)?)([^<>]{0,500})/g,
    removeNamed,
  ),
  // Lists of properties of Apple.
  rule(
    /<key>/,
    new RegExp(String.raw`(<key>[\w.-]{0,40}?${SECRET_KEY}<\/key>\s{0,20}<(?:string|data)>)[^<>]+`, 'giu'),
    after('[removed]'),
  ),
  // A form as it is sent in parts (RFC 7578).
  rule(
    /form-data/i,
    new RegExp(
      String.raw`(form-data;\s?name="?[\w[\].-]{0,40}?${SECRET_KEY}[\]"']{0,3}[^\r\n]{0,100}?(?:(?:\r?\n|\\r\\n|\\n){1,3}|\s{2,4}|(?<=["'])\s(?!filename)))[^\r\n]+?(?=\\r|\\n|\s*--|$|\r|\n)`,
      'giu',
    ),
    after('[removed]'),
  ),
  rule(
    /value/i,
    new RegExp(String.raw`(${FIELD}[,;]?\s{0,20}[^{}\r\n]{0,80}?${VALUE_OF_FIELD})${shortValueSource('e')}`, 'giu'),
    after('[removed]'),
  ),
  rule(
    /value/i,
    new RegExp(
      String.raw`(${VALUE_OF_FIELD})${shortValueSource('e')}(?=(?:[,;]\s{0,3}|\s[^{}\r\n]{0,40}?(?:at|for|in) )[^{}\r\n]{0,80}?${FIELD})`,
      'giu',
    ),
    after('[removed]'),
  ),
  // As Spring refuses a field of a form.
  rule(
    /rejected value/i,
    new RegExp(String.raw`(["'][\w.-]{0,40}?${SECRET_KEY}["']: rejected value )\[[^\]\r\n]*\]?`, 'giu'),
    after('[removed]'),
  ),
  // Pairs in lists, and what is set by a call: `[["password", "x"]]`, `setItem('token', 'x')`.
  rule(
    /["']\s?,\s?["']/,
    new RegExp(
      String.raw`((?:(?<=[[(]{2}|[\])],\s?[[(])|\b(?:set\w{0,20}|put\w{0,20}|append|add\w{0,20}|header|define|cookie|store|with\w{0,20})\(\s{0,3})["'][\w. -]{0,40}?${SECRET_KEY}["']\s{0,3},\s{0,3})(?:${quotedSource('e')})`,
      'giu',
    ),
    after('[removed]'),
  ),
]);
