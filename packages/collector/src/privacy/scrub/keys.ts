/** Words for what opens a door, in many languages: they count wherever they stand in a name, as in `csrfTokenValue`. */
const SECRETS = [
  'password passwd passwort passphrase passcode passkey secret token credential jwt authorization signature mnemonic',
  'api[_ -]?key (?:access|account|auth|client|encryption|license|master|private|shared|signing)[_ -]?key',
  'sess(?:ion)?[_-]?id connection[_ -]?string (?:seed|recovery|backup)[_ -]?(?:phrase|code|key|words)s?',
  'kennwort contrase(?:ñ|n|n\u0303)a mots?[_ -]?de[_ -]?passe wachtwoord l(?:ö|o)senord adgangskode salasana',
  'palavra[_ -]?passe kodeord contraseny contrasinal pasahitz fjal(?:ë|e)kalim lykilor(?:ð|d) salas(?:õ|o)na slapta(?:ž|z)od nenosiri',
  'kata[_ -]?laluan лозинк құпиясөз პაროლ գաղտնաբառ পাসওয়ার্ড கடவுச்சொல் گذرواژه پاسورڈ',
  'парол 密码 密碼 口令 パスワード 暗証番号 비밀번호',
];

/** Names of what is secret or says who someone is, as the last word of a name: `client_ip`, but not `ip_version`. */
const PERSONAL = [
  'pass pwd pw pswd psk pin pin[_ -]?code otp totp auth csrf xsrf sid session cookie sig hmac cvv2? cvc',
  'ip ipv4 ipv6 e-?mail mail phone phone[_ -]?number mobile[_ -]?(?:number|phone) telephone tel fax whatsapp',
  'user users?[_ -]?id user[_ -]?name user[_ -]?agent logname uid uuid guid',
  'first[_ -]?name last[_ -]?name full[_ -]?name surname birth[_ -]?(?:date|day) date[_ -]?of[_ -]?birth dob',
  'ssn social[_ -]?security(?:[_ -]?(?:number|no))? tax[_ -]?id national[_ -]?id cpf cnpj curp pesel bsn dni nif personnummer aadhaar',
  'iban card[_ -]?number account[_ -]?number passport passport[_ -]?(?:number|no) address street',
  'mdp senha clave has(?:ł|l)o heslo geslo lozinka zaporka jelsz(?:ó|o) parol(?:a|ă|e)? (?:ş|s)ifre passord parool',
  'mật[_ ]khẩu kata[_ ]sandi κωδικός סיסמה סיסמא רמז كلمة[_ ](?:المرور|السر) رمز[_ ]عبور รหัสผ่าน पासवर्ड 암호',
  'benutzer benutzername usuario usuário utilisateur gebruikersnaam пользовател(?:ь|я) користувача? логин 用户名 ユーザー名',
  'vorname nachname familienname prénom apellidos? cognome sobrenome nazwisko achternaam voornaam efternamn efternavn etternavn',
  'nom[_ -]?de[_ -]?famille nom(?:br)?e[_ -]?completo sukunimi p(?:ř|r)(?:í|i)jmen(?:í|i) soyad(?:ı|i) фамилия отчество прізвище 姓名 氏名 성명',
  'geburts(?:datum|tag) date[_ -](?:de[_ -])?naissance fecha[_ -](?:de[_ -])?nacimiento data[_ -](?:di[_ -])?nascita',
  'data[_ -](?:de[_ -])?nascimento geboortedatum data[_ -]urodzenia f(?:ö|o)delsedatum f(?:ø|o)dselsdato syntym(?:ä|a)aika',
  'datum[_ -]narozen(?:í|i) do(?:ğ|g)um[_ -]tarihi дата[_ -]рождения дата[_ -]народження 生年月日 出生日期 생년월일 ngày[_ ]sinh tanggal[_ -]lahir',
  'kontonummer kontonr num(?:é|e)ro[_ -]de[_ -]compte n(?:ú|u)mero[_ -]de[_ -]cuenta numer[_ -]konta rekeningnummer tilinumero',
  'номер[_ -]сч(?:е|ё)та 口座番号 银行卡号 계좌번호',
  'telefon(?:nummer)? téléphone teléfono telefono telefone телефон 电话 電話番号 手机号?',
  'adresse dirección indirizzo endereço адрес 地址 住所 straße',
];

/** A space within a pattern stands in brackets, between patterns in none. */
const patternsOf = (lists: readonly string[]): readonly string[] => lists.join(' ').split(/ (?![^[\]]*\])/);
const anyOf = (lists: readonly string[]): string => `(?:${patternsOf(lists).join('|')})`;

/** What a name goes on with, in any writing. */
const LETTER = '[\\w\\u00aa-\\u1fff\\u2c00-\\ud7ff-]';

/** Source of a pattern for such a name, or the part of it that gives it away up to its end. Case is to be ignored. */
export const SECRET_KEY = `(?:${anyOf(SECRETS)}${LETTER}{0,24}|(?<![a-z0-9\\u00aa-\\u1fff])${anyOf(PERSONAL)}(?!${LETTER}))`;

const KEY = new RegExp(SECRET_KEY, 'i');
const WORD_START = /(?<=[\p{Ll}\d])(?=\p{Lu})/gu;

/**
 * True for the name of something that must not be kept, whatever its value.
 * @example isSecretKey('accessToken') && isSecretKey('clientIp') && !isSecretKey('zip')
 */
export const isSecretKey = (name: string): boolean => {
  const words = name.replace(WORD_START, '_');
  return KEY.test(words) && !ABOUT.test(words);
};

/** Names that tell about a secret, not the secret: how long, how many, which kind; what of .NET's assemblies is public. */
const ABOUT =
  /[_-](?:length|count|type|expir(?:y|es|ation)|expires?[_-](?:in|at)|ttl|max[_-]?age|endpoint|version|strength|policy|provider|alg(?:orithm)?|enabled|required|limit|usage)$|public[_-]?key[_-]?token$|(?:max|total|prompt|completion|input|output|cached|num)[_-]tokens$/i;

const PHRASE = new RegExp(
  `(?<![\\w-])(?:${patternsOf([...SECRETS, ...PERSONAL])
    .filter((pattern) => pattern.includes('[_'))
    .join('|')})$`,
  'i',
);
/** Last words of all phrases: most words are none, and are done with that. */
const PHRASE_END =
  /(?:keys?|strings?|phrases?|codes?|words?|passe|id|name|number|no|agent|date|day|birth|security|khẩu|sandi|المرور|السر|عبور|laluan|famille|completo|naissance|nacimiento|nascita|nascimento|urodzenia|narozen[íi]|tarihi|рождения|народження|sinh|lahir|compte|cuenta|konta|сч[её]та)$/i;

/**
 * True if words end with such a name of several.
 * @example isSecretPhrase('wrong api key') && !isSecretPhrase('wrong key')
 */
export const isSecretPhrase = (words: string): boolean => PHRASE_END.test(words) && PHRASE.test(words);
