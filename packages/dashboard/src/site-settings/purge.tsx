import { useState } from 'preact/hooks';
import type { Site } from '../api.ts';
import { format } from '../format.ts';
import { navigate } from '../router.ts';
import { useSession } from '../session.ts';
import { type Extent, type Part, siteApi } from '../site-api.ts';
import { text } from '../text.ts';
import { Card } from '../ui/card.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { pathCheck } from './checks.ts';

const extentText = ({ hits, logs, days }: Extent): string =>
  text.purge.extent(
    text.purge.hits(hits, format.count(hits)),
    text.purge.logs(logs, format.count(logs)),
    text.purge.days(days, format.count(days)),
  );

interface TypedProps {
  title: string;
  lead: string;
  /** What will be lost. */
  extent: Extent;
  /** Has to be typed. */
  word: string;
  submit: string;
  act: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks for the name of what is lost before it is. */
const Typed = ({ title, lead, extent, word, submit, act, onClose }: TypedProps) => {
  const send = async () => {
    await act();
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} class="small">
      <p>{lead}</p>
      <p>
        <b>{extentText(extent)}</b>
      </p>
      <Form submit={submit} send={send} weight="danger">
        {(complaint) => (
          <Field
            label={text.purge.type(word)}
            name="confirm"
            error={complaint('confirm')}
            check={(value) => (value.trim() === word ? null : text.purge.mismatch)}
            input={{ required: true, autocomplete: 'off', autocapitalize: 'none', spellcheck: false }}
          />
        )}
      </Form>
    </Dialog>
  );
};

const partOf = ({ page = '', from = '', to = '' }: Values): Part => ({
  ...(page !== '' && { page }),
  ...(from !== '' && { from }),
  ...(to !== '' && { to }),
});

/** A part of a site, and how much is in it. */
interface Preview {
  readonly part: Part;
  readonly extent: Extent;
}

/** Deletes what was stored of a page or of some days. */
export const PurgePart = ({ site }: { site: Site }) => {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [gone, setGone] = useState<Extent | null>(null);
  const look = async (values: Values) => {
    setGone(null);
    const part = partOf(values);
    setPreview({ part, extent: await siteApi.extent(site.domain, part) });
  };
  return (
    <Card title={text.purge.title} lead={text.purge.lead}>
      <Form submit={text.purge.look} send={look} done="" weight="control">
        {(complaint) => (
          <>
            <Field
              label={text.purge.page}
              name="page"
              hint={text.purge.pageHint}
              error={complaint('page')}
              check={pathCheck}
              input={{ maxLength: 2000, autocapitalize: 'none', spellcheck: false, placeholder: '/' }}
            />
            <div class="pair">
              <Field label={text.period.from} name="from" error={complaint('from')} input={{ type: 'date' }} />
              <Field label={text.period.to} name="to" error={complaint('to')} input={{ type: 'date' }} />
            </div>
          </>
        )}
      </Form>
      {gone && (
        <p class="note" role="status">
          {text.purge.gone(extentText(gone))}
        </p>
      )}
      {preview && (
        <Typed
          title={text.purge.title}
          lead={preview.part.page ? text.purge.pageLead(preview.part.page) : text.purge.forGood}
          extent={preview.extent}
          word={site.domain}
          submit={text.purge.submit}
          act={async () => setGone(await siteApi.purge(site.domain, preview.part))}
          onClose={() => setPreview(null)}
        />
      )}
    </Card>
  );
};

/** Deletes the site and all that was stored of it. */
export const DeleteSite = ({ site }: { site: Site }) => {
  const { reload } = useSession();
  const [extent, setExtent] = useState<Extent | null>(null);
  const remove = async () => {
    await siteApi.remove(site.domain);
    navigate('/', { replace: true });
    reload();
  };
  return (
    <Card title={text.purge.deleteSite} lead={text.purge.deleteLead}>
      <Form
        submit={text.purge.deleteSite}
        send={async () => setExtent(await siteApi.extent(site.domain, {}))}
        done=""
        weight="danger"
      />
      {extent && (
        <Typed
          title={text.purge.deleteTitle(site.name)}
          lead={text.purge.forGood}
          extent={extent}
          word={site.domain}
          submit={text.purge.deleteSite}
          act={remove}
          onClose={() => setExtent(null)}
        />
      )}
    </Card>
  );
};
