import type { ComponentChildren } from 'preact';
import type { Site } from '../api/client.ts';
import { type SiteChange, siteApi } from '../api/site.ts';
import { useSession } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { Card } from '../ui/card.tsx';
import { type ComplaintOf, Form, type Values } from '../ui/form.tsx';

interface SiteFormProps {
  site: Site;
  title: string;
  lead?: string;
  /** What the values of the fields change. */
  changeOf: (values: Values) => SiteChange;
  /** How the site, as it is then, stands in fields that are written. */
  written?: (site: Changed) => Values;
  /** Called with the site as it is then. */
  onSaved?: (site: Changed) => void;
  children: (complaint: ComplaintOf) => ComponentChildren;
}

/** A site as the collector answers to a change. */
type Changed = Awaited<ReturnType<typeof siteApi.change>>;

/** Some settings of a site that are saved together. */
export const SiteForm = ({ site, title, lead, changeOf, written, onSaved, children }: SiteFormProps) => {
  const { reload } = useSession();
  const send = async (values: Values) => {
    const changed = await siteApi.change(site.domain, changeOf(values));
    reload();
    onSaved?.(changed);
    return written?.(changed);
  };
  return (
    <Card title={title} lead={lead}>
      <Form submit={text.save} send={send} done={text.saved} weight="control">
        {children}
      </Form>
    </Card>
  );
};
