import './i18n/mend-language.ts';
import '@fontsource-variable/geist/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/bar.css';
import './styles/overview.css';
import './styles/panels.css';
import './styles/statistics.css';
import './styles/screens.css';
import { render } from 'preact';
import { followLinksInPlace } from './app/router.ts';
import { App } from './app.tsx';
import { language } from './i18n/text.ts';

document.documentElement.lang = language;
followLinksInPlace(document);
const root = document.getElementById('app');
if (root) render(<App />, root);
