import fc from 'fast-check';

/** Random secrets of every kind that scrubbing knows, and random places for them. */

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const ALNUM = `${CAPITALS}${CAPITALS.toLowerCase()}${DIGITS}`;

const chars = (alphabet: string, least: number, most = least): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: least, maxLength: most });
const bytes = (length: number, encoding: BufferEncoding): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array).toString(encoding));
const join = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(''));
const just = (text: string): fc.Arbitrary<string> => fc.constant(text);

/** With the last digit that makes Luhn's checksum right (ISO/IEC 7812-1, annex B). */
const withLuhn = (digits: string): string => {
  const sum = [...digits]
    .reverse()
    .map((digit, place) => Number(digit) * (place % 2 === 0 ? 2 : 1))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return digits + String((10 - (sum % 10)) % 10);
};
const grouped = (text: string, separator: string): string => text.replace(/.{4}(?=.)/g, `$&${separator}`);

/** What makers of cards begin their numbers with, and how long those are. */
const card = fc
  .constantFrom<readonly [string, number]>(
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['2221', 16],
    ['2720', 16],
    ['34', 15],
    ['37', 15],
    ['36', 14],
    ['6011', 16],
    ['65', 16],
    ['3528', 16],
    ['62', 19],
    ['2200', 16],
  )
  .chain(([start, length]) => chars(DIGITS, length - start.length - 1).map((rest) => withLuhn(start + rest)))
  .chain((number) =>
    number.length === 16
      ? fc.constantFrom('', ' ', '-', '.', '_').map((separator) => grouped(number, separator))
      : just(number),
  );

/** With the two digits that make the remainder 1 (ISO 13616). */
const iban = fc
  .oneof(
    chars(DIGITS, 18).map((rest) => ['DE', rest] as const),
    join(chars(CAPITALS, 4), chars(DIGITS, 14)).map((rest) => ['GB', rest] as const),
    chars(DIGITS, 20).map((rest) => ['ES', rest] as const),
    join(chars(DIGITS, 10), chars(ALNUM, 11), chars(DIGITS, 2)).map((rest) => ['FR', rest.toUpperCase()] as const),
    chars(DIGITS, 11).map((rest) => ['NO', rest] as const),
  )
  .map(([country, rest]) => {
    const spelled = [...`${rest}${country}00`].map((char) => String(Number.parseInt(char, 36))).join('');
    return `${country}${String(98n - (BigInt(spelled) % 97n)).padStart(2, '0')}${rest}`;
  })
  .chain((number) => fc.constantFrom('', ' ').map((separator) => grouped(number, separator)));

const label = chars(`${CAPITALS.toLowerCase()}${DIGITS}`, 4, 12).map((text) => `a${text}`);
const mail = fc.oneof(
  join(
    label,
    fc.constantFrom('', '.k', '+x', '_y', '-z'),
    just('@'),
    label,
    fc.constantFrom('.com', '.co.uk', '.museum'),
  ),
  join(
    label,
    just('@'),
    fc.constantFrom('bücher.example', 'пример.рф', '例え.テスト', 'xn--bcher-kva.example', 'مثال.إختبار'),
  ),
  join(label, just('@'), fc.constantFrom('localhost', '[192.0.2.1]', '192.0.2.1')),
  join(label, fc.constantFrom(' (at) ', '[at]', ' {at} '), label, fc.constantFrom(' (dot) com', '[dot]com', '.org')),
);

const group = fc.integer({ min: 0x1000, max: 0xffff }).map((number) => number.toString(16));
const octet = fc.integer({ min: 1, max: 254 }).map(String);
const ipv4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
const ipv6 = fc
  .tuple(group, group, group, group, group, group, ipv4)
  .chain(([a, b, c, d, e, f, four]) =>
    fc.constantFrom(
      `2001:${a}:${b}:${c}:${d}:${e}:${f}:1`,
      `2001:db8::${a}:${b}`,
      `2a02:${a}:${b}::${c}`,
      `fe80::${a}:${b}:${c}:${d}`,
      `::ffff:${four}`,
      `64:ff9b::${four}`,
      `2001:${a}::`,
      `2001:0db8:0000:${a}:${b}:${c}:${d}:${e}`,
    ),
  )
  .chain((address) => fc.constantFrom(address, address.toUpperCase()));

/** By their look alone, wherever they stand. */
export const SHAPED: Readonly<Record<string, fc.Arbitrary<string>>> = {
  card,
  iban,
  mail,
  ipv4,
  ipv6,
  uuid: fc.uuid(),
  mac: fc.tuple(...Array.from({ length: 6 }, () => bytes(1, 'hex'))).map((parts) => parts.join(':')),
  phone: join(fc.constantFrom('+49 ', '+1', '+44 ', '+351'), chars('123456789', 3), just(' '), chars(DIGITS, 6)),
  jwt: join(just('eyJhbGciOiJIUzI1NiJ9.'), bytes(30, 'base64url'), just('.'), bytes(32, 'base64url')),
  hex: bytes(16, 'hex').filter((text) => /\d/.test(text) && /[a-f]/.test(text)),
  aws: join(fc.constantFrom('AKIA', 'ASIA'), chars(CAPITALS + DIGITS, 16)),
  github: join(fc.constantFrom('ghp_', 'gho_', 'ghs_'), chars(ALNUM, 36)),
  slack: join(just('xoxb-'), chars(DIGITS, 12), just('-'), chars(ALNUM, 24)),
  stripe: join(fc.constantFrom('sk_live_', 'rk_test_', 'pk_live_'), chars(ALNUM, 24)),
  google: join(just('AIza'), chars(ALNUM, 35)),
  sendgrid: join(just('SG.'), chars(ALNUM, 22), just('.'), chars(ALNUM, 43)),
  npm: join(just('npm_'), chars(ALNUM, 36)),
  openai: join(just('sk-proj-'), chars(ALNUM, 40)),
  telegram: join(chars('123456789', 9), just(':AA'), chars(ALNUM, 33)),
  vault: join(just('hvs.'), chars(ALNUM, 24)),
  bcrypt: join(fc.constantFrom('$2y$10$', '$2b$12$'), chars(`${ALNUM}./`, 53)),
  bearer: bytes(18, 'base64url')
    .filter((text) => /\d/.test(text))
    .map((text) => `Bearer ${text}`),
};

