import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ActButton } from '../../src/ui/act-button.tsx';
import { ActSelect } from '../../src/ui/act-select.tsx';
import { Confirm } from '../../src/ui/confirm.tsx';
import { Copyable } from '../../src/ui/copy.tsx';
import { Dialog } from '../../src/ui/dialog.tsx';
import { Icon, PATHS } from '../../src/ui/icon.tsx';
import { LanguageChoice } from '../../src/ui/language-choice.tsx';
import { Menu } from '../../src/ui/menu.tsx';
import { ScriptTag } from '../../src/ui/script-tag.tsx';
import { ThemeChoice } from '../../src/ui/theme-choice.tsx';
import { fail, hang, refuse, succeed } from '../acts.ts';
import { DOMAIN, SESSION } from '../session.ts';
import type { Sections } from '../states.ts';

const ROLES = [
  { value: 'viewer', label: 'Viewer' },
  { value: 'editor', label: 'Editor' },
] as const;

/** Something that a button opens over the page. */
const Opened = ({ children }: { children: (close: () => void) => ComponentChildren }) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="control" onClick={() => setOpen(true)}>
        Open
      </button>
      {isOpen && children(() => setOpen(false))}
    </>
  );
};

const ICONS = Object.keys(PATHS) as (keyof typeof PATHS)[];

/** What is pressed. */
export const BUTTONS: Sections = {
  'act-button': {
    quiet: () => <ActButton act={succeed}>End session</ActButton>,
    control: () => (
      <ActButton class="control" act={succeed}>
        End session
      </ActButton>
    ),
    'busy, once pressed': () => <ActButton act={hang}>End session</ActButton>,
    'refused, once pressed': () => <ActButton act={refuse()}>End session</ActButton>,
    'failed, once pressed': () => <ActButton act={fail}>End session</ActButton>,
  },
  'act-select': {
    'saved, once chosen': () => <ActSelect label="Role" options={ROLES} chosen="viewer" act={succeed} />,
    'refused, once chosen': () => <ActSelect label="Role" options={ROLES} chosen="viewer" act={refuse()} />,
  },
  confirm: {
    'once opened': () => (
      <Opened>
        {(close) => (
          <Confirm
            title="Delete site"
            lead="All that was counted is lost."
            submit="Delete"
            act={succeed}
            onClose={close}
          />
        )}
      </Opened>
    ),
    'refused, once confirmed': () => (
      <Opened>
        {(close) => (
          <Confirm
            title="Delete site"
            lead="All that was counted is lost."
            submit="Delete"
            act={refuse()}
            onClose={close}
          />
        )}
      </Opened>
    ),
  },
  copy: {
    short: () => <Copyable value="npm install @passerby/sdk" label="Command" />,
    long: () => <Copyable value={`https://stats.example.com/${'a-long-path/'.repeat(12)}`} label="Address" />,
  },
  dialog: {
    'once opened': () => (
      <Opened>
        {(close) => (
          <Dialog title="Title" onClose={close}>
            <p>What it is about.</p>
          </Dialog>
        )}
      </Opened>
    ),
  },
  icon: {
    all: () => (
      <p>
        {ICONS.map((name) => (
          <span key={name} title={name}>
            <Icon name={name} />{' '}
          </span>
        ))}
      </p>
    ),
  },
  'language-choice': { 'one is chosen': () => <LanguageChoice /> },
  menu: {
    'opens at its start': () => (
      <Menu label="Things" title="Things">
        <a href="#menu">One</a>
        <a href="#menu" aria-current="true">
          Another <Icon name="check" />
        </a>
      </Menu>
    ),
    'opens at its end': () => (
      <Menu label="Things" title={<Icon name="settings" />} align="end">
        <a href="#menu">One</a>
      </Menu>
    ),
  },
  'script-tag': { usual: () => <ScriptTag script={SESSION.status.script} domain={DOMAIN} /> },
  'theme-choice': { 'one is chosen': () => <ThemeChoice /> },
};
