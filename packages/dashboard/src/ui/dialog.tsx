import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { text } from '../i18n/text.ts';
import { Icon } from './icon.tsx';

interface DialogProps {
  title: string;
  /** Called once it is closed, however it was. */
  onClose: () => void;
  class?: string;
  children: ComponentChildren;
}

/** A modal dialog: the browser keeps the focus in it, closes it by Escape, and gives the focus back. */
export const Dialog = ({ title, onClose, class: name = '', children }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // The browser gives the focus back when a dialog closes, but not when it is taken away.
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);

  const closeOnBackdrop = (event: MouseEvent) => event.target === dialog.current && dialog.current?.close();

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog is what Escape does for the keyboard
    <dialog class={`dialog ${name}`} ref={dialog} aria-labelledby={id} onClose={onClose} onClick={closeOnBackdrop}>
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="quiet square" aria-label={text.close} onClick={() => dialog.current?.close()}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
};
