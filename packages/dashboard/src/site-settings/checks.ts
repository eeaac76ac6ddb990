import { hostIn } from '../i18n/host-name.ts';
import { text } from '../i18n/text.ts';
import type { Check } from '../ui/use-check.ts';

/* Checks while somebody writes: coarser than the collector's, which has the last word. */

const by =
  (shape: RegExp, complaint: string): Check =>
  (value) =>
    shape.test(value.trim()) ? null : complaint;

/** A domain such as example.com, in its own letters or as browsers write it. */
const domainCheck = by(/^[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)*$/u, text.errors.not_a_domain);

/** An address that a domain can be taken from, such as https://example.com/. */
export const addressCheck: Check = (value) => domainCheck(hostIn(value));

/** A host, or `*.` and a host. */
export const hostPattern = by(/^(?:\*\.)?[^\s/\\?#@:*]+$/, text.errors.not_a_host);

/** A host and all below it. */
export const hostCheck = by(/^[^\s/\\?#@:*]+$/, text.errors.not_a_domain);

/** A path of a page, with `*` for any characters. */
export const pagePattern = by(/^\/[^?]*$/, text.errors.not_a_page);

/** A path of a page. */
export const pathCheck = by(/^\/(?!\/)/, text.errors.not_a_path);

/** An address or a network, of either kind. */
export const networkCheck = by(/^[0-9a-f.:]+(?:\/\d{1,3})?$/i, text.errors.not_a_network);

/** Name of a parameter in the query of an address. */
export const parameterCheck = by(/^[^\s=&#?]+$/, text.errors.not_a_parameter);
