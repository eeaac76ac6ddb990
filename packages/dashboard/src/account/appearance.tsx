import { text } from '../i18n/text.ts';
import { Card } from '../ui/card.tsx';
import { LanguageChoice } from '../ui/language-choice.tsx';
import { ThemeChoice } from '../ui/theme-choice.tsx';

/** How the dashboard looks in this browser. */
export const Appearance = () => (
  <Card title={text.appearance.title} lead={text.appearance.lead}>
    <div class="choices">
      <span aria-hidden="true">{text.appearance.language}</span>
      <LanguageChoice />
      <span aria-hidden="true">{text.appearance.theme}</span>
      <ThemeChoice />
    </div>
  </Card>
);
