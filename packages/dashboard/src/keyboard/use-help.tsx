import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { text } from '../i18n/text.ts';
import { Icon } from '../ui/icon.tsx';
import { lazy } from '../ui/lazy.tsx';
import type { Place } from './help.tsx';
import { type Keys, useKeys } from './use-keys.ts';

const KeyboardHelp = lazy(
  () => import('./help.tsx').then((module) => module.KeyboardHelp),
  () => null,
);

/** Puts the keys of a screen in force, with `?` for help. Returns the help while it is open, and a button that opens it. */
export const useHelp = (place: Place, keys: Keys): { help: ComponentChildren; button: ComponentChildren } => {
  const [isOpen, setOpen] = useState(false);
  useKeys({ ...keys, '?': () => setOpen(true) });
  return {
    help: isOpen && <KeyboardHelp place={place} onClose={() => setOpen(false)} />,
    button: (
      <button type="button" class="quiet keys-button" onClick={() => setOpen(true)}>
        <Icon name="keys" />
        {text.keys.title}
      </button>
    ),
  };
};
