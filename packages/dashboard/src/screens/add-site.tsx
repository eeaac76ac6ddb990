import { type ApiError, api } from '../api.ts';
import { navigate } from '../router.ts';
import { useSession } from '../session.ts';
import { sitePath } from '../state/route.ts';
import { text } from '../text.ts';
import { HomeBar } from '../ui/bar.tsx';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Page } from '../ui/page.tsx';

const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i;

const explain = ({ status }: ApiError): string | null => (status === 409 ? text.addSite.exists : null);

/** Asks for domain, name and time zone, and goes on to the script tag. */
export const AddSite = () => {
  const { reload } = useSession();
  const send = async ({ domain = '', name = '', timezone = '' }: Record<string, string>) => {
    const site = await api.addSite({ domain, timezone, ...(name !== '' && { name }) });
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
                check={(value) => (DOMAIN.test(value.trim()) ? null : text.form.domain)}
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
              <Field
                label={text.addSite.timezone}
                name="timezone"
                hint={text.addSite.timezoneHint}
                error={complaint('timezone')}
                input={{
                  required: true,
                  list: 'zones',
                  defaultValue: Intl.DateTimeFormat('en').resolvedOptions().timeZone,
                }}
              >
                <datalist id="zones">
                  {Intl.supportedValuesOf('timeZone').map((zone) => (
                    <option key={zone} value={zone} />
                  ))}
                </datalist>
              </Field>
            </>
          )}
        </Form>
      </section>
    </Page>
  );
};
