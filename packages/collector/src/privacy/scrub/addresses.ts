import { isIPv6 } from 'node:net';
import { decodingOf } from './decode.ts';
import { after, always, type Rule, rule, when } from './rule.ts';
import { isSecretStep } from './steps.ts';

/** Some write the zeros that C's `inet_addr` takes for octal. */
const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|[01]?\d?\d)`;
const IPV4 = String.raw`(?:${OCTET}\.){3}${OCTET}`;

/** What is no host: a picture for a scale (`logo@2x.png`), a unit (`getty@tty1.service`), a file with a line behind it. */
const FILE = String.raw`(?:\d(?:\.\d{1,2})?x(?:[.~-][\w-]{1,40}){0,3}\.(?:png|jpe?g|gif|webp|avif|svg|ico|heic|pdf|json|mp4|gz|br)(?![\p{L}\p{N}-])|(?:[\w-]{1,40}\.){1,4}(?:service|socket|timer|mount|scope|slice)(?![\p{L}\p{N}.-])|(?:[\w-]{1,63}\.){1,4}(?:[cm]?[jt]sx?|vue|svelte|rb|kt|py|rs|php|java|html?):\d)`;

/** What stands behind the `@`: a name of any depth, this machine, or an address. No version, no built file. */
const MAIL_HOST = String.raw`(?!v?\d{1,4}\.\d{1,4}\.\d{1,9}[-+])(?!${FILE})(?:(?:[\p{L}\p{M}\p{N}-]{1,63}\.){1,126}\p{L}[\p{L}\p{M}\p{N}-]{1,62}|localhost(?![\p{L}\p{N}-])|\[[\p{L}\d.:]{2,60}\]|${IPV4}(?![\d.]))`;
const LOCAL = String.raw`(?:\\?"[^"\r\n]{1,64}"|(?<![\p{L}\p{M}\p{N}._%+'-])[\p{L}\p{M}\p{N}._%+'-]+)`;

/** A machine of the same network, in small letters, and none of the words that stand there in programs and packages. */
const BARE_HOST =
  '(?!(?:latest|next|beta|alpha|rc|canary|nightly|dev|main|master|head|stable|lts|experimental|edge|workspace|npm|link|file|patch|https?|blob|resource|chrome|moz|safari|webpack|self|debugger|native|wasm|eval|anonymous|include|skip|media|component|sha\\d{1,3}|v\\d)\\b)(?![\\da-f]{6,40}(?![\\w-]))[a-z][a-z\\d-]{1,40}';

/** The account by which all reach a repository: `git@github.com:org/repo.git`. */
const REPOSITORY = String.raw`(?:git|hg|svn)@[\w.-]{1,200}[:/]`;

/** Who stands before the `@` of a program. */
const NOBODY = /^(?:this|super|return|break|continue)$/;

/** Of four numbers between hyphens: as a name of a machine has them. Dates and versions have no number of three digits. */
const holdsOctet = (found: string): boolean => /^(?:ip|ec2)/i.test(found) || /(?<!\d)[12]\d\d(?!\d)/.test(found);

