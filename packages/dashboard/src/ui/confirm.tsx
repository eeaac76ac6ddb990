import { text } from '../i18n/text.ts';
import { Dialog } from './dialog.tsx';
import { Form } from './form.tsx';

interface ConfirmProps {
  title: string;
  /** What is lost. */
  lead: string;
  submit: string;
  /** Does it; rejects with `ApiError`. */
  act: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks once more before something is done that cannot be undone. */
export const Confirm = ({ title, lead, submit, act, onClose }: ConfirmProps) => {
  const send = async () => {
    await act();
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} class="small">
      <p>{lead}</p>
      <Form submit={submit} send={send} weight="danger" />
      <button type="button" class="quiet" onClick={onClose}>
        {text.cancel}
      </button>
    </Dialog>
  );
};
