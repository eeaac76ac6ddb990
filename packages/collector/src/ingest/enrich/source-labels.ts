import type { SourceKind } from './sources.ts';

/** What a host says of itself. */
interface Told {
  readonly kind: SourceKind;
  /** The software it runs, by which owners know it; undefined: the host itself. */
  readonly name?: string;
}

/** First labels of hosts of mail boxes; `deref-` begins those that guard the links in mails (GMX, WEB.DE, mail.com). */
const MAIL =
  /^(?:(?:e-?|web|my)?mail(?:er|box)?\d*|webmail.*|deref-.+|owa|roundcube|zimbra|horde|squirrelmail|messagerie.*|poczta|posta|correo|courriel)$/;

/** The same further to the right, as of servers that count the clicks in mails: `links.mail.example.com`. */
const BELOW_MAIL = /\.(?:e?mail|webmail)\.(?!com?\.[a-z]{2}$)[^.]+\./;

/** First labels of search engines, in languages whose word for it does not stand for research too. */
const SEARCH = /^(?:(?:web)?search|suche|szukaj|buscador|busca|buscar|hledani|hledej|zoeken|otsing|poisk|arama)$/;

/** Assistants have their own domain, and call what people talk to so. */
const CHAT = /^chat\.[a-z\d-]+\.ai$/;

/** First labels of servers that anyone can run, by their software: those of ActivityPub, and engines. */
const SOFTWARE: Readonly<Record<string, Told>> = {
  mastodon: { kind: 'social', name: 'Mastodon' },
  mstdn: { kind: 'social', name: 'Mastodon' },
  masto: { kind: 'social', name: 'Mastodon' },
  toot: { kind: 'social', name: 'Mastodon' },
  lemmy: { kind: 'social', name: 'Lemmy' },
  feddit: { kind: 'social', name: 'Lemmy' },
  misskey: { kind: 'social', name: 'Misskey' },
  pixelfed: { kind: 'social', name: 'Pixelfed' },
  friendica: { kind: 'social', name: 'Friendica' },
  peertube: { kind: 'video', name: 'PeerTube' },
  searx: { kind: 'search', name: 'SearXNG' },
  searxng: { kind: 'search', name: 'SearXNG' },
};

/** `example.com`, but not `com` or `co.uk`: there is a domain of someone's behind the first label. */
const DOMAIN = /^(?!com?\.[a-z]{2}$)[^.]+\./;

/** What an app says of itself that nobody has listed: `com.samsung.android.email.provider` reads mails. */
export const kindOfApp = (id: string): Told | undefined => (MAIL_APP.test(id) ? { kind: 'email' } : undefined);
const MAIL_APP = /\.(?:e?mail|mailapp|webmail)(?:\.|$)/;

/** What the labels of a host tell of a place that nobody has listed; undefined: nothing. */
export const kindOfLabel = (host: string): Told | undefined => {
  const dot = host.indexOf('.');
  const label = dot < 0 ? host : host.slice(0, dot);
  if (Object.hasOwn(SOFTWARE, label)) return SOFTWARE[label];
  const own = DOMAIN.test(host.slice(dot + 1));
  const mail = MAIL.test(label) && (own || label.startsWith('deref-'));
  if (mail || BELOW_MAIL.test(host)) return { kind: 'email' };
  if (own && SEARCH.test(label)) return { kind: 'search' };
  if (CHAT.test(host)) return { kind: 'ai' };
  // Few but such servers are in this domain, or called so below another.
  return host.endsWith('.social') || (own && label === 'social') ? { kind: 'social' } : undefined;
};
