import { decodingOf } from './decode.ts';
import { oddity } from './random.ts';

/** Beginnings of words of steps that a secret comes after, by language. Marks over letters are left out. */
const BEGINNINGS = [
  'verif confirm invit activat authenticat authoriz unsubscri recover valid(?:at|er|ar|ier) redeem magic[-_]?link passw passcode passphrase',
  'bestatig bestaetig einlad zurucksetz zuruecksetz passwort kennwort aktivier abmeld abbestell freigabe freigeben anmeld',
  'reinitialis mot-?de-?passe motdepasse activer desinscri desabonn partag connexion',
  'restablec contrasen activar recuper compart cancelar-suscripcion',
  'reimposta ripristin conferm attiva disiscri condivi redefin senha ativa convite descadastr',
  'wachtwoord uitnodig bevestig afmeld uitschrijv herstel losenord inbjud bekraft aktiver avregistrer aterstall avprenumer',
  'adgangskode passord bekraeft bekreft nulstil tilbakestill salasana kutsu vahvist aktivoi palaut',
  'haslo zapros potwierdz aktywuj aktywac weryfik zresetuj resetuj wypisz heslo pozvank potvrd aktivac overen obnov',
  'jelszo meghivo megerosit aktival sifre davet dogrula onayla aktivasyon sifirla',
  'palavra-?passe kodeord fjalekalim aktivizo lykilord lykilorð stadfest staðfest pasahitz contrasinal dezabon resetare reseteaza',
  'lozink zaporka odjav pozivnic geslo ponastav potrdi vabilo patvirtin slaptazod pakviet apstiprin uzaicin kinnit taasta parool salasona',
  'xac-?nhan xac-?minh mat-?khau dat-?lai kich-?hoat konfirm kata-?sandi kata-?laluan undangan atur-ulang setel-ulang sahkan',
  'epivevai epanafor kodikou prosklis energopoi επιβεβαι επαναφορ κωδικ προσκλησ ενεργοποι',
  'підтвер віднов запрош скидан відпис потвър покан възстанов потврд лозинк пацвярд potverd pidtverd',
  'парол приглаш подтвер сброс восстанов активац отпис parol priglash podtver',
];
const WHOLE = [
  'tokens? resets? resetting magic otp forgot forgotten accept accepted claim unlock share shared sharing s sessions?',
  'callback sso login signin sign-in optin opt-in join approve oauth auth secret secrets baja parola',
];
/** Of writings that put no spaces between words, or words before others. */
const ANYWHERE = [
  '密码 密碼 重置 重设 重設 验证 驗證 邀请 邀請 激活 啟用 绑定 綁定 找回 退订 退訂 取消订阅 取消訂閱 授权 授權 确认 確認',
  'パスワード リセット 再設定 認証 有効化 招待 退会 配信停止 ログイン 비밀번호 재설정 초대 인증 활성화 구독취소 수신거부 로그인',
  'סיסמ איפוס אימות הזמנה הפעלה تأكيد تفعيل تحقق دعوة المرور استعادة تعيين الاشتراك تایید دعوت بازیابی عبور',
  'पासवर्ड सत्याप पुष्टि आमंत्रण रीसेट ยืนยัน รหัสผ่าน รีเซ็ต เชิญ เปิดใช้',
];

const or = (words: string): string => words.split(' ').join('|');

const MARKS = /\p{M}/gu;
/** As steps are compared: `パ` is `ハ` with a mark to Unicode, and syllables of Korean are letters. */
const withoutMarks = (text: string): string => text.normalize('NFD').replace(MARKS, '');

/** A step with such a word in it: `/accept-invitation/`, `/verifyEmail/`, `/passwort-zuruecksetzen/`. */
const BEFORE_SECRET = new RegExp(
  `(?<!\\p{L})(?:(?:${or(BEGINNINGS.join(' '))})|(?:${or(WHOLE.join(' '))})(?!\\p{L}))|${withoutMarks(or(ANYWHERE.join(' ')))}`,
  'iu',
);

/** False for a path that has no such step. */
export const mayAnnounce = (path: string): boolean => HAS_WORD.test(path);
const HAS_WORD = new RegExp(`${or(BEGINNINGS.join(' '))}|${or(WHOLE.join(' ').replace(' s ', ' '))}|/s/`, 'i');

const WORD_START = /(?<=[a-z\d])(?=[A-Z])/g;

const announces = (step: string): boolean => {
  if (step.length < 1 || step.length > LONGEST_STEP) return false;
  return BEFORE_SECRET.test(withoutMarks(decodingOf(step)).replace(WORD_START, '-'));
};
const LONGEST_STEP = 64;