/** Names of a program can look the same: two of them, or before a call. No network has so few digits. */
const TWO_NAMES = /^[a-f]{1,4}::[a-f]{1,4}$/i;
const isAddress = (found: string, after = ''): boolean =>
  isIPv6(found) && (/\d/.test(found) || !(TWO_NAMES.test(found) || /^[<({!]/.test(after)));

/** Addresses of pages, and what of them says more than where. */
export const URLS: readonly Rule[] = [
  // The query and the fragment of an address go, and so does who signs in; line and column in a stack stay.
  rule(/:\/\//, /\b(?:https?|wss?|ftp):\/\/[^\s"'<>]+/gi, (found) => {
    const end = found.search(/[?#]/);
    const position = end < 0 ? '' : (/(?::\d{1,9}){1,2}\)?$/.exec(found)?.[0] ?? '');
    const address = end < 0 ? found : found.slice(0, end) + position;
    return address.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');
  }),
  // Userinfo of other schemes: postgres://user:password@host.
  rule(/:\/\//, /:\/\/[^\s/@?#"'<>]{1,256}@/g, always('://')),
  // The query of an address without a host.
  rule(/\?/, /(?<=[\w/.-])\?[\w.%[\]-]{1,64}=[^\s"'<>)]*/g, always('')),
  // Invitations, by the hosts that only have those.
  rule(
    /discord|whatsapp|t\.me|slack|meet\.google|zoom\.us|skype|meetup-join/i,
    /(\b(?:discord\.gg|discord(?:app)?\.com\/invite|chat\.whatsapp\.com|t\.me\/joinchat|join\.slack\.com\/t\/[\w-]{1,60}\/shared_invite|meet\.google\.com(?=\/[a-z]{3}-[a-z]{4}-)|zoom\.us\/[jw]|join\.skype\.com|teams\.microsoft\.com\/l\/meetup-join)\/)[\w%.-]{4,}|(\bt\.me\/)\+[\w-]{6,}/gi,
    (_, invitation, contact) => `${invitation ?? contact}[token]`,
  ),
];

/** Steps of addresses and paths behind one that has a secret after it, but in the names of files. */
const PATHS = rule(/\/[\w%.~-]{2,60}\/{1,4}[\w%]/, /(?:\/{1,4}[^\s/?#"'<>()[\]{},;|\\]{1,200}){2,}/g, (found) => {
  if (CODE.test(found)) return found;
  const end = /[.:!]*$/.exec(found.slice(-8))?.[0] ?? '';
  const steps = found.slice(0, found.length - end.length).split('/');
  return steps.map((step, index) => (isSecretStep(decodingOf(step), steps, index) ? '[token]' : step)).join('/') + end;
});
const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|py|rb|php|go|rs|java|kt|cs|swift|css|map|json)(?::\d{1,9}){0,2}[.:,]?$/i;

/** Folders of one person each, on Unix, macOS, Windows and from one within the other. */
const HOMES = [
  String.raw`\b[Ff][Ii][Ll][Ee]://(?:localhost)?/(?:[A-Za-z]:/|[A-Za-z]%3[aA]/)?(?:[Uu]sers|home)/`,
  String.raw`(?:(?<![\w.\]~/%-]|\b(?:GET|POST|PUT|HEAD|PATCH|DELETE|OPTIONS|[Rr]oute|[Pp]ath|[Pp]age|[Uu][Rr][Ll]|to|href) ["'\x60]?)|(?<=\w:/{2}|/\.\.))(?:/(?:var|usr|export|net|nfs|mnt|data|vol\d?|private|System/Volumes/Data))?/(?:home\d?(?:/users)?|Users)/`,
  '(?:/mnt|/cygdrive)?/[A-Za-z]/[Uu]sers/',
  String.raw`\b[A-Za-z]:[\\/]{1,4}(?:[Uu]sers|USERS|Documents and Settings)[\\/]{1,4}`,
  String.raw`\\{2,4}[\w$.-]{1,60}\\{1,4}(?:[\w$.-]{1,60}\\{1,4})?(?:[Uu]sers|[Hh]ome)\$?\\{1,4}`,
];
const NO_PERSON = String.raw`(?!(?:[Ss]hared|[Pp]ublic|Default(?: User)?|All Users)[\\/]|index\.\w|[\w-]{1,60}\.(?:html?|php|aspx?|jsp)\b)`;
const OWNER = String.raw`(?:[^\\/\s"'\x60:<>|()]{1,64}(?: [^\\/\s"'\x60:<>|()]{1,32}){0,3}(?=\\)|[^\\/\s"'\x60:<>|(),;]{1,64})`;

export const FOLDERS: readonly Rule[] = [
  rule(/users|home|settings/i, new RegExp(`(${HOMES.join('|')})${NO_PERSON}${OWNER}`, 'g'), after('[user]')),
  rule(/~[a-z_]/i, /((?<![\w.~/\\)\]-])~)[a-z_][\w.-]{0,31}(?=\/)/gi, after('[user]')),
];

export const MAILS: readonly Rule[] = [
  rule(/@|%40/, new RegExp(`(?!${REPOSITORY})${LOCAL}(?:@|%40)${MAIL_HOST}`, 'gu'), always('[email]')),
  rule(
    /@/,
    new RegExp(
      String.raw`(?<![\p{L}\p{M}\p{N}._%+'/@$-])([\p{L}][\p{L}\p{N}._+-]{0,63})@${BARE_HOST}(?=[\s"'\x60)>\],;!?]|$|[.:](?:[\s~]|$))`,
      'gu',
    ),
    (found, local = '') => (NOBODY.test(local) ? found : '[email]'),
  ),
  rule(/ AT /, /(?<![\w.+-])[\w.+-]{1,64} AT [\w-]{1,63}(?: DOT [\w-]{2,63}){1,5}/g, always('[email]')),
  // As people write it so that no robot reads it.
  rule(
    /[([{<](?:at|ät|@|\.)[)\]}>]/i,
    /(?<![\w.+-])[\w.+-]{1,64}(?: ?[([{<](?:at|ät|@)[)\]}>] ?|@(?=[\w-]{1,63}[([{]\.))[\w-]{1,63}(?: ?(?:[([{<](?:dot|punkt|punto|point|\.)[)\]}>]|\.) ?[\w-]{2,63}){1,5}/gi,
    always('[email]'),
  ),
];

/** What stands before four numbers that are a version. */
const VERSIONED = String.raw`(?<!(?:version|release|build|revision|firmware|driver|section|chapter|figure|§|\bver\.?|\bv\.?|Chrome|Chromium|CriOS|Edge?|EdgA|EdgiOS|OPR|Firefox|Electron|SamsungBrowser|YaBrowser|Vivaldi)["']?(?:\(["']|[\s=:/"'_-]{0,3}))`;
const IN_FILE = String.raw`(?![-_.+](?:x\d\d|win|linux|mac|osx|arm|amd|setup|exe|msix?|zip|dmg|pkg|deb|rpm|apk|aab|ipa|nupkg|jar|war|t?gz|tar|whl|gem|crate|dll|so\b)| \(?build\b)`;

export const HOSTS: readonly Rule[] = [
  rule(
    /[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-]|\.[0-9a-f]{4}\./i,
    /(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])|(?<![\w.])(?=[\d.]{0,13}[a-f])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])/gi,
    always('[mac]'),
  ),
  rule(
    /:[0-9a-f]{0,4}:/i,
    new RegExp(
      `(?<![0-9a-z])((?:[0-9a-f]{1,4}:|:(?=:))(?:[0-9a-f]{0,4}:){1,7}(?:${IPV4}|[0-9a-f]{1,4})?)(?![0-9a-z])(?=(.?))`,
      'gi',
    ),
    (found, _, next) => (isAddress(found, next) ? '[ip]' : found),
  ),
  // Names under which the domain name system and Windows know addresses.
  rule(
    /\.ip6\.|ipv6-literal/i,
    /(?<![\w-])(?:(?:[0-9a-f]\.){1,32}(?=ip6\.(?:arpa|int)\b)|[0-9a-f-]{2,45}(?=\.ipv6-literal\.net\b))/gi,
    (found) => (found.endsWith('.') ? '[ip].' : '[ip]'),
  ),
  rule(/\d\.\d/, new RegExp(String.raw`${VERSIONED}(?<!\d)${IPV4}(?!\d)${IN_FILE}`, 'gi'), always('[ip]')),
  // In octal, hexadecimal, and as one number, which means an address only as the host of one.
  rule(
    /0x|:\/\/\d|0\d{2,3}\./i,
    /(?<![\w.])(?:0x[0-9a-f]{1,2}(?:\.0x[0-9a-f]{1,2}){3}|0[0-3][0-7]{2}(?:\.0[0-7]{0,3}){3})(?![\w.])|(?<=:\/\/)(?:0x[0-9a-f]{1,8}|\d{8,10})(?=[/:?#\s]|$)/gi,
    always('[ip]'),
  ),
  rule(
    /\d[-_]\d{1,3}[-_]\d{1,3}[-_]\d/,
    new RegExp(
      String.raw`(?<!\d[-_]?)(?:(?:ip|ec2)[-_]?)?${OCTET}(?:-${OCTET}){3}(?![-_]?\d)|(?<!\d[-_]?)(?:(?:ip|ec2)[-_]?)?${OCTET}(?:_${OCTET}){3}(?![-_]?\d)`,
      'gi',
    ),
    when('[ip]', holdsOctet),
  ),
];

export const SECRET_STEPS: readonly Rule[] = [PATHS];
