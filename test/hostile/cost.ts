import type { IncomingMessage } from 'node:http';
import { FieldError } from '../../packages/collector/src/http/field-error.ts';
import { read } from '../../packages/collector/src/http/parse.ts';
import { createAnonymise } from '../../packages/collector/src/ingest/anonymise.ts';
import { isDrop } from '../../packages/collector/src/ingest/drop.ts';
import { withoutInjected } from '../../packages/collector/src/ingest/errors/without-injected.ts';
import { senderOf } from '../../packages/collector/src/ingest/receive.ts';
import { createValidate } from '../../packages/collector/src/ingest/validate.ts';
import { createVisit } from '../../packages/collector/src/ingest/visits/visit.ts';
import { VisitMemory } from '../../packages/collector/src/ingest/visits/visit-memory.ts';
import { parseTrusted } from '../../packages/collector/src/lib/ip-address.ts';
import { openGeo } from '../../packages/collector/src/privacy/geo.ts';
import { VisitorKeys } from '../../packages/collector/src/privacy/keys.ts';
import { DIFFERENCES } from '../../packages/collector/src/sites/rules.ts';
import { type Site, site, siteChange } from '../../packages/collector/src/sites/site.ts';
import { lineOf } from '../../packages/collector/src/store/lines.ts';

/** The longest body that is read. */
export const BODY = 64 * 1024;
/** Node takes no more of all headers together. */
export const HEADERS = 16 * 1024;

const AT = Date.parse('2026-03-10T12:00:00Z');
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0';
/** The least that can be counted. */
export const GOOD = { s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] };

const plain = site.parse({
  id: 's',
  domain: 'example.com',
  name: 'Example',
  timezone: 'Europe/Berlin',
  created: '2026-01-01T00:00:00Z',
});

/** 200 of something. */
export const many = (make: (i: number) => string): string[] => Array.from({ length: 200 }, (_, i) => make(i));

/** As many rules as a site can have; none fits before all of it is looked at. */
export const strict = site.parse({
  ...plain,
  ...read(siteChange, {
    hostnames: many((i) => `*.${'a.'.repeat(100)}${i}.example`).with(0, 'example.com'),
    ignoredAddresses: many((i) => `2001:db8:${i}::/48`),
    blockedCountries: ['AQ'],
    excludedPages: many((i) => `/${'a*'.repeat(90)}${i}*b`),
    blockedSources: many((i) => `${'a.'.repeat(100)}${i}.example`),
    ignoredReferrers: many((i) => `${'b.'.repeat(100)}${i}.example`),
    mergedPages: [...DIFFERENCES],
  }),
});

const geo = await openGeo();
const trusted = parseTrusted('127.0.0.1, 10.0.0.0/8, fd00::/8');

/** A request. */
export interface Sent {
  readonly body?: string | object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly to?: Site;
}

/** What it took, and what came of it. */
export interface Taken {
  readonly ms: number;
  /** Rows, or why there are none: the reason of a drop, the field that is wrong. */
  readonly became: number | string;
}

/** All that a collector which has met nobody yet does with a request before its rows are kept. */
export const take = ({ body = GOOD, headers = {}, to = plain }: Sent): Taken => {
  const validate = createValidate(() => to);
  const anonymise = createAnonymise({ geo, keys: new VisitorKeys(AT) });
  const visit = createVisit({ memory: new VisitMemory(1000), random: () => 1 });
  const incoming = { headers: { 'user-agent': AGENT, ...headers }, socket: { remoteAddress: '127.0.0.1' } };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (Buffer.byteLength(text) > BODY) throw new Error('no such body is read');

  const run = (): number | string => {
    try {
      const sender = senderOf(incoming as unknown as IncomingMessage, { trusted, clientHeader: null });
      const anonymous = anonymise(validate({ at: AT, sender, body: text }));
      return isDrop(anonymous) ? anonymous.drop : visit(withoutInjected(anonymous)).rows.map(lineOf).length;
    } catch (cause) {
      if (cause instanceof FieldError) return cause.field;
      throw cause;
    }
  };
  const began = process.cpuUsage();
  const became = run();
  const { user, system } = process.cpuUsage(began);
  return { ms: (user + system) / 1000, became };
};

/** A piece again and again, with an end that most patterns do not expect. */
export const pumped = (piece: string, length: number, end = ''): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length - end.length) + end;
