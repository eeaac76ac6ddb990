/** What stands in the place of a secret and is none: what became of it, what it should have been, how a sentence goes on. */
const STATES = new Set(
  [
    'already still set undefined null nil none nan true false yes no ok void empty blank missing absent required optional mandatory',
    'invalid valid expired expires expiring closed open opened active inactive enabled disabled unknown anonymous guest nobody',
    'error errors failed fails failure failing success successful pending started starting stopped stopping running',
    'created updated deleted destroyed removed added changed found exists denied refused rejected accepted granted revoked',
    'blocked locked unlocked timeout lost connected disconnected ready idle terminated aborted cancelled canceled completed',
    'duplicate mismatch mismatched incorrect wrong malformed corrupt corrupted unsupported unauthorized unauthenticated',
    'authenticated forbidden hidden masked redacted filtered encrypted available unavailable unset loading loaded saved',
    'verified unverified unconfirmed uninitialized initialized dropped ended logout login n/a tbd todo unspecified',
    'string number boolean object array function symbol bigint integer float varchar uuid any never promise',
    "must should cannot can't could is isn't was wasn't are has have had needs does doesn't not the this that a your please",
    'field value expected unexpected got received too at for from in of on to or and with without by if when while because',
    'ungültig falsch fehlt fehlend erforderlich abgelaufen leer unbekannt nicht kein keine geschlossen gesperrt pflichtfeld muss darf ist',
    'invalide requis requise obligatoire manquant manquante expiré expirée vide pas inconnu fermée fermé incorrecte doit est',
    'inválido inválida requerido requerida obligatorio obligatoria expirado expirada vacío vacía cerrada cerrado incorrecta incorrecto desconocido desconocida debe',
    'obrigatório obrigatória ausente vazio vazia fechada deve scaduto scaduta mancante richiesto richiesta vuoto obbligatorio',
    'ongeldig vereist verplicht verlopen leeg niet wymagane wymagany nieprawidłowe nieprawidłowy обязателен обязательно недействителен',
    'не нет неверный истёк 无效 必填 过期 無効 必須 期限切れ',
  ]
    .join(' ')
    .split(' '),
);

const THINGS = new Set(
  'token user password session grant credential credentials email key id code auth request grant type short long weak strong'.split(
    ' ',
  ),
);

/** Marks that programs put in the place of what they do not print, and places that are filled in later. */
const PLACEHOLDER =
  /^(?:\[(?:agent|card|email|iban|id|ip|key|mac|phone|token|user|filtered|redacted|removed|hidden|masked|secret|private|protected|circular|object \w+|native code)\]|<[a-z :_-]{1,24}>|\*+|[xX]{3,}|[•●]+|\.{3}|…|[-?]|%[sdoj]|\$\d{1,2}|[$#]?\{\{?[\w. -]{0,40}\}?\}|\$\([\w. -]{1,40}\)|\[\])$/i;

const CONSTANT = /^[A-Z]+(?:_[A-Z]+)+$/;
const ERROR_CLASS = /^[A-Z][A-Za-z]*(?:Error|Exception)\b/;
const LONGEST_STATE = 100;

/** As small as an age or a count. */
const SMALL_NUMBER = /^-?\d{1,2}$/;
/** The title of a page in a wiki: `Password:_the_game`. */
const TITLE = /^(?:_\(?\p{L}+\)?)+$/u;

/**
 * True for a value that tells of a state and not of a person, or is no value at all: messages keep it as their cause.
 * @example tellsState('undefined') && tellsState('"expired"') && !tellsState('hunter2')
 */
export const tellsState = (value: string): boolean => {
  if (value.length > LONGEST_STATE) return false;
  const bare = value.replace(/^[\\"'`“«([]+|[\\"'`”».!?:)\]]+$/g, '');
  if (bare === '' || STATES.has(bare.toLowerCase())) return true;
  return (
    SMALL_NUMBER.test(bare) ||
    PLACEHOLDER.test(value.replace(/^["']|["']$/g, '')) ||
    TITLE.test(bare) ||
    ERROR_CLASS.test(bare) ||
    isCondition(bare) ||
    isSentence(bare)
  );
};

/** As programs name their conditions: `TOKEN_EXPIRED` in capitals, `invalid_token` and `not-found` of nothing else. */
const isCondition = (text: string): boolean => {
  const words = text.toLowerCase().split(/[_-]/);
  if (words.length < 2 || words.length > 5) return false;
  return CONSTANT.test(text)
    ? words.some((word) => STATES.has(word))
    : words.every((word) => STATES.has(word) || THINGS.has(word));
};

/** At least half of it says what is wrong: `The password field is required`. */
const isSentence = (text: string): boolean => {
  const words = text.toLowerCase().split(/[,.:]? /);
  const said = words.filter((word) => STATES.has(word)).length;
  if (words.length > 2) return said * 2 >= words.length;
  return said > 0 && words.every((word) => STATES.has(word) || THINGS.has(word));
};
