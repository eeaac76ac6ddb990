import { useState } from 'preact/hooks';
import { ApiError } from '../api/client.ts';
import { type SavedView, statisticsApi } from '../api/statistics.ts';
import { refusalText } from '../i18n/refusal.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import { errorToShow, useLoad } from '../query/use-load.ts';
import { parseView, statisticsHref, viewSearch } from '../state/view.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { Failure, Skeleton } from '../ui/states.tsx';

interface ListProps {
  domain: string;
  views: readonly SavedView[];
  /** The search of what is shown. */
  current: string;
  /** Missing: the reader may not delete any. */
  onDelete?: (id: string) => void;
}

const List = ({ domain, views, current, onDelete }: ListProps) => (
  <ul class="saved-views">
    {views.map(({ id, name, search }) => {
      const kept = parseView(new URLSearchParams(search));
      const isCurrent = viewSearch(kept) === current;
      return (
        <li key={id}>
          <a href={statisticsHref(domain, kept)} aria-current={isCurrent ? 'true' : undefined}>
            {name}
            {isCurrent && <Icon name="check" />}
          </a>
          {onDelete && (
            <button
              type="button"
              class="quiet square"
              aria-label={text.views.remove({ name })}
              onClick={() => onDelete(id)}
            >
              <Icon name="close" />
            </button>
          )}
        </li>
      );
    })}
  </ul>
);

const complaintOf = (error: unknown, isTaken: boolean): string => {
  if (isTaken) return text.views.exists;
  return error instanceof ApiError ? refusalText(error) : text.form.failed;
};

/** The views that are kept for a site, and the way to keep this one. */
const Sheet = ({ scope: { domain, view }, mayEdit }: { scope: Scope; mayEdit: boolean }) => {
  const views = useLoad(`views ${domain}`, (signal) => statisticsApi.views(domain, signal));
  const [complaint, setComplaint] = useState<string | null>(null);
  const current = viewSearch({ ...view, list: null });
  const error = errorToShow(views);
  const isTaken = (name: string): boolean => views.data?.views.some((other) => other.name === name) ?? false;
  const change = async (request: Promise<unknown>, name = ''): Promise<boolean> => {
    try {
      await request;
      setComplaint(null);
      views.retry();
      return true;
    } catch (cause) {
      setComplaint(complaintOf(cause, isTaken(name)));
      return false;
    }
  };
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    // The menu closes by a form that was sent; this one may be refused.
    event.stopPropagation();
    const form = event.currentTarget as HTMLFormElement;
    const name = String(new FormData(form).get('name')).trim();
    const added = statisticsApi.addView(domain, { name, search: current.replace(/^\?/, '') });
    if (await change(added, name)) form.reset();
  };

  if (error) return <Failure error={error} retry={views.retry} />;
  if (!views.data) return <Skeleton lines={2} />;
  const list = views.data.views;
  return (
    <>
      {list.length === 0 ? (
        <p class="sheet-note">{text.views.none}</p>
      ) : (
        <List
          domain={domain}
          views={list}
          current={current}
          {...(mayEdit && { onDelete: (id: string) => void change(statisticsApi.deleteView(domain, id)) })}
        />
      )}
      {mayEdit && (
        <form class="save-view" onSubmit={save}>
          <input name="name" required maxLength={100} placeholder={text.views.name} aria-label={text.views.name} />
          <button type="submit" class="control">
            {text.views.save}
          </button>
          {complaint && (
            <p class="wrong" role="alert">
              {complaint}
            </p>
          )}
        </form>
      )}
    </>
  );
};

/** Menu of the views that are kept by name. */
export const SavedViews = ({ scope, mayEdit }: { scope: Scope; mayEdit: boolean }) => (
  <Menu
    label={text.views.title}
    title={
      <>
        <Icon name="views" />
        <span class="wide-only">{text.views.title}</span>
      </>
    }
    align="end"
    class="views"
  >
    <Sheet scope={scope} mayEdit={mayEdit} />
  </Menu>
);
