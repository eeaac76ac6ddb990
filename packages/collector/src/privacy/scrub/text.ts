import { decodingOf } from './decode.ts';
import { applyRules } from './rule.ts';
import { RULES } from './rules.ts';

/** Everything that a rule can find has one of these, so that most texts are done after one look. */
const SUSPICIOUS =
  /[@:=?+%$~→>"'`/\\]|<[\w-]|[([{<][aä]t|--?\w|\d{3}|\d[. _-]\d|\b(?:is|was|ist|lautet|est|es|binding) |[éè] |passw|secret| at [\w-]+ dot |(?<![\w+-])[\w+-]{15}|\.ip6\.|ipv6-l|[\da-f]{4}\.[\da-f]{4}\.|0x[\da-f]{1,2}\.|\b(?:bearer|basic|for|user) |(?:mozilla|opera|dalvik)\//i;

/**
 * Takes out of a text what must not be kept: addresses, tokens, passwords and the like, by their known shapes, each
 * replaced by its kind in brackets. A text in which only another spelling hides something is kept as it reads without
 * it. What it finds and what it leaves is listed in docs/scrubbing.md. Names of people have no shape: no scrubber finds
 * them.
 *
 * @example scrubText('mail to jane@example.com from 192.0.2.1') === 'mail to [email] from [ip]'
 */
export const scrubText = (text: string): string => {
  const scrubbed = byRules(text);
  const read = decodingOf(scrubbed);
  if (read === scrubbed) return scrubbed;
  const again = byRules(read);
  return again === read ? scrubbed : again;
};

const byRules = (text: string): string => (SUSPICIOUS.test(text) ? applyRules(RULES, text) : text);
