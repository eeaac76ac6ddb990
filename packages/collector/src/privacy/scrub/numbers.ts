import { hasIbanChecksum, hasLuhnChecksum } from './checksums.ts';
import { after, always, type Rule, rule, rulesIf, when } from './rule.ts';

/** Cards begin with 3 to 6, or with what Mastercard and Mir have of 2: no date of an order does. */
const isCard = (found: string): boolean =>
  /^(?:[3-6]|22|2[3-6]|27[01]|2720)/.test(found.replace(/\D/g, '')) && hasLuhnChecksum(found);

/** What is counted by those who sell: one number in ten of theirs has the checksum of a card too. */
const ORDER = String.raw`(?<!\b(?:order|invoice|tracking|shipment|parcel|ticket|transaction|txn|reference|ref|sku|ean|isbn|imei|bestellung|bestellnummer|rechnung|sendung|commande|pedido)(?:[ _-]?(?:id|no|nr|number|num|code))?\.?["']?[\s:=#"']{1,3})`;

/** How people are told the number that follows. */
const PHONE_LABEL =
  '(?:phone|telephone|tel|mobile|cell|fax|whatsapp|sms|telefon|teléfono|telefono|téléphone|tél|telefone|handy|телефон|电话|電話|手机)(?:[ _-]?(?:number|no|nr|nummer))?';

/** Names of numbers that states give; what is a word too only before a number of that form. */
const PERSON_LABEL = `(?:${[
  'ssn|social security(?: (?:number|no))?|itin|tax ?id|national id|nhs(?: (?:number|no))?|nino|national insurance(?: (?:number|no))?',
  "social insurance(?: (?:number|no))?|tax file (?:number|no)|driv(?:ing|er[’']?s?) licen[cs]e(?: (?:number|no))?|nric|aadhaar",
  'passport(?: (?:number|no))?|reisepass|(?:personal)?ausweis(?:nummer|nr)|führerscheinnummer|steuer-?id(?:nr)?|steuer(?:identifikations)?nummer',
  'svnr|sozialversicherungs(?:nummer|nr)|ahv(?:-?(?:nummer|nr))?|cpf|cnpj|curp|dni|nif|pesel|bsn|personnummer|codice fiscale|cuit|cuil|cédula',
  'nie(?=\\W{1,3}[xyz]\\d{7})|rut(?=\\W{1,3}\\d{1,2}\\.?\\d{3}\\.?\\d{3}-)|nik(?=\\W{1,3}\\d{16})|(?:numéro de )?sécurité sociale|oib|jmbg|cnp',
  'rodné číslo|cpr(?:-?(?:nummer|nr))?|henkilötunnus|isikukood|asmens kodas|personas kods|(?:t\\.?c\\.? ?)?kimlik no|cccd|cmnd',
  'снилс|инн|паспорт|иин|рнокпп|егн|身份证(?:号码?)?|身分證字號|個人番号|マイナンバー|주민(?:등록)?번호',
].join('|')})`;

/** Words for what is sent to a phone and typed in once. */
const CODE_LABEL =
  '(?:(?:verification|security|confirmation|access|log-?in|sign-?in|auth(?:entication|orization)?|one[- ]time|sms|2fa|mfa|backup|pairing|invite|your|ihr|dein|votre|tu|su|seu|bestätigungs|sicherheits)[ -]?(?:code|pin|passcode|password|código|kod)|bestätigungscode|sicherheitscode|код(?: подтверждения)?|验证码|驗證碼|認証コード|確認コード|인증번호|인증 ?코드|código(?: de (?:verificación|verificação|seguridad))?|code de (?:vérification|sécurité|confirmation)|codice(?: di verifica)?|kod weryfikacyjny|verificatiecode|verifieringskod|bekræftelseskode|vahvistuskoodi|doğrulama kodu|kode verifikasi|mã xác (?:nhận|minh))';
const CODE = String.raw`(?=[\w-]{0,11}\d)(?:\d{3}[- ]\d{3}|[A-Z0-9]{4,10}|[A-Z0-9]{3,5}-[A-Z0-9]{3,5})(?!\w|\.\d)`;
/** What a program gives as the code of an error, a country or a thing. */
const OTHER_CODE = String.raw`(?<!\b(?:error|err|exit|status|http|return|response|result|reason|fault|failure|zip|postal|post|country|product|item|colou?r|currency|area|dial|source|language|with|bar|qr|char|key|hash)[ _-]?)(?<![\w"'])`;

