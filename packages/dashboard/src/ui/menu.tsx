import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface MenuProps {
  /** What the button opens, for those who do not see it. */
  label: string;
  /** Text of the button. */
  title: ComponentChildren;
  align?: 'start' | 'end';
  class?: string;
  children: ComponentChildren;
}

/** A button with a small sheet under it. A link or a sent form in the sheet closes it; so do Escape and leaving it. */
export const Menu = ({ label, title, align = 'start', class: name = '', children }: MenuProps) => {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const closeOutside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what bubbles from its button and sheet
    <div class={`menu ${name}`} ref={root} onKeyDown={(event) => event.key === 'Escape' && open && close()}>
      <button
        type="button"
        class="control"
        ref={button}
        aria-expanded={open}
        aria-controls={id}
        aria-label={label}
        onClick={() => setOpen(!open)}
      >
        {title}
        <Icon name="down" />
      </button>
      {open && (
        // biome-ignore lint/a11y: the sheet only listens to what bubbles from its links and forms
        <div
          class={`sheet ${align}`}
          id={id}
          onClick={(event) => event.target instanceof Element && event.target.closest('a') && close()}
          onSubmit={close}
        >
          {children}
        </div>
      )}
    </div>
  );
};
