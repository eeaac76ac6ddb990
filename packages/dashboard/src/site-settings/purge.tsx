import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError, type Site } from '../api/client.ts';
import { type Extent, type Part, siteApi } from '../api/site.ts';
import { navigate } from '../app/router.ts';
import { useSession } from '../app/session.ts';
import { format } from '../i18n/format.ts';
import { shownHost } from '../i18n/host-name.ts';
import { shownPath, typedText } from '../i18n/page-path.ts';
import { text } from '../i18n/text.ts';
import { FILTER_NAMES, type FilterDimension, inOneSpelling, propertyDimension } from '../state/filters.ts';
import { Card } from '../ui/card.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { type ComplaintOf, Form, type Values } from '../ui/form.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { pathCheck } from './checks.ts';
import { storedValue } from './stored-value.ts';

const extentText = ({ hits, logs, days, keptDays = 0 }: Extent): string =>
  text.purge.extent({
    hits: text.purge.hits({ count: hits, written: format.count(hits) }),
    logs: text.purge.logs({ count: logs, written: format.count(logs) }),
    days: text.purge.days({ count: days, written: format.count(days) }),
  }) + (keptDays > 0 ? ` ${text.purge.keptDays({ count: keptDays, written: format.count(keptDays) })}` : '');

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
            label={text.purge.type({ word })}
            name="confirm"
            error={complaint('confirm')}
            check={(value) => (shownHost(value.trim().toLowerCase()) === word ? null : text.errors.not_confirmed)}
            input={{ required: true, autocomplete: 'off', autocapitalize: 'none', spellcheck: false }}
          />
        )}
      </Form>
    </Dialog>
  );
};

/** A part of a site, and how much is in it. */
interface Preview {
  readonly part: Part;
  readonly extent: Extent;
}

interface PurgeFormProps {
  site: Site;
  title: string;
  lead: string;
  /** What the values of the fields choose; rejects with {@link ApiError}. */
  partOf: (values: Values) => Part | Promise<Part>;
  /** What deleting it means. */
  leadOf: (part: Part) => string;
  children: (complaint: ComplaintOf) => ComponentChildren;
}

/** Shows how much is in a part, and deletes it. */
const PurgeForm = ({ site, title, lead, partOf, leadOf, children }: PurgeFormProps) => {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [gone, setGone] = useState<Extent | null>(null);
  const look = async (values: Values) => {
    setGone(null);
    const part = await partOf(values);
    const extent = await siteApi.extent(site.domain, part);
    // Somebody who misspelt a value is better told than asked to delete nothing. Of a page more may be left than is counted.
    if (part.page === undefined && extent.hits + extent.logs + extent.days === 0)
      throw new ApiError(404, '', text.purge.nothing);
    setPreview({ part, extent });
  };
  return (
    <Card title={title} lead={lead}>
      <Form submit={text.purge.look} send={look} done="" weight="control">
        {(complaint) => (
          <>
            {children(complaint)}
            <div class="pair">
              <Field label={text.period.from} name="from" error={complaint('from')} input={{ type: 'date' }} />
              <Field label={text.period.to} name="to" error={complaint('to')} input={{ type: 'date' }} />
            </div>
          </>
        )}
      </Form>
      {gone && (
        <p class="note" role="status">
          {text.purge.gone({ extent: extentText(gone) })}
        </p>
      )}
      {preview && (
        <Typed
          title={title}
          lead={leadOf(preview.part)}
          extent={preview.extent}
          word={shownHost(site.domain)}
          submit={text.purge.submit}
          act={async () => setGone(await siteApi.purge(site.domain, preview.part))}
          onClose={() => setPreview(null)}
        />
      )}
    </Card>
  );
};

const daysOf = ({ from = '', to = '' }: Values): Part => {
  if (from !== '' && to !== '' && to < from) throw new ApiError(400, 'to', text.errors.backwards);
  return { ...(from !== '' && { from }), ...(to !== '' && { to }) };
};