/** A password that is no word and has nothing that would end it. */
export const password = join(
  chars(ALNUM, 3, 8),
  fc.constantFrom('!', '#', '*', '-', '_', '.', '~', '7'),
  chars(DIGITS, 3),
  chars(ALNUM, 1, 6),
);

export const keyName = fc.constantFrom(
  'password',
  'PASSWORD',
  'db_password',
  'userPassword',
  'passwd',
  'pwd',
  'api_key',
  'apiKey',
  'API-KEY',
  'access_token',
  'refreshToken',
  'client_secret',
  'X-Auth-Token',
  'pin',
  'otp',
  'session_id',
  'csrf',
  'Passwort',
  'contraseña',
  'senha',
  'hasło',
  'пароль',
  'parola',
  'wachtwoord',
  'lösenord',
  '密码',
  'パスワード',
  '비밀번호',
  'κωδικός',
  'mot_de_passe',
);

/** How languages and formats write a key and its value. */
export const PAIRS: readonly ((key: string, value: string) => string)[] = [
  (key, value) => `${key}=${value}`,
  (key, value) => `${key}: ${value}`,
  (key, value) => `${key} = "${value}"`,
  (key, value) => `${key}='${value}' more`,
  (key, value) => `${key} => "${value}"`,
  (key, value) => `:${key}=>"${value}"`,
  (key, value) => `'${key}' => '${value}',`,
  (key, value) => `"${key}"=>"${value}"`,
  (key, value) => `${key} := "${value}"`,
  (key, value) => `${key} -> ${value}`,
  (key, value) => `{"${key}":"${value}","n":1}`,
  (key, value) => JSON.stringify({ a: JSON.stringify({ [key]: value }) }),
  (key, value) => JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ [key]: value }) }) }),
  (key, value) => `{'${key}': '${value}', 'n': 1}`,
  (key, value) => `{b'${key}': b'${value}'}`,
  (key, value) => `Config { ${key}: Some("${value}"), n: 1 }`,
  (key, value) => `map[${key}:${value} n:1]`,
  (key, value) => `User(id=1, ${key}=${value}, n=2)`,
  (key, value) => `["${key}"]=>\n  string(9) "${value}"`,
  (key, value) => `s:8:"${key}";s:9:"${value}";`,
  (key, value) => `config["${key}"] = "${value}"`,
  (key, value) => `user[${key}]=${value}&n=1`,
  (key, value) => `a=1&${key}=${value}&b=2`,
  (key, value) => `Server=db;${key}=${value};n=1`,
  (key, value) => `${key}: |\n  ${value}\n`,
  (key, value) => `level=info ${key}=${value} n=1`,
  (key, value) => `**${key}:** ${value}`,
  (key, value) => `[${key}] => ${value}`,
  (key, value) => `WHERE ${key} = '${value}' AND n = 1`,
  (key, value) => `INSERT INTO t (id, ${key}) VALUES (1, '${value}')`,
  (key, value) => `setItem('${key}', '${value}')`,
  (key, value) => `[["${key}", "${value}"]]`,
  (key, value) => `{"name":"${key}","value":"${value}"}`,
  (key, value) => `<input name="${key}" value="${value}">`,
  (key, value) => `<add key="${key}" value="${value}"/>`,
  (key, value) => `<property name="${key}">${value}</property>`,
  (key, value) => `form-data; name="${key}"\r\n\r\n${value}\r\n--x`,
];

/** How the characters of a text are spelled. */
export const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  (text) => text.replace(/./gsu, (char) => `&#${char.codePointAt(0)};`),
  (text) => text.replace(/[^\w\s]/gu, (char) => `&#x${char.codePointAt(0)?.toString(16)};`),
  (text) => text.replace(/[^\w\s]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  (text) => text.replace(/["<>&']/g, (char) => `&#${char.charCodeAt(0)};`),
  (text) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
];

/** What stands around, in several languages and formats. */
export const around = fc
  .tuple(
    fc.constantFrom(
      '',
      'Error: ',
      'login failed (',
      'a, b; ',
      '"',
      "'",
      'von ',
      'x\n',
      '{"a":"',
      '<b>',
      '日本 ',
      'ошибка: ',
      '\tat f ',
      '- ',
      '# ',
      '> ',
    ),
    fc.constantFrom(
      '',
      ' ',
      ')',
      '"',
      "'",
      ', next',
      '; more',
      '\n    at f (a.js:1:2)',
      '</b>',
      ' 日本',
      '.',
      '!',
      ' | end',
    ),
  )
  .map(
    ([before, after]) =>
      (text: string) =>
        before + text + after,
  );
