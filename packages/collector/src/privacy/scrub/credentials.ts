import { removeKeyed } from './keyed.ts';
import { after, always, type Rule, rule, rulesIf } from './rule.ts';
import { tellsState } from './states.ts';
import { TOKENS } from './tokens.ts';

/** Up to the end of a quoted text, whether or not it is escaped, else of the line. */
const HEADER_VALUE = String.raw`(?:\[removed\]|\\{1,7}"[^"\r\n]*"?|"[^"\r\n]*"?|'[^'\r\n]*'?|[^\r\n]+)`;

/** Keys and headers, before what stands in them is looked at. */
export const HEADERS: readonly Rule[] = [
  rule(
    /-----BEGIN/,
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----END))*(?:-----END [A-Z ]{0,40}-----)?/g,
    always('[key]'),
  ),
  // In quotes with its name, as a command has it.
  rule(
    /["'](?:set-|proxy-)?(?:cookie|authorization)\s{0,3}:/i,
    /(["'])((?:set-|proxy-)?(?:cookie|authorization)\s{0,3}:\s{0,3})(?:(?!\1)[^\r\n])+/gi,
    (_, quote = '', name = '') => `${quote}${name}[removed]`,
  ),
  rule(
    /cookie|authorization/i,
    new RegExp(
      String.raw`\b((?:set-|proxy-)?(?:cookie|authorization)(?:\\{0,7}["'])?\s{0,3}(?:=>|[:=])\s{0,3})(${HEADER_VALUE})`,
      'gi',
    ),
    (found, name = '', value = '') => (tellsState(value) ? found : `${name}[removed]`),
  ),
  // User agents, with what apps append to theirs, and written into an address.
  rule(
    /(?:Mozilla|Opera|Dalvik)(?:\/|%2F)/i,
    /(?:Mozilla|Opera|Dalvik)(?:\/\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?: \([^)]{0,400}(?:\)|$)| \[[^\]]{0,400}\]| [\w.]{1,40}\/[\w.+-]{1,40}| Mobile| like Gecko| Instagram [\d.]{3,30}| Android)*|%2F[\w.%+()-]{0,800})/gi,
    always('[agent]'),
  ),
];

