import type { Site } from '../api/client.ts';
import { shownHost } from '../i18n/host-name.ts';
import { text } from '../i18n/text.ts';
import { entriesOf, ListField, writtenList } from '../ui/list-field.tsx';
import { hostCheck } from './checks.ts';
import { SiteForm } from './site-form.tsx';

/** Where visitors come back from: docs/sources.md tells which of them the collector knows by itself. */
export const Referrers = ({ site }: { site: Site }) => (
  <SiteForm
    site={site}
    title={text.siteSettings.referrers}
    lead={text.siteSettings.referrersLead}
    changeOf={({ ignoredReferrers = '' }) => ({ ignoredReferrers: entriesOf(ignoredReferrers) })}
    written={({ ignoredReferrers }) => ({ ignoredReferrers: writtenList(ignoredReferrers.map(shownHost)) })}
  >
    {(complaint) => (
      <ListField
        label={text.siteSettings.ignoredReferrers}
        name="ignoredReferrers"
        hint={text.siteSettings.ignoredReferrersHint}
        error={complaint('ignoredReferrers')}
        checkEntry={hostCheck}
        entries={site.ignoredReferrers.map(shownHost)}
        placeholder="pay.example"
      />
    )}
  </SiteForm>
);