/** Numbers of people: cards, accounts, phones, what a state gives them, what they are sent. */
export const NUMBERS: Rule = rulesIf(/\d[ ._()/-]{0,3}\d[ ._()/-]{0,3}\d/, [
  rule(
    /[a-z]{2}\d{2}/i,
    /(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?/gi,
    when('[iban]', hasIbanChecksum),
  ),
  rule(
    /\d{4}/,
    new RegExp(String.raw`${ORDER}(?<!\d|\d\.)[2-6](?:[ -]?\d){13,18}(?!\d)`, 'gi'),
    when('[card]', isCard),
  ),
  // Where other numbers stand beside it, such as how long the card is good: as one number, or in the groups printed on it.
  rule(
    /\d{4}/,
    new RegExp(
      String.raw`(?<!\d|\d\.)(?:${ORDER}[2-6]\d{13,18}|[2-6]\d{3}(?:(?:[ -]{1,3}|[._])\d{4}){3}|3\d{3}[ ._-]\d{6}[ ._-]\d{4,5})(?!\d)`,
      'gi',
    ),
    when('[card]', isCard),
  ),
  rule(/\+|%2b/i, /(?<!\w)(?:\+|%2b)[1-9](?:[ ()./-]{0,2}\d){7,14}(?!\d)/gi, always('[phone]')),
  // As dialled from abroad, and as America writes it.
  rule(
    /(?<!\d)00[1-9]|\(\d{3}\)|wa\.me/,
    new RegExp(
      [
        String.raw`(?<![\w.+-])00(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])[ ./-](?:\(0\) ?)?[1-9]\d{0,3}(?:[ ./-]?\d){5,10}(?![\w])`,
        String.raw`(?<![\w)])\([2-9]\d{2}\) ?[2-9]\d{2}[-. ]\d{4}(?![\w-])`,
        String.raw`(?<=\bwa\.me/)\d{6,15}`,
      ].join('|'),
      'g',
    ),
    always('[phone]'),
  ),
]);

/** Numbers that a word before them tells: they are looked for before the value of any key is. */
export const LABELLED: Rule = rulesIf(/\d[\w ._()/-]{0,3}\d[\w ._()/-]{0,3}\d/, [
  rule(
    /tel|phone|fax|mobile|cell|sms|handy|whatsapp|callto|t[eé]l|телефон|电话|電話|手机/i,
    new RegExp(
      String.raw`((?<![\p{L}\p{N}])(?:${PHONE_LABEL}|callto)["']?\.?(?:\s?[:#=]\s?|\s)?["']?)[(+]?\d(?:[ ()./-]{0,2}\d){5,14}(?![\w-])`,
      'giu',
    ),
    after('[phone]'),
  ),
  rule(
    /\d[\w. /-]{4}/,
    new RegExp(
      String.raw`((?<![\p{L}\p{N}])${PERSON_LABEL}(?: is| n[ºo°r]\.?)?\.?["']?\s?[:：#=.]?\s?["']?)(?=[\w.\/ -]{0,8}\d)(?:(?:[A-Z]{2} )?[A-Z]{0,6}\d[\dA-Z]*(?:[ ./-](?:[A-Z] )?\d[\dA-Z]*){0,7}(?<=\d[\w./-]{5,30}|\d{2,4} [\dA-Z ]{4,20}))`,
      'giu',
    ),
    after('[removed]'),
  ),
  rule(
    /\d/,
    new RegExp(
      String.raw`((?<![\p{L}\p{N}])${CODE_LABEL}(?:["']?\s?[:=：#]\s?|\s(?=\d{6}(?!\d))| (?:is|lautet|ist|est|es|é|è):? |(?<=[码碼ド号호])(?:是|为|為|は)?[：:\s]{0,2})["']?)${CODE}`,
      'giu',
    ),
    after('[removed]'),
  ),
  rule(/code/i, new RegExp(String.raw`(${OTHER_CODE}code(?:: ?|=| is ))\d{6}(?!\d|\.\d)`, 'gi'), after('[removed]')),
  rule(
    /otp|pin|tan|cvv|cvc/i,
    /((?<![\w-])(?:OTP|TOTP|PIN|mTAN|TAN|CVV2?|CVC2?)(?: code)?(?:[ :=#]{1,2}| is:? ))\d{3,10}(?![\w.])/g,
    after('[removed]'),
  ),
  rule(
    /use|enter|type/i,
    /(\b(?:use|enter|type)(?: the| this)?(?: code)? )\d{6,8}(?= (?:to|as|for) )/gi,
    after('[removed]'),
  ),
  rule(
    / is your |ist (?:Ihr|dein)/i,
    /(?<![\w.#])(?:[A-Z]-)?\d{4,8}(?= (?:is your|ist (?:Ihr|dein)) )/gi,
    always('[removed]'),
  ),
]);
