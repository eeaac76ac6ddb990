import { accountApi } from '../api/account.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { useLoad } from '../query/use-load.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Card } from '../ui/card.tsx';
import { Failure, Skeleton } from '../ui/states.tsx';

/** Browsers that are signed in. Where they are and what they are is not known: it is not kept. */
export const Sessions = () => {
  const { data, error, retry } = useLoad('sessions', accountApi.sessions);
  const end = async (act: Promise<unknown>) => {
    await act;
    retry();
  };
  return (
    <Card title={text.sessions.title} lead={text.sessions.lead}>
      {error && <Failure error={error} retry={retry} />}
      {!data && !error && <Skeleton lines={2} />}
      <ul class="entries" aria-label={text.sessions.title}>
        {data?.sessions.map(({ id, begun, used, current }) => (
          <li key={id}>
            <div>
              <b>{current ? text.sessions.current : text.sessions.begun({ when: format.moment(begun) })}</b>
              <small>
                {current
                  ? text.sessions.begun({ when: format.moment(begun) })
                  : text.sessions.used({ day: format.fullDay(used) })}
              </small>
            </div>
            {!current && (
              <ActButton
                label={text.sessions.endNamed({ when: format.moment(begun) })}
                act={() => end(accountApi.endSession(id))}
              >
                {text.account.signOut}
              </ActButton>
            )}
          </li>
        ))}
      </ul>
      {(data?.sessions.length ?? 0) > 1 && (
        <div class="actions">
          <ActButton class="control" act={() => end(accountApi.endOtherSessions())}>
            {text.sessions.endOthers}
          </ActButton>
        </div>
      )}
    </Card>
  );
};
