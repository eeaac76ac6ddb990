import '../styles/administration.css';
import type { ComponentType } from 'preact';
import { Invitations } from '../accounts/invitations.tsx';
import type { Site } from '../api/client.ts';
import { includes, type Role } from '../api/roles.ts';
import { useSession } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { Collect, Merged, Parameters, Retention } from '../site-settings/counting.tsx';
import { DropRules } from '../site-settings/drop-rules.tsx';
import { DropTable } from '../site-settings/drops.tsx';
import { Names, Zone } from '../site-settings/general.tsx';
import { Limits } from '../site-settings/limits.tsx';
import { Members } from '../site-settings/members.tsx';
import { DeleteSite, PurgeChosen, PurgePart } from '../site-settings/purge.tsx';
import { Referrers } from '../site-settings/referrers.tsx';
import { Working } from '../site-settings/working.tsx';
import { sitePath } from '../state/route.ts';
import { SiteBar } from '../ui/bar.tsx';
import { Page } from '../ui/page.tsx';
import { Sections, sectionOf } from '../ui/sections.tsx';
import { Empty } from '../ui/states.tsx';

interface Section {
  readonly needs: Role;
  readonly cards: readonly ComponentType<{ site: Site }>[];
}

const SiteInvitations = ({ site }: { site: Site }) => <Invitations sites={[site.domain]} />;

const SECTIONS: Readonly<Record<keyof typeof text.siteSettings.sections, Section>> = {
  general: { needs: 'editor', cards: [Names, Zone, Working] },
  counting: { needs: 'editor', cards: [Collect, Parameters, Merged, Referrers, Retention] },
  leftOut: { needs: 'editor', cards: [DropRules, Limits, DropTable] },
  people: { needs: 'owner', cards: [Members, SiteInvitations] },
  data: { needs: 'owner', cards: [PurgePart, PurgeChosen, DeleteSite] },
};

/** Everything that can be set of a site, by those who may. */
export const SiteSettings = ({ domain, search }: { domain: string; search: URLSearchParams }) => {
  const { sites } = useSession();
  const site = sites.find((one) => one.domain === domain);
  if (!site) return null;
  const titles = text.siteSettings.sections;
  const section = sectionOf(titles, search);
  const { needs, cards } = SECTIONS[section];
  return (
    <Page
      title={`${titles[section]} · ${text.nav.settings} · ${site.name}`}
      bar={<SiteBar domain={domain} current="settings" />}
      narrow
    >
      <h1>{text.siteSettings.title({ name: site.name })}</h1>
      <Sections label={text.nav.settings} path={sitePath(domain, 'settings')} titles={titles} current={section} />
      {includes(site.role, needs) ? (
        cards.map((Part, index) => <Part key={index} site={site} />)
      ) : (
        <Empty title={text.siteSettings.closed({ role: text.roles[needs] })} />
      )}
    </Page>
  );
};
