import { useMemo } from 'preact/hooks';
import type { Site } from '../api/client.ts';
import { shownHost } from '../i18n/host-name.ts';
import { countryOptions } from '../i18n/names.ts';
import { text } from '../i18n/text.ts';
import { CheckField, TICKED } from '../ui/check-field.tsx';
import { entriesOf, ListField, writtenList } from '../ui/list-field.tsx';
import { PickField, pickedOf } from '../ui/pick-field.tsx';
import { hostCheck, networkCheck, pagePattern } from './checks.ts';
import { SiteForm } from './site-form.tsx';

/** What does not count: docs/left-out.md tells the rules. */
export const DropRules = ({ site }: { site: Site }) => {
  const countries = useMemo(countryOptions, []);
  return (
    <SiteForm
      site={site}
      title={text.siteSettings.rules}
      lead={text.siteSettings.rulesLead}
      changeOf={({ excludedPages = '', ignoredAddresses = '', blockedCountries, blockedSources = '', spamList }) => ({
        excludedPages: entriesOf(excludedPages),
        ignoredAddresses: entriesOf(ignoredAddresses),
        blockedCountries: pickedOf(blockedCountries),
        blockedSources: entriesOf(blockedSources),
        spamList: spamList === TICKED,
      })}
      written={({ excludedPages, ignoredAddresses, blockedSources }) => ({
        excludedPages: writtenList(excludedPages),
        ignoredAddresses: writtenList(ignoredAddresses),
        blockedSources: writtenList(blockedSources.map(shownHost)),
      })}
    >
      {(complaint) => (
        <>
          <ListField
            label={text.siteSettings.excludedPages}
            name="excludedPages"
            hint={text.siteSettings.excludedPagesHint}
            error={complaint('excludedPages')}
            checkEntry={pagePattern}
            entries={site.excludedPages}
            placeholder="/admin/*"
          />
          <ListField
            label={text.siteSettings.ignoredAddresses}
            name="ignoredAddresses"
            hint={text.siteSettings.ignoredAddressesHint}
            error={complaint('ignoredAddresses')}
            checkEntry={networkCheck}
            entries={site.ignoredAddresses}
            placeholder="203.0.113.0/24"
          />
          <PickField
            label={text.siteSettings.blockedCountries}
            name="blockedCountries"
            hint={text.siteSettings.blockedCountriesHint}
            error={complaint('blockedCountries')}
            options={countries}
            picked={site.blockedCountries}
          />
          <ListField
            label={text.siteSettings.blockedSources}
            name="blockedSources"
            hint={text.siteSettings.blockedSourcesHint}
            error={complaint('blockedSources')}
            checkEntry={hostCheck}
            entries={site.blockedSources.map(shownHost)}
            placeholder="spam.example"
          />
          <CheckField
            label={text.siteSettings.spamList}
            name="spamList"
            hint={text.siteSettings.spamListHint}
            checked={site.spamList}
          />
        </>
      )}
    </SiteForm>
  );
};