/** A person's number or the like, which stands between both: `/reset/MTA/c1x2y3`. */
const NUMBER = /^(?:\d{1,20}|[\w-]{1,5}={0,2})$/;
/** As many codes in a row are looked past: `/reset/k3m9p2x7/8d3e5f6a`. */
const MOST_BETWEEN = 8;

/**
 * True for a step of a path that may be a secret because of the ones before it: `/reset/x7k2m9`.
 * @param read the step at `index`, decoded and without parameters
 */
export const isSecretStep = (read: string, steps: readonly string[], index: number): boolean => {
  if (index < 1 || !isCode(read)) return false;
  let at = placeBefore(steps, index);
  let numbers = 0;
  for (let between = 0; between < MOST_BETWEEN; between++) {
    const step = steps[at] ?? '';
    // What is scrubbed is looked past like what it was: a path that was scrubbed stays as it is.
    const wasCode = step === '[token]' || isCode(decodingOf(step));
    if (step !== '[token]' && announces(step)) return true;
    // Not past any number of short words: `/reset/a/b/c/release1a`.
    const isNumber = NUMBER.test(step);
    if (isNumber) numbers++;
    if (numbers > 1 || !(isNumber || wasCode)) return false;
    at = placeBefore(steps, at);
  }
  return false;
};

/** Where the step before has its place: between two slashes is none. */
const placeBefore = (steps: readonly string[], index: number): number => {
  let at = index - 1;
  while (steps[at] === '') at -= 1;
  return at;
};

const CODE = /^[\w~+=.:-]{6,}$/;
const SEPARATORS = /[-_~+=.:]+/;
const DIGIT_GROUPS = /^\d{3}[- ]\d{3}$/;

/** Told from words, from words with a number (`step-2`, `ethereum2`, `release-2026`) and from numbers below a million. */
const isCode = (step: string): boolean => {
  if (!CODE.test(step)) return false;
  if (DIGIT_GROUPS.test(step) || /^\d+$/.test(step)) return true;
  const parts = step.split(SEPARATORS).filter((part) => part !== '');
  if (parts.length === 1) return isRandomLetters(step) || isMixed(step);
  const letters = step.replace(/[^a-z]/gi, '').length;
  const digits = step.replace(/\D/g, '').length;
  if (letters <= 3 && letters > 0 && digits >= 3) return true;
  return parts.some((part) => part.length > 3 && isMixed(part)) || parts.every(isMixed);
};

/** A word with a short number or a year, and a number with a unit, are none. */
const NUMBERED =
  /^(?:[A-Z]?[a-z]{4,}|[A-Z]{4,})(?:\d{1,2}|(?:19|20)\d\d)$|^\d{1,4}(?:st|nd|rd|th|[a-z]|[kmg]b|tb|px|ml|kg|mm|cm|km|min|hz|fps)$/;
const VOWEL = /[aeiouy]/i;
const isMixed = (part: string): boolean =>
  /\d/.test(part) && /[a-z]/i.test(part) && !(NUMBERED.test(part) && (VOWEL.test(part) || /^\d/.test(part)));

/** Letters alone: with capitals inside that begin no word, or with pairs that words do not have. */
const isRandomLetters = (step: string): boolean => {
  if (!/^[a-z]{6,}$/i.test(step)) return false;
  if (/^(?:[A-Z]?[a-z]+|[A-Z]+)$/.test(step)) return step.length >= 8 && oddity(step.toLowerCase()) >= ODD;
  const inWords = (step.match(/[A-Z]?[a-z]{2,}/g) ?? []).filter((word) => word.length > 2 && VOWEL.test(word));
  return inWords.join('').length < step.length / 2 || oddity(step) >= ODD;
};

/**
 * Share of odd pairs from which a short text of letters is none of the words that stand in paths. Measured: 88 % of random
 * texts of 8 small letters are found, and 2 in 1,000 words of English documentation taken for one.
 */
const ODD = 0.42;

const VERSIONS = /^(?:v|versions?|releases?|tags?|changelog|downloads?|docs|firmware|builds?)$/i;

/** True for four numbers that are a version because of the step before: `/releases/1.2.3.4`. */
export const isVersionStep = (steps: readonly string[], index: number): boolean =>
  /^v?\d{1,4}(?:\.\d{1,6}){3}$/i.test(steps[index] ?? '') && VERSIONS.test(steps[placeBefore(steps, index)] ?? '');
