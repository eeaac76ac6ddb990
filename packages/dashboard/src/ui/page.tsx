import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { text } from '../i18n/text.ts';
import { Notices } from './notices.tsx';

interface PageProps {
  /** Shown in the browser's tab. */
  title?: string;
  /** The top bar. */
  bar?: ComponentChildren;
  /** Names the screen to those who listen, where it shows no heading. */
  heading?: string;
  narrow?: boolean;
  /** Whether what is warned of on every screen is said here, too. */
  notices?: boolean;
  children: ComponentChildren;
}

/** The frame of every screen. */
export const Page = ({ title, bar, heading, narrow = false, notices = true, children }: PageProps) => {
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
        {notices && <Notices />}
        {heading && <h1 class="spoken">{heading}</h1>}
        {children}
      </main>
    </>
  );
};
