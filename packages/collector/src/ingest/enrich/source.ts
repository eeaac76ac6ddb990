import { lookUp } from '../../lib/domain-lookup.ts';
import { SOURCES, type SourceKind } from './sources.ts';

/** Where someone came from. */
export interface Source {
  /** A name of {@link SOURCES}, or the place's own. */
  readonly name: string;
  readonly kind: SourceKind;
}

const entries = (Object.keys(SOURCES) as SourceKind[]).flatMap((kind) =>
  Object.entries(SOURCES[kind]).flatMap(([name, known]) =>
    [name.toLowerCase(), ...known.split(' ')].map((mark): [string, Source] => [mark, { name, kind }]),
  ),
);

const BY_MARK: ReadonlyMap<string, Source> = new Map(entries);

/** `google.de`, `google.com`, `google.co.uk`, `google.com.br`. */
const ENDING = /\.(?:com?\.[a-z]{2}|[a-z]{2}|com|net|org)$/;

/** The source that a value of `utm_source` stands for, be it a word or a host; undefined: it is not in the table. */
export const sourceOfTag = (tag: string): Source | undefined => {
  const mark = withoutWww(tag.trim().toLowerCase());
  return BY_MARK.get(mark) ?? (mark.includes('.') ? sourceOfHost(mark) : undefined);
};

/** The source that a host, without `www.`, belongs to; undefined: it is not in the table. */
export const sourceOfHost = (host: string): Source | undefined => {
  // A word without a dot is a value of utm_source, not a domain.
  const source = lookUp(host, (domain) => (domain.includes('.') ? BY_MARK.get(domain) : undefined));
  if (source !== undefined) return source;
  return ENDING.test(host) ? BY_MARK.get(host.replace(/^m\./, '').replace(ENDING, '.*')) : undefined;
};

/** A host as owners know it. */
export const withoutWww = (host: string): string => (host.startsWith('www.') ? host.slice(4) : host);
