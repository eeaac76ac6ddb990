import type { Level, WidthClass } from '@passerby/sdk/wire';
import type { BrowserKey } from '../privacy/browser-key.ts';
import type { Site } from '../sites/site.ts';
import type { Row } from '../store/row.ts';
import type { Left, MendReason } from './drop.ts';
import type { ClientHints } from './enrich/client-hints.ts';

/**
 * One type per stage. A beacon is the unit: what its items share is worked out once. The visitor's address, user agent and
 * client hints are fields of the first two types only, so code after `anonymise` that asks for them does not compile.
 */

/** What the client's request said of the client. */
export interface Sender {
  /** Address of the client: IPv4, or IPv6 without a zone. */
  readonly address: string;
  /** The `User-Agent` header; empty if there is none. */
  readonly agent: string;
  /** The client hints that it sends unasked. */
  readonly hints: ClientHints;
  /** The `Accept-Language` header; empty if there is none. */
  readonly languages: string;
  /** The browser asks by Global Privacy Control not to be counted. */
  readonly gpc: boolean;
  /** The browser asks by Do Not Track not to be counted. */
  readonly dnt: boolean;
  /** The browser fetches ahead (`Sec-Purpose`, `Purpose`, `X-Moz`). */
  readonly prefetch: boolean;
}

/** Taken off the network: the body is still what anyone may have sent. */
export interface ReceivedBeacon {
  /** Unix milliseconds at which it arrived. */
  readonly at: number;
  readonly sender: Sender;
  readonly body: string;
  /** `image`: the address of an image was the beacon, see `pixel-endpoint.ts`. Missing: it was sent as one. */
  readonly via?: 'image';
}

/** Understood and of a known site. */
export interface ValidBeacon extends Shared {
  readonly sender: Sender;
  /** The page's address as sent: still with its query and whatever was typed into it. Of an e-mail it is the site's. */
  readonly url: URL;
  /** The referrer as sent; null: none, or no address. */
  readonly referrer: URL | null;
  readonly title: string;
  readonly items: readonly Hit[];
}

/** Nothing in it tells who it was, but for a key that dies with the process. */
export interface AnonymousBeacon extends Shared {
  /** In memory only; cannot be written. */
  readonly browserKey: BrowserKey;
  readonly page: Page;
  /** What a visit that this beacon starts would be frozen with. */
  readonly origin: Origin;
  readonly client: Client;
  readonly items: readonly Hit[];
}

/** Its hits have found their visits: these are the rows. */
export interface VisitedBeacon {
  readonly at: number;
  /** One of each item that is counted. */
  readonly rows: readonly Row[];
  /** See {@link Shared.left}; and how many of those that are counted were mended, by reason. */
  readonly left: Left;
  /** Makes the visits be as if the beacon had not come. Beacons are undone in turn, the latest first. */
  readonly undo: () => void;
}

interface Shared {
  /** Unix milliseconds at which it arrived. */
  readonly at: number;
  readonly site: Site;
  /** Batch id; null: the sender gave none. */
  readonly batch: string | null;
  readonly release: string;
  readonly screen: WidthClass | '';
  /** Properties of the page. */
  readonly props: Properties;
  /** How it was reported, see {@link Row.via}. */
  readonly via: Row['via'];
  /** What became of items so far that are not in `items`. Each stage may add to it. */
  readonly left: Left;
}

/** Where a hit happened: scrubbed, without query but for what the owner says is part of the page. */
export interface Page {
  readonly hostname: string;
  readonly path: string;
  readonly title: string;
}

/** Where a visit came from. */
export interface Origin {
  readonly source: string;
  readonly channel: string;
  readonly referrer: string;
  readonly utm_source: string;
  readonly utm_medium: string;
  readonly utm_campaign: string;
  readonly utm_content: string;
  readonly utm_term: string;
}

/** What the browser is, in classes with many members each. */
export interface Client {
  readonly browser: string;
  readonly browser_version: string;
  readonly os: string;
  readonly os_version: string;
  readonly device: string;
  readonly language: string;
  readonly country: string;
  /** Empty where the site does not keep it; `city` likewise. */
  readonly region: string;
  readonly city: string;
}

/** One item of a beacon. `at` is the time it happened, Unix milliseconds. Texts are scrubbed by `anonymise`. */
export type Hit = Reported & {
  /** What of it is not as it was sent: told where it is counted. Missing: nothing. */
  readonly mended?: readonly MendReason[];
};

type Reported =
  | { readonly kind: 'view'; readonly at: number }
  | {
      readonly kind: 'event';
      readonly at: number;
      readonly name: string;
      readonly props: Properties;
      /** Missing: none. */
      readonly revenue?: Revenue;
      /** Missing: it is, and ends its visit's being a bounce. */
      readonly interactive?: false;
    }
  /** Somebody opened the e-mail of this name. */
  | { readonly kind: 'open'; readonly at: number; readonly name: string }
  | {
      readonly kind: 'engagement';
      readonly at: number;
      /** Since the report before: milliseconds the page was visible, and how much further it was seen, in percent. */
      readonly ms: number;
      readonly scroll: number;
      /** The same since the view began, this report included. */
      readonly viewMs: number;
      readonly viewScroll: number;
    }
  | {
      readonly kind: 'log';
      readonly at: number;
      readonly severity: Level;
      readonly message: string;
      readonly props: Properties;
    }
  | { readonly kind: 'error'; readonly at: number; readonly message: string; readonly stack: string };

/** An amount of money. */
export interface Revenue {
  /** Thousandths of the currency, a whole number. */
  readonly amount: number;
  /** ISO 4217, in capitals. */
  readonly currency: string;
}

/** Properties as they are kept. */
export type Properties = Readonly<Record<string, string>>;
