/** Names of secrets: they count wherever they stand in a name, as in `access_token` and `csrfTokenValue`. */
const SECRETS =
  'password passwd passwort passphrase secret token credential jwt authorization signature api[_-]?key access[_-]?key private[_-]?key sess(?:ion)?[_-]?id';

/** Names of what is secret or says who someone is, as the last word of a name: `client_ip`, but not `ip_version`. */
const PERSONAL =
  'pass pwd pw pin otp auth csrf xsrf sid session cookie ip ipv4 ipv6 e-?mail mail phone telephone tel user user[_-]?id user[_-]?name user[_-]?agent uid uuid guid first[_-]?name last[_-]?name full[_-]?name surname birth[_-]?(?:date|day) dob ssn iban cvv cvc card[_-]?number account[_-]?number passport address street';

const anyOf = (words: string): string => `(?:${words.replaceAll(' ', '|')})`;

/** Source of a pattern for such a name, or the part of it that gives it away up to its end. Case is to be ignored. */
export const SECRET_KEY = `(?:${anyOf(SECRETS)}[\\w-]{0,24}|(?<![a-z0-9])${anyOf(PERSONAL)}(?![\\w-]))`;

const KEY = new RegExp(SECRET_KEY, 'i');
const WORD_START = /(?<=[a-z0-9])(?=[A-Z])/g;

/**
 * True for the name of something that must not be kept, whatever its value.
 * @example isSecretKey('accessToken') && isSecretKey('clientIp') && !isSecretKey('zip')
 */
export const isSecretKey = (name: string): boolean => KEY.test(name.replace(WORD_START, '_'));
