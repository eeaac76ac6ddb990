/**
 * `/dev/ui` of the development server: every piece of the interface in its states, in the scheme and the language that are
 * chosen at the top. It is in no build: Vite builds what `index.html` needs.
 */
import '@fontsource-variable/geist/wght.css';
import '../src/styles/tokens.css';
import '../src/styles/base.css';
import '../src/styles/controls.css';
import './styles.ts';
import './ui.css';
import { render } from 'preact';
import { SessionContext } from '../src/app/session.ts';
import { language } from '../src/i18n/text.ts';
import { LanguageChoice } from '../src/ui/language-choice.tsx';
import { ThemeChoice } from '../src/ui/theme-choice.tsx';
import { answerAlone } from './api.ts';
import { SECTIONS } from './sections.ts';
import { SESSION } from './session.ts';

/** Pieces that take the width of a screen. */
const WIDE = ['bar', 'first-hit', 'notices', 'page', 'script-tag'];

const Pieces = () => (
  <>
    <header class="dev-head">
      <h1>Pieces of the interface</h1>
      <ThemeChoice />
      <LanguageChoice />
    </header>
    {Object.entries(SECTIONS).map(([file, states]) => (
      <section key={file} class="dev-section" data-file={file}>
        <h2>
          <a href={`#${file}`} id={file}>
            {file}
          </a>
        </h2>
        <div class={WIDE.includes(file) ? 'dev-states dev-wide' : 'dev-states'}>
          {Object.entries(states).map(([state, Shown]) => (
            <div key={state} data-state={state}>
              <p class="dev-name">{state}</p>
              <div class="dev-shown">
                <Shown />
              </div>
            </div>
          ))}
        </div>
      </section>
    ))}
  </>
);

document.documentElement.lang = language;
answerAlone();
const root = document.getElementById('app');
if (root)
  render(
    <SessionContext.Provider value={SESSION}>
      <Pieces />
    </SessionContext.Provider>,
    root,
  );
