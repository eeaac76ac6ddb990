// biome-ignore-all lint/suspicious/noTemplateCurlyInString: They are parts of sources.
import { type Mutation, mutationsOf } from './mutation.ts';

const TEXT = ['privacy/scrub/text.test.ts'];

export const SCRUBBING: readonly Mutation[] = [
  ...mutationsOf('privacy/scrub/rules.ts', TEXT, [
    ['who signs in at an address is kept', "address.replace(/^([a-z]+:\\/\\/)[^/]*@/i, '$1')", 'address'],
    ['dates between hyphens are addresses', "when('[ip]', holdsOctet)", "always('[ip]')"],
    ['any colons are an address', "when('[ip]', isIPv6)", "always('[ip]')"],
    ['numbers like an account are one', "when('[iban]', hasIbanChecksum)", "always('[iban]')"],
    ['the names of scripts are secrets', '!SCRIPT.test(after) && ', ''],
    ['identifiers are kept', "always('[id]')", '(found) => found'],
    ['phone numbers are kept', "always('[phone]')", '(found) => found'],
    ['user agents are kept', "always('[agent]')", '(found) => found'],
    ['hardware addresses are kept', "always('[mac]')", '(found) => found'],
    ['keys are kept', "always('[key]')", '(found) => found'],
  ]),
  ...mutationsOf('privacy/scrub/checksums.ts', TEXT, [
    ['cards are not known', 'value > 9 ? value - 9 : value', 'value'],
    ['accounts are not known', '=== 1;', '=== 0;'],
  ]),
  ...mutationsOf('privacy/scrub/decode.ts', TEXT, [
    ['what is escaped three times is kept', 'MOST_LAYERS = 3', 'MOST_LAYERS = 2'],
    ['characters of no width hide what is between them', ".replace(INVISIBLE, '')", ''],
    ['digits of other writing hide a number', '.replace(OTHER_DIGIT, digitValue)', ''],
    ['entities hide a character', '.replace(ENTITY, entity)', ''],
    ['escapes of a program hide a character', '.replace(UNICODE, character)', ''],
    ['a wide dot hides an address', ".replace(WIDE_DOT, '.')", ''],
  ]),
  ...mutationsOf('privacy/scrub/text.ts', TEXT, [
    ['what is spelled otherwise is kept', 'again === read ? scrubbed : again', 'scrubbed'],
  ]),
  ...mutationsOf(
    'privacy/scrub/path.ts',
    ['privacy/scrub/path.test.ts'],
    [
      ['a short secret is kept in a path', "return '[token]';", 'return step;'],
      ['the query is kept', ".replace(/\\?.*/s, '')", ''],
      ['parameters of a step are kept', ".replace(/;[^=/]{0,64}=.*$/s, '')", ''],
      ['any fragment is a route', "/^#!?\\//.test(fragment) ? fragment : ''", 'fragment'],
    ],
  ),
  ...mutationsOf(
    'privacy/scrub/props.ts',
    ['privacy/scrub/props.test.ts'],
    [
      ['another spelling of a name keeps a secret', 'isSecretKey(decodingOf(given))', 'isSecretKey(given)'],
      ['of two names that become one a value is lost', 'unused(name, kept)', 'name'],
      ['addresses keep their query', 'scrubText(origin) + scrubPath(path)', 'scrubText(value)'],
    ],
  ),
  ...mutationsOf(
    'privacy/scrub/keys.ts',
    ['privacy/scrub/props.test.ts', 'privacy/scrub/text.test.ts'],
    [
      ['names that end as those of secrets are secret', '|(?<![a-z0-9])${anyOf', '|${anyOf'],
      ['a secret in the middle of a name is kept', "name.replace(WORD_START, '_')", 'name'],
    ],
  ),
];
