import { type ApiError, api } from '../api/client.ts';
import { navigate } from '../app/router.ts';
import { useSession } from '../app/session.ts';
import { hostIn } from '../i18n/host-name.ts';
import { text } from '../i18n/text.ts';
import { addressCheck } from '../site-settings/checks.ts';
import { ZoneField } from '../site-settings/zone-field.tsx';
import { sitePath } from '../state/route.ts';
import { HomeBar } from '../ui/bar.tsx';
import { Field } from '../ui/field.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { Page } from '../ui/page.tsx';

const explain = ({ code }: ApiError): string | null => (code === 'domain_taken' ? text.addSite.exists : null);

/** Asks for domain, name and time zone, and goes on to the script tag. */
export const AddSite = () => {
  const { reload } = useSession();
  const send = async ({ domain = '', name = '', timezone = '' }: Values) => {
    const site = await api.addSite({ domain: hostIn(domain), timezone, ...(name !== '' && { name }) });
    reload();
    navigate(sitePath(site.domain, 'install'));
  };
  return (
    <Page title={text.addSite.title} bar={<HomeBar current="new-site" />} narrow>
      <h1>{text.addSite.title}</h1>
      <section class="card">
        <Form submit={text.addSite.submit} send={send} explain={explain}>
          {(complaint) => (
            <>
              <Field
                label={text.addSite.domain}
                name="domain"
                hint={text.addSite.domainHint}
                error={complaint('domain')}
                check={addressCheck}
                input={{
                  required: true,
                  autofocus: true,
                  autocapitalize: 'none',
                  spellcheck: false,
                  placeholder: 'example.com',
                }}
              />
              <Field
                label={text.addSite.name}
                name="name"
                hint={text.addSite.nameHint}
                error={complaint('name')}
                input={{ maxLength: 100 }}
              />
              <ZoneField zone={Intl.DateTimeFormat('en').resolvedOptions().timeZone} error={complaint('timezone')} />
            </>
          )}
        </Form>
      </section>
    </Page>
  );
};
