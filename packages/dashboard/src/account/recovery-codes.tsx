import { text } from '../i18n/text.ts';
import { Copyable } from '../ui/copy.tsx';

const FILE = 'passerby-recovery-codes.txt';

const download = (codes: string): void => {
  const url = URL.createObjectURL(new Blob([`${codes}\n`], { type: 'text/plain' }));
  Object.assign(document.createElement('a'), { href: url, download: FILE }).click();
  URL.revokeObjectURL(url);
};

/** Codes that are good once each, shown this one time. */
export const RecoveryCodes = ({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) => {
  const written = codes.join('\n');
  return (
    <div class="once">
      <p role="status">{text.totp.recoveryLead}</p>
      <Copyable value={written} label={text.totp.recovery} />
      <div class="actions">
        <button type="button" class="control" onClick={() => download(written)}>
          {text.totp.download}
        </button>
        <button type="button" class="primary" onClick={onKept}>
          {text.totp.kept}
        </button>
      </div>
    </div>
  );
};
