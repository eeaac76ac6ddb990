import { LONGEST_HOST, lookUp } from '../../lib/domain-lookup.ts';
import { hostPart } from '../../lib/host-text.ts';
import { kindOfApp, kindOfLabel } from './source-labels.ts';
import { brandOf, squeeze } from './source-words.ts';
import { SOURCE_KINDS, SOURCES, type SourceKind } from './sources.ts';

/** Where someone came from. */
export interface Source {
  /** A name of {@link SOURCES}, or the place's own. */
  readonly name: string;
  readonly kind: SourceKind;
  /** Only what was paid for is known by this mark. */
  readonly paid: boolean;
}

/** By domain, by app, by `name.*`, and with `=` before it by host. */
const BY_HOST = new Map<string, Source>();
const BY_WORD = new Map<string, Source>();

for (const kind of SOURCE_KINDS)
  for (const [name, known] of Object.entries(SOURCES[kind])) {
    const organic: Source = { name, kind, paid: false };
    // Of a name that is of several kinds the first counts.
    if (!BY_WORD.has(squeeze(name))) BY_WORD.set(squeeze(name), organic);
    for (const mark of known.trim().split(/\s+/)) {
      const text = mark.replace('$', '');
      const source = text === mark ? organic : { name, kind, paid: true };
      if (text.includes('.')) BY_HOST.set(text, source);
      else BY_WORD.set(squeeze(text), source);
    }
  }

/** `google.de`, `google.com`, `google.co.uk`, `google.com.br`, `google.cat`. */
const ENDING = /\.(?:com?\.[a-z]{2}|[a-z]{2}|com|net|org|cat)$/;

/** `com.example.app`: no host begins so. */
const APP = /^(?:com|org|net)\./;

/** What stands before a host that shows phones the same. */
const MOBILE = /^(?:m|mobile|wap|touch)\./;

/** The source that a value of `utm_source` stands for: a word, a host, an address, an app; undefined: it is not known. */
export const sourceOfTag = (tag: string): Source | undefined => {
  // Most are a word as it stands in the table.
  const word = BY_WORD.get(tag.toLowerCase());
  if (word !== undefined) return word;
  const text = hostOfTag(tag);
  const place = APP.test(text) ? sourceOfApp(text) : text.includes('.') ? sourceOfHost(text) : undefined;
  return place ?? BY_WORD.get(squeeze(text)) ?? brandOf(text, BY_WORD);
};

/** `https://example.com/`, `//example.com`, `example.com/page`. */
const ADDRESS = /^(?:[a-z][a-z\d+.-]*:)?\/\/|^[^/?#\s]+\.[a-z]{2,}[/?#:]/;

/** A value of `utm_source` in small letters; of an address the host. */
export const hostOfTag = (tag: string): string => {
  const text = tag.trim().toLowerCase();
  return withoutWww(ADDRESS.test(text) ? hostPart(text) : text);
};

/** What a source is called that is not known: as it is written, but hosts in one way. */
export const nameOfTag = (tag: string): string =>
  /^(?:www\.|(?:[a-z][a-z\d+.-]*:)?\/\/)/i.test(tag) ? hostOfTag(tag) : tag;

/** The source that a host, in small letters and without `www.`, belongs to; undefined: it is not known. */
export const sourceOfHost = (host: string): Source | undefined => {
  const exact = BY_HOST.get(`=${host}`);
  if (exact !== undefined) return exact;
  // A domain that is listed does not speak for the mail boxes below it, but for those it names itself.
  const at = lookUp(host, (domain) => (BY_HOST.has(domain) ? domain : undefined));
  const known = at === undefined ? ofEnding(host) : BY_HOST.get(at);
  if (at === host || known?.kind === 'email') return known;
  const told = kindOfLabel(host);
  if (told === undefined || (known !== undefined && told.kind !== 'email')) return known;
  return { name: known?.name ?? told.name ?? host, kind: told.kind, paid: false };
};

/** `google.*` for `m.google.de`. */
const ofEnding = (host: string): Source | undefined =>
  ENDING.test(host) ? BY_HOST.get(host.replace(MOBILE, '').replace(ENDING, '.*')) : undefined;

/** The source of an Android app, by its id, the beginning of it, or what it says: `org.telegram` stands for `org.telegram.plus`. */
export const sourceOfApp = (id: string): Source | undefined => {
  if (id.length > LONGEST_HOST) return undefined;
  for (let rest = id; rest.includes('.'); rest = rest.slice(0, rest.lastIndexOf('.'))) {
    const known = BY_HOST.get(rest);
    if (known !== undefined) return known;
  }
  const told = kindOfApp(id);
  return told === undefined ? sourceOfMaker(id) : { name: id, kind: told.kind, paid: false };
};

/** Who made an app, by the domain that its id begins with: `com.flipkart.android`. Portals have apps of all kinds. */
const sourceOfMaker = (id: string): Source | undefined => {
  const [top = '', second = ''] = id.split('.', 2);
  const host = `${second}.${top}`;
  const known = BY_HOST.get(host) ?? ofEnding(host);
  return known === undefined || PORTALS.has(known.kind) ? undefined : known;
};
const PORTALS: ReadonlySet<SourceKind> = new Set(['search', 'email']);

/** A host as owners know it. */
export const withoutWww = (host: string): string => (host.startsWith('www.') ? host.slice(4) : host);
