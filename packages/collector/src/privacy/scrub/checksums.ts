/** Luhn's checksum (ISO/IEC 7812-1, annex B) over the digits of `text`, as payment cards have it. */
export const hasLuhnChecksum = (text: string): boolean => {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => {
    const value = place % 2 === 0 ? digit : digit * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

/** Countries and the lengths of their account numbers (https://www.swift.com/standards/data-standards/iban). */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/**
 * True if `text`, separators aside, begins with an account number whose checksum is right (ISO 13616: modulo 97).
 * Where words follow the number, the text goes on.
 */
export const hasIbanChecksum = (text: string): boolean => {
  const plain = text.replace(/[^a-z0-9]/gi, '').toUpperCase();
  const length = IBAN_LENGTHS.get(plain.slice(0, 2));
  return length !== undefined && length <= plain.length && remainder(plain.slice(4, length) + plain.slice(0, 4)) === 1;
};

/** Modulo 97 of the number that a text spells, with A = 10 … Z = 35. */
const remainder = (text: string): number => {
  let rest = 0;
  for (const char of text) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
};
