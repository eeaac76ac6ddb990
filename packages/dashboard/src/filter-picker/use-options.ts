import { useEffect, useId, useState } from 'preact/hooks';

/** What a list under a field needs to be chosen from by the keyboard, as a combobox of WAI-ARIA. */
export interface Options {
  /** The option that Enter takes; null: none. */
  readonly active: number | null;
  /** Attributes of the field. */
  readonly field: Record<string, unknown> & { readonly onKeyDown: (event: KeyboardEvent) => void };
  /** Attributes of the list. @param isOfSeveral several may be chosen */
  readonly list: (label: string, isOfSeveral?: boolean) => Record<string, unknown>;
  /** Attributes of an option. */
  readonly option: (index: number, isChosen?: boolean) => Record<string, unknown>;
}

/** Where a key leads among so many options; undefined: it is no such key. */
const moved = (key: string, from: number, count: number): number | undefined => {
  if (key === 'ArrowDown') return (from + 1) % count;
  return key === 'ArrowUp' ? (Math.max(from, 0) - 1 + count) % count : undefined;
};

/**
 * Lets arrow keys walk through the options under a field, and Enter take one.
 *
 * @param typed What is in the field: once something is, the first option is the one that Enter takes.
 * @param onTake Enter was pressed: on an option, or (null) on none. Returns whether that was all that Enter does.
 */
export const useOptions = (count: number, typed: string, onTake: (index: number | null) => boolean): Options => {
  const id = useId();
  const [walked, walk] = useState<{ readonly typed: string; readonly to: number } | null>(null);
  const first = typed.trim() === '' ? -1 : 0;
  const at = Math.min(walked?.typed === typed ? walked.to : first, count - 1);
  const active = at < 0 ? null : at;
  const idOf = (index: number) => `${id}-${index}`;
  const current = active === null ? undefined : idOf(active);
  useEffect(() => {
    if (walked && current) document.getElementById(current)?.scrollIntoView({ block: 'nearest' });
  }, [walked, current]);
  const onKeyDown = (event: KeyboardEvent) => {
    // The first Enter ends the choice of letters that a word is written with.
    if (event.isComposing) return;
    const to = count > 0 ? moved(event.key, at, count) : undefined;
    if (to !== undefined) walk({ typed, to });
    if (to !== undefined || (event.key === 'Enter' && onTake(active))) event.preventDefault();
  };
  return {
    active,
    field: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': count > 0,
      'aria-controls': id,
      'aria-activedescendant': current,
      onKeyDown,
    },
    list: (label, isOfSeveral = false) => ({
      id,
      role: 'listbox',
      'aria-label': label,
      'aria-multiselectable': isOfSeveral || undefined,
    }),
    option: (index, isChosen = false) => ({
      id: idOf(index),
      role: 'option',
      type: 'button',
      tabIndex: -1,
      'aria-selected': isChosen,
      'data-active': index === active || undefined,
    }),
  };
};
