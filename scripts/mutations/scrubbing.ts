// biome-ignore-all lint/suspicious/noTemplateCurlyInString: They are parts of sources.
import { type Mutation, mutationsOf } from './mutation.ts';

const TEXT = ['privacy/scrub/text.test.ts'];
const CORPUS = ['privacy/scrub/corpus.test.ts'];

export const SCRUBBING: readonly Mutation[] = [
  ...mutationsOf('privacy/scrub/addresses.ts', TEXT, [
    ['who signs in at an address is kept', "address.replace(/^([a-z]+:\\/\\/)[^/]*@/i, '$1')", 'address'],
    ['dates between hyphens are addresses', "when('[ip]', holdsOctet)", "always('[ip]')"],
    ['any colons are an address', 'isIPv6(found) &&', 'true &&'],
    ['hardware addresses are kept', "always('[mac]')", '(found) => found'],
  ]),
  ...mutationsOf('privacy/scrub/addresses.ts', CORPUS, [
    ['pictures for a scale are addresses', '(?!${FILE})', ''],
    ['versions are addresses', '${VERSIONED}(?<!\\d)', '(?<!\\d)'],
    ['names of folders are kept', "${OWNER}`, 'g'), after('[user]')", "${OWNER}`, 'g'), (found) => found"],
  ]),
  ...mutationsOf('privacy/scrub/credentials.ts', TEXT, [
    ['identifiers are kept', "always('[id]')", '(found) => found'],
    ['user agents are kept', "always('[agent]')", '(found) => found'],
    ['keys are kept', "always('[key]')", '(found) => found'],
  ]),
  ...mutationsOf('privacy/scrub/numbers.ts', TEXT, [
    ['numbers like an account are one', "when('[iban]', hasIbanChecksum)", "always('[iban]')"],
    ['phone numbers are kept', "{7,14}(?!\\d)/gi, always('[phone]')", '{7,14}(?!\\d)/gi, (found) => found'],
  ]),
  ...mutationsOf('privacy/scrub/numbers.ts', CORPUS, [['numbers of orders are cards', '${ORDER}(?<!', '(?<!']]),
  ...mutationsOf('privacy/scrub/runs.ts', TEXT, [
    ['the names of scripts are secrets', 'CODE.test(after) ||', 'false ||'],
  ]),
  ...mutationsOf('privacy/scrub/runs.ts', CORPUS, [['the names of pods are secrets', ' || isPod(bare)', '']]),
  ...mutationsOf('privacy/scrub/keyed.ts', CORPUS, [
    ['states are secrets', 'tellsState(value) ||\n    tellsState(value + match(NEXT_WORD, text, end)) ||\n    ', ''],
    ['the rest of a name is kept', 'NAMES.test(name) ? MORE_OF_NAME', 'false ? MORE_OF_NAME'],
    [
      'flags of a command keep their value',
      'removeAfter(\n    FLAG,\n    ',
      '((_: RegExp, text: string) => text)(\n    FLAG,\n    ',
    ],
  ]),
  ...mutationsOf('privacy/scrub/markup.ts', CORPUS, [
    ['the content of elements is kept', 'isSecretKey(name) && !tellsState(content)', 'false'],
    ['attributes keep their value', "tag.replace(VALUED, '$1[removed]')", 'tag'],
  ]),
  ...mutationsOf('privacy/scrub/statements.ts', CORPUS, [
    ['rows are kept', 'isSecretKey(column.trim())', 'false'],
    ['arguments are kept', 'OPENS.test(name)', 'false'],
  ]),
  ...mutationsOf(
    'privacy/scrub/steps.ts',
    ['privacy/scrub/corpus.test.ts'],
    [
      ['words with a number are secrets', '!(NUMBERED.test(part) &&', '!(false &&'],
      ['a number between hides a secret', '!(isNumber || wasCode)', '!wasCode'],
      ['a code between hides a secret', '|| isCode(decodingOf(step));', ';'],
      ['a doubled slash hides a secret', "while (steps[at] === '') at -= 1;", ''],
    ],
  ),
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
      ['a short secret is kept in a path', "if (isSecretStep(read, steps, index)) return '[token]';", ''],
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
      ['names that end as those of secrets are secret', '|(?<![a-z0-9\\\\u00aa-\\\\u1fff])${anyOf', '|${anyOf'],
      ['a secret in the middle of a name is kept', "name.replace(WORD_START, '_')", 'name'],
    ],
  ),
];
