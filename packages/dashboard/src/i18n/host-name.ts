import { isClearHost } from '@passerby/collector/host-text';

export { hostPart as hostIn } from '@passerby/collector/host-text';

/* Hosts come as browsers write them, `xn--bcher-kva.example`. */

const PREFIX = 'xn--';

/** The word that stands for another one (https://www.rfc-editor.org/rfc/rfc3492#section-6.2); itself: it stands for none. */
const wordOf = (label: string): string => {
  if (!label.startsWith(PREFIX)) return label;
  const end = Math.max(label.lastIndexOf('-'), PREFIX.length - 1);
  const letters = Array.from(label.slice(PREFIX.length, end));
  let [code, at, bias] = [128, 0, 72];
  for (let read = end + 1; read < label.length; ) {
    const before = at;
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = '0123456789'.includes(label.charAt(read))
        ? label.charCodeAt(read) - 22
        : label.charCodeAt(read) - 97;
      read += 1;
      if (!(digit >= 0 && digit < 36)) return label;
      at += digit * weight;
      const threshold = Math.min(Math.max(k - bias, 1), 26);
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    let delta = Math.floor((at - before) / (before === 0 ? 700 : 2));
    delta += Math.floor(delta / (letters.length + 1));
    for (bias = 0; delta > 455; bias += 36) delta = Math.floor(delta / 35);
    bias += Math.floor((36 * delta) / (delta + 38));
    code += Math.floor(at / (letters.length + 1));
    at %= letters.length + 1;
    if (code > 0x10ffff) return label;
    letters.splice(at++, 0, String.fromCodePoint(code));
  }
  return letters.join('');
};

/**
 * A host, or an address that begins with one, as people read it: in its own letters where it cannot be taken for another
 * one, else as it is.
 * @example shownHost('xn--bcher-kva.example/neu') // 'bücher.example/neu'
 */
export const shownHost = (address: string): string =>
  address.replace(/^(?:[^/.]*\.)*xn--[^/]*/, (host) => {
    const shown = host.split('.').map(wordOf).join('.');
    return isClearHost(shown) ? shown : host;
  });

/** The same of an address that begins with its scheme. What has none stays as it is. */
export const shownAddress = (address: string): string =>
  address.replace(/^(https?:\/\/)(.*)$/is, (_, scheme: string, rest: string) => scheme + shownHost(rest));
