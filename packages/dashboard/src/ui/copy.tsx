import { useEffect, useState } from 'preact/hooks';
import { text } from '../i18n/text.ts';
import { Icon } from './icon.tsx';

/** How long the confirmation stays, in milliseconds. */
const CONFIRMED = 2000;

/** The clipboard is there only where the page is served securely; the old command works everywhere else. */
const copy = async (value: string, source: HTMLElement | null): Promise<void> => {
  if (navigator.clipboard) return navigator.clipboard.writeText(value);
  if (source) getSelection()?.selectAllChildren(source);
  document.execCommand('copy');
};

/** A text to be copied, with the button that does. */
export const Copyable = ({ value, label }: { value: string; label: string }) => {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRMED);
    return () => clearTimeout(timer);
  }, [copied]);

  const onClick = async (event: MouseEvent) => {
    const button = event.currentTarget as HTMLElement;
    await copy(value, button.previousElementSibling as HTMLElement | null);
    setCopied(true);
  };

  return (
    <figure class="copyable" aria-label={label}>
      <code>{value}</code>
      <button type="button" class="control" onClick={onClick}>
        <Icon name={copied ? 'check' : 'copy'} />
        <span aria-live="polite">{copied ? text.copy.copied : text.copy.copy}</span>
      </button>
    </figure>
  );
};
