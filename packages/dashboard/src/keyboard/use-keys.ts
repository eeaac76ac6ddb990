import { useEffect, useRef } from 'preact/hooks';

/** What keys do, by their `KeyboardEvent.key` in lower case. */
export type Keys = Readonly<Record<string, () => void>>;

/** Here keys write, or choose, or scroll. */
const OWN_KEYS = 'input, textarea, select, [contenteditable], [role=slider], section[tabindex]';

const isTaken = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  (event.target instanceof Element && event.target.closest(OWN_KEYS) !== null) ||
  document.querySelector('dialog[open]') !== null;

/** Does what a key is for while the component is shown; none while something is typed or a dialog is open. */
export const useKeys = (keys: Keys): void => {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      const action = Object.hasOwn(current.current, key) && !isTaken(event) ? current.current[key] : undefined;
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
};