/** Deletes what was stored of a page or of some days. */
export const PurgePart = ({ site }: { site: Site }) => (
  <PurgeForm
    site={site}
    title={text.purge.title}
    lead={text.purge.lead}
    partOf={({ page = '', ...values }) => ({ ...daysOf(values), ...(page !== '' && { page: typedText(page) }) })}
    leadOf={({ page }) =>
      page ? text.purge.pageLead({ page: shownPath(inOneSpelling('event:page', page)) }) : text.purge.forGood
    }
  >
    {(complaint) => (
      <Field
        label={text.purge.page}
        name="page"
        hint={text.purge.pageHint}
        error={complaint('page')}
        check={pathCheck}
        input={{ maxLength: 2000, autocapitalize: 'none', spellcheck: false, placeholder: '/' }}
      />
    )}
  </PurgeForm>
);

/** By what hits are chosen beside event, source and hour. Pages are forgotten by the form above. */
const BY = Object.values(FILTER_NAMES).filter(
  (dimension) => !['event:page', 'visit:exit_page', 'event:name', 'visit:source'].includes(dimension),
);

/** The dimension that was chosen, with a value or not at all: one that is named by half would choose something else. */
const dimensionIn = ({ dimension = '', property = '', value = '' }: Values): FilterDimension | undefined => {
  if (dimension !== '' && property !== '') throw new ApiError(400, 'property', text.purge.oneOnly);
  const chosen = property !== '' ? propertyDimension(property) : BY.find((one) => one === dimension);
  if (chosen && value === '') throw new ApiError(400, 'value', text.purge.valueMissing);
  if (!chosen && value !== '') throw new ApiError(400, 'dimension', text.purge.dimensionMissing);
  return chosen;
};

/** Nothing chosen would be everything, which the form above deletes. */
const chosenOf = async ({ domain }: Site, values: Values): Promise<Part> => {
  const { event = '', source = '', hour = '', value = '' } = values;
  const dimension = dimensionIn(values);
  if (event + source + hour === '' && !dimension) throw new ApiError(400, 'event', text.purge.chooseOne);
  return {
    ...daysOf(values),
    ...(event !== '' && { event }),
    ...(source !== '' && { source: await storedValue(domain, 'visit:source', source) }),
    ...(hour !== '' && { hour: hour.slice(0, '2026-03-01T14'.length) }),
    ...(dimension && { dimension, value: await storedValue(domain, dimension, value) }),
  };
};

/** Deletes single hits by what they say. */
export const PurgeChosen = ({ site }: { site: Site }) => {
  const plainText = { maxLength: 2000, autocapitalize: 'none', autocomplete: 'off', spellcheck: false } as const;
  return (
    <PurgeForm
      site={site}
      title={text.purge.chosenTitle}
      lead={text.purge.chosenLead}
      partOf={(values) => chosenOf(site, values)}
      leadOf={() => text.purge.forGood}
    >
      {(complaint) => (
        <>
          <div class="pair">
            <Field label={text.dimensions['event:name']} name="event" error={complaint('event')} input={plainText} />
            <Field
              label={text.dimensions['visit:source']}
              name="source"
              error={complaint('source')}
              input={plainText}
            />
          </div>
          <Field
            label={text.purge.hour}
            name="hour"
            hint={text.purge.hourHint}
            error={complaint('hour')}
            input={{ type: 'datetime-local', step: 3600 }}
          />
          <div class="pair">
            <SelectField
              label={text.purge.dimension}
              name="dimension"
              error={complaint('dimension')}
              options={[
                { value: '', label: text.purge.noDimension },
                ...BY.map((value) => ({ value, label: text.dimensions[value] })),
              ]}
              chosen=""
            />
            <Field
              label={text.purge.property}
              name="property"
              error={complaint('property')}
              input={{ ...plainText, maxLength: 64 }}
            />
          </div>
          <Field
            label={text.purge.value}
            name="value"
            hint={text.purge.valueHint}
            error={complaint('value')}
            input={plainText}
          />
        </>
      )}
    </PurgeForm>
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
          title={text.purge.deleteTitle({ name: site.name })}
          lead={text.purge.forGood}
          extent={extent}
          word={shownHost(site.domain)}
          submit={text.purge.deleteSite}
          act={remove}
          onClose={() => setExtent(null)}
        />
      )}
    </Card>
  );
};
