import type { Site } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { CheckField, TICKED } from '../ui/check-field.tsx';
import { Field } from '../ui/field.tsx';
import { SiteForm } from './site-form.tsx';

/** As the collector takes them. */
const LIMITS = [
  { name: 'dailyItems', min: 1, max: 1_000_000_000 },
  { name: 'dailyLogMegabytes', min: 0, max: 1_000_000 },
  { name: 'maxRevenue', min: 0, max: 1_000_000_000 },
] as const;

/** How much is taken of a day, and what an event may bring in. */
export const Limits = ({ site }: { site: Site }) => (
  <SiteForm
    site={site}
    title={text.siteSettings.limits}
    lead={text.siteSettings.limitsLead}
    changeOf={({ refunds, ...values }) => ({
      ...Object.fromEntries(LIMITS.map(({ name }) => [name, Number(values[name])])),
      refunds: refunds === TICKED,
    })}
  >
    {(complaint) => (
      <>
        {LIMITS.map(({ name, min, max }) => (
          <Field
            key={name}
            label={text.siteSettings.limitNames[name]}
            name={name}
            hint={text.siteSettings.limitHints[name]}
            error={complaint(name)}
            input={{ type: 'number', required: true, min, max, step: 1, defaultValue: String(site[name]) }}
          />
        ))}
        <CheckField
          label={text.siteSettings.refunds}
          name="refunds"
          hint={text.siteSettings.refundsHint}
          checked={site.refunds}
        />
      </>
    )}
  </SiteForm>
);
