import { isSecretKey } from './keys.ts';
import { after, type Rule, rule, rulesIf } from './rule.ts';

/** Functions that are given who someone is, or what proves it, by the last of their names. */
const OPENS =
  /(?:\b(?:PDO|mysqli)(?:(?:->|::)__construct)?|(?:mysqli|ldap|auth|guard)\w*(?:->|::|\.)(?:__construct|bind|attempt)|(?:(?<!dis|re)connect|log_?[io]n|sign_?(?:in|up)|passw(?:or)?d|authenticate|credentials?)\w*|\b(?:md5|sha[12]|sha256|b?crypt|\w{0,20}(?:de|en)crypt|aes_\w{7}|pgp_sym_\w{7}|hash_hmac)|\w(?:ldap_bind|connect|Login|_login|SignIn|Passw(?:or)?d|Authenticate|Credentials?)\w*)\($/i;
/** Where to, not who: the first of what they are given. */
const WHERE =
  /^["'](?:\w{2,20}:(?:\/\/|\w{2,20}=)|localhost|\[ip\]|[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}(?::\d{1,5})?["'])/;
const QUOTED = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?/g;

const removeArguments = (found: string, name = '', given = ''): string =>
  OPENS.test(name) ? name + given.replace(QUOTED, (quoted) => (WHERE.test(quoted) ? quoted : '[removed]')) : found;

const removeRow = (found: string, before = '', columns = '', values = ''): string =>
  columns.split(',').some((column) => isSecretKey(column.trim())) ? `${before}${columns}${values}([removed])` : found;

/** Values in the statements of databases and in the calls of a stack, which have no key beside them. */
export const STATEMENTS: Rule = rulesIf(/\w\(|values|contains|entry|\$\d|@\w+\s?=|binding|parameters|sp_/i, [
  rule(
    /\w\([^\r\n]{0,80}["']/,
    /((?<![\w$])(?:[\w$\\]{1,60}(?:->|::|\.|#)){0,4}[\w$]{2,60}\()((?:\([^()\r\n]{0,60}\)|"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|[^\r\n)"']){1,200})/g,
    removeArguments,
  ),
  // All values go where one of the columns is secret: the rows may be many and the names quoted anyhow.
  rule(
    /values/i,
    /((?:insert|replace|upsert|merge)\s[^()]{0,160}\()([^()]{1,1000})(\)\s{0,5}values?\s{0,5})\((?:[^()]|\([^()]{0,200}\)){0,4000}\)(?:,\s{0,5}\((?:[^()]|\([^()]{0,200}\)){0,4000}\)){0,100}/gi,
    removeRow,
  ),
  // As databases and their libraries print a row, an entry and what is bound to a statement.
  rule(/row contains/i, /(failing row contains )\([^\r\n]*\)?/gi, after('([removed])')),
  rule(/duplicate entry/i, /(duplicate entry )'[^\r\n]{1,500}?'(?= for key)/gi, after('[removed]')),
  rule(/\$\d/, /((?<![\w$])\$\d{1,3} = )'(?:[^']|'')*'?/g, after('[removed]')),
  rule(/@\w+=?\s?'/, /(@\w{1,40}\s?=\s?)'(?:[^']|'')*'?/g, after('[removed]')),
  rule(/\bsp_/i, /(\bsp_\w{0,20}(?:login|password)\w{0,20} )[^\r\n;]+/gi, after('[removed]')),
  rule(/binding parameter/i, /(binding parameter [[(][^\r\n]{1,40}?(?:- |<- ))\[[^\r\n]*\]/gi, after('[removed]')),
  rule(/parameters:/i, /((?:\[|-- )parameters: )[[(][^\r\n]*/gi, after('[removed]')),
]);
