import { CLICK_IDS } from './click-ids.ts';
import type { LinkTags } from './link-tags.ts';
import { type Source, sourceOfTag } from './source.ts';

/** A click id in a link, and whose it is. */
export interface Click {
  readonly network: Source;
  readonly paid: boolean;
}

/** By parameter, in the order in which they count. */
const CLICKS: ReadonlyMap<string, Click & { readonly rank: number }> = new Map(
  CLICK_IDS.flatMap(({ parameter, source, paid }, rank) => {
    const network = sourceOfTag(source);
    return network === undefined ? [] : [[parameter, { network, paid, rank }]];
  }),
);

/** Engines that show advertisements of nobody but themselves. */
const ALONE = ['Google', 'Yandex', 'Baidu', 'Naver', 'Seznam', 'Sogou'];

/** Engines that show none of a network's: their own, or those of another. */
const RIVALS: Readonly<Record<string, readonly string[]>> = {
  Google: [...ALONE, 'Bing', 'MSN', 'DuckDuckGo', 'Yahoo', 'Qwant'],
  Bing: ALONE,
  Yandex: [...ALONE, 'Bing', 'DuckDuckGo'],
};

/**
 * The click id of a link that says something here; undefined: none. A link with a click id is often passed on, so one
 * counts only where its network has advertisements: not on a network of someone else's.
 * @param from the source that the referrer is known for
 */
export const clickIn = (tags: LinkTags, from: Source | undefined): Click | undefined => {
  let first: (Click & { readonly rank: number }) | undefined;
  for (const name of tags.keys()) {
    const click = CLICKS.get(name);
    if (click === undefined || (first !== undefined && first.rank < click.rank)) continue;
    if (!click.paid || mayStandAt(click.network, from)) first = click;
  }
  return first;
};

const mayStandAt = (network: Source, from: Source | undefined): boolean => {
  if (from === undefined || from.name === network.name) return true;
  if (network.kind === 'ads' || network.kind === 'affiliate') return true;
  switch (from.kind) {
    case 'search':
      return network.kind === 'search' && RIVALS[network.name]?.includes(from.name) !== true;
    case 'video':
    case 'email':
      return network.kind === 'search';
    case 'social':
    case 'ai':
    case 'shopping':
      return false;
    default:
      return true;
  }
};
