import { CLICK_IDS } from './click-ids.ts';

/** The parameters of a link that tell where it stood, by the names below, each with the first value that is not empty. */
export type LinkTags = ReadonlyMap<string, string>;

/** Parameters that name a source where `utm_source` does not. */
export const SOURCE_PARAMETERS = ['source', 'ref'] as const;

/** Parameters of campaigns, and what Matomo calls the same. */
const CAMPAIGN: Readonly<Record<string, string>> = {
  utm_source: 'mtm_source pk_source',
  utm_medium: 'mtm_medium pk_medium',
  utm_campaign: 'mtm_campaign pk_campaign piwik_campaign',
  utm_content: 'mtm_content pk_content',
  utm_term: 'mtm_keyword mtm_kwd pk_keyword pk_kwd piwik_kwd',
  utm_id: 'mtm_cid pk_cid',
};

/** Pages may have others of their own that differ from these by a capital letter. */
const EXACT: ReadonlySet<string> = new Set(SOURCE_PARAMETERS);

const NAMES: ReadonlyMap<string, string> = new Map([
  ...SOURCE_PARAMETERS.map((name) => [name, name] as const),
  ...CLICK_IDS.map(({ parameter }) => [parameter.toLowerCase(), parameter] as const),
  ...Object.entries(CAMPAIGN).flatMap(([name, also]) =>
    [name, ...also.split(' ')].map((known) => [known, name] as const),
  ),
]);

/** What is left of `&amp;` where a link was copied from the source of a page. */
const COPIED = 'amp;';

/**
 * Reads the tags of a link.
 * @example readLinkTags(new URLSearchParams('?UTM_Source=a&gclid=')) // { utm_source: 'a' }
 */
export const readLinkTags = (query: URLSearchParams): LinkTags => {
  const tags = new Map<string, string>();
  query.forEach((value, key) => {
    const written = key.startsWith(COPIED) ? key.slice(COPIED.length) : key;
    const name = NAMES.get(written.toLowerCase());
    if (name === undefined || tags.has(name) || (EXACT.has(name) && name !== written)) return;
    const text = value.trim();
    if (text !== '') tags.set(name, text);
  });
  return tags;
};
