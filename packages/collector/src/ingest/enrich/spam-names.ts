import { isWithin, LONGEST_HOST } from '../../lib/domain-lookup.ts';

/**
 * Names that say of a host what it is. To leave out a visit that happened is worse than to count one that did not: a word
 * that honest hosts have too (`casinotheater.ch`, `essex.ac.uk`, `trafficscotland.org`) counts only beside another, or in
 * top-level domains in which most such hosts are spam. `spam.test.ts` has hundreds of honest ones.
 */
interface Rule {
  /** Top-level domains in which it holds. */
  readonly where: RegExp;
  /** Looked for in each label but the top-level domain. */
  readonly names: readonly RegExp[];
}

/** A word by itself: a dash, a digit, or nothing beside it. */
const word = (words: string): RegExp => new RegExp(`(?:^|[-\\d])(?:${words})(?:$|[-\\d])`);

/** What follows `traffic` where it is that of streets and airports. */
const NOT_STREETS =
  '(?!-?(?:cone|sign|light|ticket|school|law|attorney|court|jam|report|info|radio|news|map|cam|safety|control|update|museum|watch|alert|barrier|police))';

/** Domains in which a host costs next to nothing. */
const CHEAP =
  /^(?:xyz|top|site|online|website|club|icu|host|space|fun|shop|live|life|win|bid|trade|date|stream|click|link|loan|buzz|cam|sbs|cfd|cyou|bond|monster|quest|lol|pw|ml|ga|cf|gq|tk|vip|plus)$/;

/** These, and domains in which there is hardly an honest host with a name of chance or sex. */
const CARELESS = new RegExp(`${CHEAP.source}|^(?:ru|su|info|biz|cc|ws|mobi|best)$`);

