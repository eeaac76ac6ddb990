import type { Site } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { CheckField, TICKED } from '../ui/check-field.tsx';
import { Field } from '../ui/field.tsx';
import { entriesOf, ListField, writtenList } from '../ui/list-field.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { parameterCheck } from './checks.ts';
import { SiteForm } from './site-form.tsx';

const PLACES = ['country', 'region', 'city'] as const;

/** What is kept of a visit. */
export const Collect = ({ site }: { site: Site }) => (
  <SiteForm
    site={site}
    title={text.siteSettings.collect}
    lead={text.siteSettings.collectLead}
    changeOf={({ places, screens, languages, dnt }) => ({
      collect: {
        places: PLACES.find((place) => place === places) ?? 'country',
        screens: screens === TICKED,
        languages: languages === TICKED,
      },
      dnt: dnt === TICKED,
    })}
  >
    {(complaint) => (
      <>
        <SelectField
          label={text.siteSettings.places}
          name="places"
          hint={text.siteSettings.placesHint}
          options={PLACES.map((value) => ({ value, label: text.siteSettings.placeNames[value] }))}
          chosen={site.collect.places}
          error={complaint('collect')}
        />
        <div class="checks">
          <CheckField label={text.siteSettings.screens} name="screens" checked={site.collect.screens} />
          <CheckField label={text.siteSettings.languages} name="languages" checked={site.collect.languages} />
          <CheckField label={text.siteSettings.dnt} name="dnt" hint={text.siteSettings.dntHint} checked={site.dnt} />
        </div>
      </>
    )}
  </SiteForm>
);

/** Parameters without which a page would be another. */
export const Parameters = ({ site }: { site: Site }) => (
  <SiteForm
    site={site}
    title={text.siteSettings.parameters}
    lead={text.siteSettings.parametersLead}
    changeOf={({ queryParameters = '' }) => ({ queryParameters: entriesOf(queryParameters) })}
    written={({ queryParameters }) => ({ queryParameters: writtenList(queryParameters) })}
  >
    {(complaint) => (
      <ListField
        label={text.siteSettings.parameterNames}
        name="queryParameters"
        hint={text.siteSettings.parametersHint}
        error={complaint('queryParameters')}
        checkEntry={parameterCheck}
        entries={site.queryParameters}
        placeholder="q"
      />
    )}
  </SiteForm>
);

const DIFFERENCES = ['final_slash', 'double_slash', 'index_file', 'case'] as const;

/** In what the addresses of one page may differ. */
export const Merged = ({ site }: { site: Site }) => (
  <SiteForm
    site={site}
    title={text.siteSettings.merged}
    lead={text.siteSettings.mergedLead}
    changeOf={(values) => ({ mergedPages: DIFFERENCES.filter((one) => values[one] === TICKED) })}
  >
    {() => (
      <div class="checks">
        {DIFFERENCES.map((one) => (
          <CheckField
            key={one}
            label={text.siteSettings.differences[one]}
            name={one}
            checked={site.mergedPages.includes(one)}
          />
        ))}
      </div>
    )}
  </SiteForm>
);

const KINDS = ['hitsDays', 'logsDays', 'sumsDays'] as const;
const LONGEST_DAYS = 3650;

/** For how long what is kept. */
export const Retention = ({ site }: { site: Site }) => (
  <SiteForm
    site={site}
    title={text.siteSettings.retention}
    lead={text.siteSettings.retentionLead}
    changeOf={(values) => Object.fromEntries(KINDS.map((kind) => [kind, Number(values[kind])]))}
  >
    {(complaint) =>
      KINDS.map((kind) => (
        <Field
          key={kind}
          label={text.siteSettings.days[kind]}
          name={kind}
          hint={text.siteSettings.daysHint[kind]}
          error={complaint(kind)}
          input={{
            type: 'number',
            required: true,
            min: 0,
            max: LONGEST_DAYS,
            step: 1,
            defaultValue: String(site[kind]),
          }}
        />
      ))
    }
  </SiteForm>
);
