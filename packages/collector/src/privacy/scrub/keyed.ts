import { isSecretKey, isSecretPhrase } from './keys.ts';
import { tellsState } from './states.ts';
import { valueSource } from './value.ts';

/** A name in any writing, and the two words before it. */
const LETTERS = String.raw`[\w\u00aa-\u1fff\u2c00-\ud7ff-]`;
const NAME = `(?<words>(?:${LETTERS}{1,24} ){0,2})(?<name>${LETTERS}{1,64})`;

/**
 * What closes a name: quotes as often escaped as there are texts within texts, brackets, the stars of Markdown. PostgreSQL
 * writes name and value in brackets: `(email)=(…)`.
 */
const CLOSE = String.raw`(?:\\{0,7}["'\x60”»])?(?:[\]}]|%5d|\)(?==\())?(?:\[[\w-]{0,32}\]){0,3}(?:\*\*)?`;

/**
 * What languages write between a name and its value. `::` is none: it stands between the names of a program. PHP writes
 * the length of a text before it: `s:8:"password";s:7:`.
 */
const BETWEEN = String.raw`(?:(?:[!+?|]{0,2}=(?:(?:>|&(?:gt|#62|#x3e);)\s{0,30}|={0,2})|:=|:[-?]?(?![:/]{2}|:)|(?<=[\s"'\]])[-~]>|[-~]>(?=[\s"'])|→|<-(?!\d)|%3[ad])(?:\*\*)?\s{0,3}|;s:\d{1,4}:)`;

/** What stands between is looked for, and only then the name before it. */
const SEPARATOR = new RegExp(BETWEEN, 'gi');
const BEFORE = new RegExp(String.raw`(?<=${NAME}${CLOSE}(?:\s{0,3}|[ \t]{4,40}))`, 'iy');

/** On a command line a space is enough: `--password hunter2`. */
const FLAG = /--?(?<=(?:^|[\s"'([])--?)(?<name>[a-z][\w-]{1,60})(?:=|\s{1,3}(?!-)|["'],\s?(?=["']))/gi;

const VALUE = new RegExp(valueSource('escaped'), 'iuy');

/** Words that go on with a name or an address, which few write in quotes. */
const NAMES =
  /name|street|address|strasse|straße|adresse|direcci|indirizzo|endereço|адрес|nombre|nome|apellido|prénom|naam|na[mv]n|nazwisko|famille|фамилия/i;
/** Small words within them, of which another follows: `Rua das Flores`, `12 rue des Lilas`. */
const PARTICLES =
  '(?:(?:d[aeio]s?|d[eu]l|du|della|la|le|les|von|van|der|den|zu|y|rue|avenue|boulevard|place|chemin|calle|avenida|via|rua|ul\\.) ){0,3}';
const MORE_OF_NAME = new RegExp(
  String.raw`(?:,? ${PARTICLES}(?:\p{Lu}[\p{L}\p{M}.'’-]*|\d{1,5}[a-z]?(?![\p{L}\p{N}:=]))(?![\p{L}\p{N}=:])){1,8}`,
  'uy',
);
const PHRASE = /phrase|mnemonic|words/i;
/** What a rule has left: `[email]: not delivered`. */
const MARK = /^(?:email|ip|phone|user|iban|token)$/;
const MORE_OF_PHRASE = /(?:[ ,]{1,2}[a-z]{2,12}(?![\p{L}\p{N}=:])){2,24}/uy;
const NO_MORE = /(?!)/y;

/** A call without what it is given, or a part of what has the name: `token = getToken()`, `user => user.id`. */
const isCode = (value: string, name: string): boolean =>
  /^(?:await|async|new|typeof|[a-z_$][\w$.]{0,60}\()$/i.test(value) || value.startsWith(`${name}.`);

const NEXT_WORD = / \p{L}{2,20}(?![\p{L}\p{N}])/uy;

/** Where a type is told, not a value: `user: User | undefined`. */
const TYPES = / \| (?:null|undefined|string|number)/y;
/** Where an address of the memory is printed. */
const POINTER = /^0x[\da-f]{1,16}\b/i;
/** What compilers say of a text: its next word is no secret. */
const SYNTAX = /expected $/i;

/** Kinds of errors are named after what they are about: a sentence follows, if not what was wrong itself. */
const FAULT = /(?:error|exception|warning|failure|fault)$/i;
const MIXED = /^[^\s]*(?:\d[^\s]*[a-z]|[a-z][^\s]*\d)/i;

/** Takes the value out behind each name of a secret: `password=hunter2` → `password=[removed]`. */
export const removeKeyed = (text: string): string =>
  removeAfter(
    FLAG,
    removeAfter(SEPARATOR, text, (at) => matchAt(BEFORE, text, at)?.groups),
  );

const removeAfter = (
  pattern: RegExp,
  text: string,
  nameAt?: (at: number) => Readonly<Record<string, string>> | undefined,
): string => {
  let kept = '';
  let from = 0;
  for (const { 0: found, index, groups } of text.matchAll(pattern)) {
    if (index < from) continue;
    const { name = '', words = '' } = (nameAt === undefined ? groups : nameAt(index)) ?? {};
    if (!(isSecretKey(name) || isSecretPhrase(words + name))) continue;
    const valueAt = index + found.length;
    if (SYNTAX.test(words) || (found.startsWith(':') && text[index - 1] === ']' && MARK.test(name))) continue;
    const end = endOfValue(text, words + name, valueAt);
    if (end === undefined || (FAULT.test(name) && !MIXED.test(text.slice(valueAt, end)))) continue;
    kept += `${text.slice(from, valueAt)}[removed]`;
    from = end;
  }
  return from === 0 ? text : kept + text.slice(from);
};

/** Where what must not be kept ends; undefined if the value tells of a state. */
const endOfValue = (text: string, name: string, valueAt: number): number | undefined => {
  const value = match(VALUE, text, valueAt);
  const end = valueAt + value.length;
  const more = NAMES.test(name) ? MORE_OF_NAME : PHRASE.test(name) ? MORE_OF_PHRASE : NO_MORE;
  const ended = end + match(more, text, end).length;
  if (ended > end) return ended;
  const isPointer = POINTER.test(value) && /address/i.test(name);
  return value === '' ||
    isPointer ||
    isCode(value, name) ||
    tellsState(value) ||
    tellsState(value + match(NEXT_WORD, text, end)) ||
    match(TYPES, text, end) !== ''
    ? undefined
    : end;
};

const matchAt = (sticky: RegExp, text: string, at: number): RegExpExecArray | null => {
  sticky.lastIndex = at;
  return sticky.exec(text);
};
const match = (sticky: RegExp, text: string, at: number): string => matchAt(sticky, text, at)?.[0] ?? '';
