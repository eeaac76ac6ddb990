import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { text } from '../text.ts';

interface PageProps {
  /** Shown in the browser's tab. */
  title?: string;
  /** The top bar. */
  bar?: ComponentChildren;
  narrow?: boolean;
  children: ComponentChildren;
}

/** The frame of every screen. */
export const Page = ({ title, bar, narrow = false, children }: PageProps) => {
  useEffect(() => {
    document.title = title ? `${title} · ${text.product}` : text.product;
  }, [title]);
  return (
    <>
      <a class="skip" href="#content">
        {text.nav.skip}
      </a>
      {bar}
      <main id="content" class={narrow ? 'page narrow' : 'page'} tabIndex={-1}>
        {children}
      </main>
    </>
  );
};
