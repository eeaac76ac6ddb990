/** Endings of paths that are files to keep rather than pages. */
export const FILES =
  '7z,apk,avi,csv,dmg,epub,exe,ics,iso,mov,mp[34],msi,od[pst],pdf,pkg,rar,rtf,t?[gx]z,tar,txt,wav,(doc|xls|pp[st])x?,zip,';

/** Whether a name with a dot before it ends in one of a list, written as `pdf`, `.pdf` or `*.pdf`, with `www.` or without. */
export const endsIn = (text: string, list: unknown): boolean =>
  RegExp(`\\.\\b(${` ${list}`.replace(/[\s,*+]+(www)?\.?/g, '|')})$`, 'i').test(text);