const RULES: readonly Rule[] = [
  {
    where: /^/,
    names: [
      // Pornography.
      // Not the towns of Pornic and Pornichet, Pornassio, Pornova and Pornaigarh.
      /(?<!(?:food|word|earth|cabin|book|room|space|stop|anti|no|ship?)-?)porn(?!ogra|-?addict|-?help|ot(?!ub)|am|ic(?:$|-|h)|assio|ova|dach|aig)/,
      /(?:^|[-\d])xxx(?!l|pr|[iv]+x?(?:$|[-\d]))|xxx-?(?:porn|sex|tube|vid|cam|movie|chat|girl)|hentai/,
      /sex-?(?:video|chat|cam|dating|tube|movie|girl|pic|foto|photo|porn|spy|wife)|(?:video|cam|chat|free|virtual|live)-?sex(?:$|[-\d]|chat|video|cam|tube|porn)/,
      /sexy(?:$|-|girl|chat|cam|blog)|prostitutk|(?:^|[-\d])(?:erotic\w*|ero|intim|girls?|adult|gays?|exotic|sexy?|trans)-(?:video-?)?chat/,
      // Drugs.
      /viagra(?!nd)|levitra(?!l)|kamagra(?!n)/,
      word('cialis|xanax|tramadol|oxycodone|no-?rx'),
      /(?:buy|cheap|order|online|purchase)-?(?:\w+-)*(?:pills|meds|norx)|(?:pills|meds)(?:online|\d|-?24|no-?rx)|(?:silden|tadal|varden)afil-?(?:\d|online|buy)/,
      // Stolen cards.
      /cards?dumps|dumps(?:shop|cc)|fullz|c{1,2}v{1,2}-?shop|validcc|valid-cc/,
      // Bookmakers, casinos and markets that are blocked or closed come back under their name with something beside it.
      /(?:^|[-\d])(?:1?xbet|1x-?slots?|melbet|mostbet|marathonbet|1win|vavada|superslot[sz])(?:[-\d]|ru$|cc$|online|[-s]?ca[sz]ino)/,
      /(?:^|-)vulkan-?(?:\d|russia|oficial|nadengi|online|win|vegas|platinum|stars|ca[sz]ino)/,
      /^1x(?:bet|slot)[a-z]+|(?:live|my|new|in|go)-(?:1?xbet|melbet|mostbet|vavada|1win)|ca[sz]ino-?x(?:$|-)|ca[sz]ino-?vulkan|pin-?up-?ca[sz]ino/,
      /(?:casino|poker|slots?)-?(?:\w+-)*\w*777|hydra-?(?:onion|ruz|rus|zerkal|vhod|market|gate|20\d\d)|\dhydra(?:$|[-\d])/,
      // Visitors, ranks and links for sale.
      new RegExp(
        String.raw`(?:^|[-\d])(?:(?:free|cheap|buy|get|more)-(?:\w+-)*|(?:bot|website|webmaster|auto-?seo|seo|social)-?)traffic${NOT_STREETS}(?:$|[-\d])`,
      ),
      /(?:^|[-\d])(?:bot|cheap|www)traffic|websitetraffic|traffic-?(?:bot|2?cash|2money|4free|monetiz|plus)/,
      /(?:^|-)(?:\d+|best|top\d*|cheap|free|auto|super|get|buy|resell|anti-crisis|e-?commerce|amazon|local|progressive|success|for)(?:-\w+)*-seo(?:$|[-\d])|autoseo(?:$|-)/,
      /^seo-(?:traffic|smm|boost|backlinks?|guru|offer|tips$|\d)|backlinks?-(?:fast|cheap|buy|seo|top|service)|(?:buy|cheap|free|get)-(?:\w+-)*backlinks?|backlinks?-?4u/,
      /(?:buy|get)-(?:\w+-)*visitors(?!-(?:guide|cent|book|map))|(?:boost|rank|increase|improve)-your-(?:\w+-)?(?:site|website|ranking|page)s?(?:$|-)/,
      /(?:^|-)(?:(?:buy|cheap(?:est)?)-?(?:\w+-)*(?:followers|subscribers|likes|views)|(?:get|free)-?(?:\w+-)*followers)(?:$|[-\d])|(?:^|-)smm-?panel/,
      /(?:make|earn)-?(?:fast-?)?money-?(?:online|fast|now|easy)|get-?rich-?quick/,
      // Buttons to share.
      /buttons?-for-|(?:free|simple|floating)-(?:share-|social-|floating-)?buttons|(?:free|your)-social-buttons/,
      // Threats with the law.
      /cookie-law-enforcement|law-enforcement-(?:bot|check|[a-z]{2}$)|law-check-[a-z]+$/,
      // Copies of banks.
      /business-online-sberbank|bonus-(?:vtb|spasibo)/,
    ],
  },
  { where: /^(?:porn|sex|xxx|adult|casino)$/, names: [/^./] },
  {
    where: CARELESS,
    names: [
      /ca[sz]ino(?!-?(?:t[he]+at|museum|kino|arts?(?:$|-)))|poker|(?:^|[-\d])slots?(?:$|[-\d])|slots-|(?:^|-)bet(?:$|-)|betting|forex[-\d]|[-\d]forex/,
      /(?:^|[-\d])sex(?:$|[-\d])|^(?!(?:es|sus|wes|uni|bi|de|a)sex)[a-z]{1,4}sex$|sexy|xxx$|escort(?:s|-|$)|(?:^|-)milf|-video-?chats?$|^(?:intim|virt)chats?$/,
      /^kabinet-|^online-(?:sberbank|sbank|vtb|binbank|raiffeisen)$/,
    ],
  },
  {
    where: CHEAP,
    names: [
      new RegExp(`(?<!(?:air|road|rail|bike|city|flight|sea|essex)-?)traffic${NOT_STREETS}`),
      // As a word: museums, strolls and wishes of the Spanish end in it, and it begins names of Koreans.
      /(?:^|[-\d])seo(?:$|[-\d]|(?:tool|boost|rank|serv|link|master|expert|optim|top|guru|pro|web|agen|audit|check|market|monitor|analy|smm))/,
      /(?:^|[-\d])(?:auto|best|top|web|buy|cheap|free|local|my|pro|super|smart|google|site|fast|easy)seo(?:$|-)/,
      /backlinks?|rank-?check|website-(?:speed|analy|audit|rank)|forex(?!ample|po|tra|ce)|(?:^|-)fx(?:$|-)|binary-?options/,
      /(?:instagram|insta|youtube|tiktok|facebook|telegram|twitter)-?(?:followers|likes|views|subscribers)|buy(?:youtube|instagram|tiktok)/,
      /(?:web|website|site|real)-visitors|guaranteed-(?:\w+-)?rank|first-page-google|google-first-page|(?:copyright|dmca)(?:claims?)?-(?:\w+-)*notice/,
      /(?:social|share)-?buttons?|social-widget|compliance-[a-z]+$|(?:^|-)(?:pills|steroids|anabolics)(?:$|-)|(?:silden|tadal|varden)afil/,
      /(?:crypto|bitcoin|btc)-?(?:bonus|profit|invest|mining|doubler)|(?:easy|quick|fast)-?(?:money|cash|loan)/,
    ],
  },
];

/** One pattern a rule, for labels one a line. */
const PATTERNS = RULES.map(({ where, names }) => ({
  where,
  pattern: new RegExp(names.map(({ source }) => source).join('|'), 'm'),
}));

/** Honest hosts whose names say it all the same. Each stands for all below it. */
const HONEST: ReadonlySet<string> = new Set('pornhub.com youporn.com theporndude.com viagra.com cialis.com'.split(' '));

/**
 * True for a host whose name says that it is spam.
 * @param host in small letters
 * @example saysSo('get-free-traffic-now.com') === true
 */
export const saysSo = (host: string): boolean => {
  if (host.length > LONGEST_HOST) return false;
  const name = host.endsWith('.') ? host.slice(0, -1) : host;
  const dot = name.lastIndexOf('.');
  const top = name.slice(dot + 1);
  const labels = dot < 0 ? '' : name.slice(0, dot).replaceAll('.', '\n');
  return PATTERNS.some(({ where, pattern }) => where.test(top) && pattern.test(labels)) && !isWithin(host, HONEST);
};
