import { decodingOf } from './decode.ts';
import { RULES } from './rules.ts';

/** Everything that a rule can find has one of these, so that most texts are done after one look. */
const SUSPICIOUS =
  /[@:=?+%]|<\w|\d[\d. _-]{6}|(?<![\w+-])[\w+-]{15}|-----B|\.ip6\.|ipv6-l|0x[\da-f]{1,2}\.|\b(?:bearer|basic) |(?:mozilla|opera|dalvik)\//i;

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

const byRules = (text: string): string =>
  SUSPICIOUS.test(text)
    ? RULES.reduce(
        (rest, { hint, pattern, replace }) => (hint.test(rest) ? rest.replace(pattern, replace) : rest),
        text,
      )
    : text;