/** Passwords on a command line: a name and a password for `-u`, or a password for programs that take it by one letter. */
const COMMANDS: Rule = rulesIf(/ -[aukpwPU]|--?\w*-?user|user:|pass:|sqlplus|sqlldr|expdp|impdp|jdbc/, [
  rule(
    /-[uaU] ?|--(?:proxy-)?user/,
    /((?<!\S)(?:-[uaU]|--(?:proxy-)?user)[ =]?["']?)(?![^\s:%]{1,64}[:%]\d{1,5}(?!\S))[^\s:%"'@/]{1,64}[:%][^\s"']+/g,
    after('[removed]'),
  ),
  rule(
    / -[akpwP]|user:/,
    /(\b(?:sshpass|(?:docker|podman|helm|oc|az|twine|npm)\b[^\r\n|;&]{0,60}? (?:login|upload)|mysql\w{0,10}|mariadb\w{0,10}|redis-cli|mosquitto_\w{3})\b[^\r\n|;&]{0,200}? -[pPa] ?|\bopenssl enc\b[^\r\n|;&]{0,200}? -k |\bldap\w{2,12}\b[^\r\n|;&]{0,200}? -w |\bnet use\b[^\r\n|;&]{0,200}? \/user:\S{1,64} )(?!-)[^\s"']+/g,
    after('[removed]'),
  ),
  rule(
    /pass:|sqlplus|jdbc:oracle/,
    /((?<=-pass(?:in|out)? )pass:|\b(?:sqlplus|sqlldr|expdp|impdp) (?:-\w{1,3} ){0,3}|\bjdbc:oracle:\w{1,8}:)(?:[^\s/@:]{1,64}\/[^\s@]{1,128}(?=@|\s|$)|(?<=pass:)\S+)/g,
    after('[removed]'),
  ),
]);

/** Where a sentence says it: `password is hunter2`, `invalid token "ab12"`, `Failed password for jane from`. */
const SENTENCES: readonly Rule[] = [
  rule(
    /(?:is|was|ist|est|es|è|é|lautet) /i,
    /((?:pass(?:word|code|phrase)|passwort|kennwort|contraseña|mot de passe|senha|secret|token|(?:api|access|secret)[ _-]?key|pin)s? (?:is|was|ist|est|es|è|é|lautet)(?: now)?:? ["'\x60]?)(?=[^\s"']*\d)(?!\d{1,3}\b)(?!\d+[a-z]{1,4}\b)[^\s"'\x60,;]{4,}/giu,
    after('[removed]'),
  ),
  rule(
    /["'`]/,
    /((?<!unexpected |expected )\b(?:passwords?|passwd|passwort|secret|token|api ?key|user|username) )(["'`])([^"'`\r\n]{2,128})\2/gi,
    (found, name = '', quote = '', value = '') =>
      tellsState(value) || (/token$/i.test(name.trim()) && !/\d/.test(value))
        ? found
        : `${name}${quote}[removed]${quote}`,
  ),
  // Behind a verb, or by what kind of password it is.
  rule(
    /password|passwor[dt]|pass(?:code|phrase)|secret|token/i,
    /((?:password|passwort|passcode|secret|token)s? (?:(?:has been |was )?(?:set|changed|reset|updated) to |(?<=(?:temporary|initial|default|generated|new|old|one-time) \w{5,8} ))["']?|\b(?:password|passwd|pwd|secret|token)\()(?=[^\s"'()]{0,40}\d)(?=[^\s"'()]{0,40}[a-z])[^\s"'(),;]{5,}/gi,
    after('[removed]'),
  ),
  // Of Redis and mail servers, and of SQL.
  rule(/AUTH /, /(\bAUTH (?:(?:PLAIN|LOGIN|XOAUTH2|default) )?)(?=\S{0,200}[\d=])[^\s'"]{4,}/g, after('[removed]')),
  rule(/identified/i, /(\bidentified (?:with \S{1,40} )?(?:by|as) (?:password )?)'[^'\r\n]*'?/gi, after('[removed]')),
  // Of web servers: who signed in, before the time (the common log format).
  rule(
    / \[\d\d\/\w{3}\/\d{4}:/,
    /((?<!\S)(?!- )\S{1,64} \S{1,32} )(?!-)\S{1,64}(?= \[\d\d\/\w{3}\/\d{4}:)/g,
    after('[user]'),
  ),
  rule(
    /\b(?:for|user) /,
    /(\b(?:(?:Accepted|Failed) [\w/-]{1,30} for (?:invalid user )?|[Ii]nvalid user |session (?:opened|closed) for user ))[^\s'"]{1,64}(?= from |[\s(:]|$)/g,
    after('[removed]'),
  ),
];

/** What is known by its own look. */
const SHAPES: readonly Rule[] = [
  // What follows has a digit, or a capital inside, as no word does: `Basic authentication` stays.
  rule(
    /bearer|basic/i,
    /\b([Bb]earer|[Bb]asic|BEARER|BASIC) +(?=[\w.~+/-]{0,200}(?:[\d=]|[a-z][A-Z]))[\w.~+/-]{8,}=*/g,
    (_, scheme = '') => `${scheme} [token]`,
  ),
  rule(/eyJ/, /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{2,}(?:\.[\w-]*){0,3}/g, always('[token]')),
  rule(/(?<![\w-])[\w-]{16}|SG\.|ya29|hvs\.|hvb\.|dp\./, TOKENS, always('[token]')),
  // How passwords are kept: crypt(3), Argon2, PBKDF2, LDAP.
  rule(
    /\$\w{1,20}\$|pbkdf2_|\{S?(?:SHA|MD5)/,
    /\$(?:2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|(?:argon2(?:id|i|d)|scrypt|[156y])\$(?:[^\s"'`,;)]|,(?=\w=)){12,300})|\bpbkdf2_sha\d{1,3}\$[^\s"'`,;)]{12,200}|\{S?(?:SHA|MD5|SHA256|SHA512)\}[\w+/]{16,}={0,2}/g,
    always('[token]'),
  ),
  // Base64 that `/` cuts into short parts: with its padding, which no path ends with.
  rule(
    /\w=(?:[=\s"'`,;)]|$)/,
    /(?<![\w+/=.-])(?=[\w+/]{0,200}[A-Z])(?=[\w+/]{0,200}[a-z])(?:[A-Za-z0-9+/]{4}){4,500}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)(?![\w=])/g,
    always('[token]'),
  ),
  rule(/-[0-9a-f]{4}-/i, /(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/gi, always('[id]')),
];

export const CREDENTIALS: readonly Rule[] = [
  COMMANDS,
  { hint: /[:=→]|%3[ad]|[-~]>|<-|;s:\d|(?:^|[\s"'([])--?[a-z]/i, scrub: removeKeyed },
  ...SENTENCES,
  ...SHAPES,
];
