import type { ComponentChildren } from 'preact';
import { text } from '../i18n/text.ts';
import { LanguageChoice } from './language-choice.tsx';
import { Page } from './page.tsx';

/** A small card in the middle: what is shown before anyone is signed in. */
export const Gate = ({ title, lead, children }: { title: string; lead?: string; children?: ComponentChildren }) => (
  <Page title={title}>
    <div class="gate">
      <p class="wordmark">{text.product}</p>
      <section class="card">
        <h1>{title}</h1>
        {lead && <p class="muted">{lead}</p>}
        {children}
      </section>
      <LanguageChoice />
    </div>
  </Page>
);
