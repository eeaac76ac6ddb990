import type { Site } from '../api/client.ts';
import { load } from '../app/router.ts';
import { format } from '../i18n/format.ts';
import { hostIn, shownHost } from '../i18n/host-name.ts';
import { text } from '../i18n/text.ts';
import { sitePath } from '../state/route.ts';
import { Field } from '../ui/field.tsx';
import { entriesOf, ListField, writtenList } from '../ui/list-field.tsx';
import { addressCheck, hostPattern } from './checks.ts';
import { SiteForm } from './site-form.tsx';
import { ZoneField } from './zone-field.tsx';

const shownList = (hosts: readonly string[]): string => writtenList(hosts.map(shownHost));

/** Domain: its pages stay under the old one too, so that tags go on working. */
export const Names = ({ site }: { site: Site }) => (
  <SiteForm
    site={site}
    title={text.siteSettings.names}
    changeOf={({ name = '', domain = '', aliases = '', hostnames = '' }) => ({
      name,
      domain: hostIn(domain),
      aliases: entriesOf(aliases).map(hostIn),
      hostnames: entriesOf(hostnames),
    })}
    written={({ domain, aliases, hostnames }) => ({
      domain: shownHost(domain),
      aliases: shownList(aliases),
      hostnames: shownList(hostnames),
    })}
    onSaved={({ domain }) => {
      // Every address of the site is another now.
      if (domain !== site.domain) load(sitePath(domain, 'settings'));
    }}
  >
    {(complaint) => (
      <>
        <Field
          label={text.addSite.name}
          name="name"
          error={complaint('name')}
          input={{ required: true, maxLength: 100, defaultValue: site.name }}
        />
        <Field
          label={text.addSite.domain}
          name="domain"
          hint={text.siteSettings.domainHint}
          error={complaint('domain')}
          check={addressCheck}
          input={{ required: true, autocapitalize: 'none', spellcheck: false, defaultValue: shownHost(site.domain) }}
        />
        <ListField
          label={text.siteSettings.aliases}
          name="aliases"
          hint={text.siteSettings.aliasesHint}
          error={complaint('aliases')}
          checkEntry={addressCheck}
          entries={site.aliases.map(shownHost)}
          placeholder="blog.example.com"
        />
        <ListField
          label={text.siteSettings.hostnames}
          name="hostnames"
          hint={text.siteSettings.hostnamesHint}
          error={complaint('hostnames')}
          checkEntry={hostPattern}
          entries={site.hostnames.map(shownHost)}
          placeholder={`${shownHost(site.domain)}\n*.${shownHost(site.domain)}`}
        />
      </>
    )}
  </SiteForm>
);

/** Time zone: the numbers of days that are over stay as they are. */
export const Zone = ({ site }: { site: Site }) => {
  const next = site.timezoneNext;
  return (
    <SiteForm
      site={site}
      title={text.addSite.timezone}
      lead={text.siteSettings.zoneLead}
      changeOf={({ timezone = '' }) => ({ timezone })}
    >
      {(complaint) => (
        <>
          <ZoneField zone={next?.timezone ?? site.timezone} error={complaint('timezone')} />
          {next && (
            <p class="note" role="status">
              {text.siteSettings.zoneFrom({
                zone: next.timezone.replaceAll('_', ' '),
                when: format.at(next.from, site.timezone),
                old: site.timezone.replaceAll('_', ' '),
              })}
            </p>
          )}
        </>
      )}
    </SiteForm>
  );
};
