/** What a page's scripts touched of what could store or recognise somebody, by name. Grows while the page runs. */
declare global {
  interface Window {
    touched: string[];
  }
}

/**
 * Runs in the page before any of its scripts, and notes every use of what stores something on the device, and of what
 * tells one device from another: all of `navigator` and `screen`, canvas, fonts, sound, time zone, plugins.
 */
export const watchPage = (): void => {
  const touched: string[] = [];
  window.touched = touched;

  /** Replaces what is there by the same that notes its use. */
  const watch = (owner: object, name: string, as: string): void => {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found?.configurable !== true) return;
    for (const part of ['get', 'set', 'value'] as const) {
      const original: unknown = found[part];
      if (typeof original !== 'function') continue;
      const noted = function (this: unknown, ...given: unknown[]): unknown {
        touched.push(as);
        return new.target ? Reflect.construct(original, given) : Reflect.apply(original, this, given);
      };
      found[part] = Object.assign(noted, { prototype: original.prototype });
    }
    Object.defineProperty(owner, name, found);
  };
  const watchAll = (owner: object, as: string): void => {
    for (const name of Object.getOwnPropertyNames(owner))
      if (name !== 'constructor') watch(owner, name, `${as}.${name}`);
  };

  watch(Document.prototype, 'cookie', 'document.cookie');
  watch(Document.prototype, 'fonts', 'document.fonts');
  for (const name of [
    'localStorage',
    'sessionStorage',
    'indexedDB',
    'caches',
    'cookieStore',
    'name',
    'devicePixelRatio',
  ])
    watch(window, name, name);
  for (const name of ['matchMedia', 'openDatabase', 'Worker', 'SharedWorker', 'AudioContext', 'OfflineAudioContext'])
    watch(window, name, name);
  for (const name of ['OffscreenCanvas', 'RTCPeerConnection', 'FontFace', 'speechSynthesis', 'BroadcastChannel'])
    watch(window, name, name);
  watchAll(Storage.prototype, 'Storage');
  watchAll(IDBFactory.prototype, 'IDBFactory');
  watchAll(Navigator.prototype, 'navigator');
  watchAll(Screen.prototype, 'screen');
  watchAll(HTMLCanvasElement.prototype, 'canvas');
  watchAll(CanvasRenderingContext2D.prototype, 'context');
  watch(Intl.DateTimeFormat.prototype, 'resolvedOptions', 'Intl.resolvedOptions');
  watch(Date.prototype, 'getTimezoneOffset', 'Date.getTimezoneOffset');
  watch(Element.prototype, 'getBoundingClientRect', 'element.getBoundingClientRect');
  watch(Performance.prototype, 'getEntriesByType', 'performance.getEntriesByType');
};
