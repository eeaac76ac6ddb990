import { useContext } from 'preact/hooks';
import { SessionContext } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { warningTexts } from '../system/warning-text.ts';

/** What an owner of everything should know on every screen: that room ends, that backups fail. Nothing else has a place here. */
export const Notices = () =>
  useContext(SessionContext)?.status.warnings.flatMap((warning) =>
    warningTexts(warning).map((sentence) => (
      <p key={sentence} class="hint-banner">
        {sentence} <a href="/system">{text.system.open}</a>
      </p>
    )),
  ) ?? null;
