/**
 * What can be wrong with a request, for programs: the code stays where the sentence beside it may be worded anew. By
 * kinds: which field it is, and what exactly, stands in the rest of the answer.
 */
export const ERROR_CODES = {
  invalid: 'The field is wrong; the sentence says what it must be.',
  missing: 'The field must be given.',
  unknown_field: 'There is no such field.',
  too_short: 'The text is too short.',
  too_long: 'The text is too long.',
  too_small: 'The number is too small.',
  too_large: 'The number is too large.',
  too_few: 'The list has too few entries.',
  too_many: 'The list has too many entries.',
  too_many_days: 'The period has too many days.',
  not_whole: 'This is no whole number.',
  not_a_choice: 'This is none of the values that the field may have.',
  not_a_date: 'This is no day, or none of the years that are counted.',
  not_an_hour: 'This is no hour of the site.',
  not_a_full_hour: 'No hour of the site begins or ends there.',
  backwards: 'The period ends before it begins, or there.',
  not_an_email: 'This is no e-mail address.',
  not_a_domain: 'This is no domain.',
  not_a_host: 'This is no host.',
  not_a_network: 'This is neither an address nor a network.',
  not_a_country: 'This is no code of a country.',
  not_a_page: 'This is no path of a page.',
  not_a_path: 'This is no path of the site.',
  not_a_pattern: 'This is no regular expression, or none that can be asked for.',
  not_a_parameter: 'This is no name of a query parameter.',
  not_a_time_zone: 'This is no IANA time zone.',
  not_confirmed: 'What was to be typed as a confirmation is something else.',
  over_limit: 'This asks for more hits than can be counted at once.',
  request_too_large: 'The body or the headers of the request are too large.',
  not_json: 'The body is no JSON, or does not say that it is.',
  wrong_method: 'The path is there, and has other methods: Allow says which.',
  not_signed_in: 'Nobody is signed in, and there is no good token.',
  wrong_credentials: 'E-mail or password is wrong.',
  wrong_password: 'The password is wrong.',
  code_needed: 'The account has a second factor: its code must be given.',
  wrong_code: 'The code of the second factor is wrong, or was used already.',
  forbidden: 'The account or token may not do this.',
  cross_site: 'Pages of other sites may not do this.',
  wrong_account: 'The link is for another account.',
  bad_link: 'The one-time link is wrong, was used or has expired.',
  not_found: 'There is nothing of this name, or not for this caller.',
  email_taken: 'An account with this e-mail exists already.',
  domain_taken: 'Another site has this name.',
  name_taken: 'Something else has this name.',
  owner_exists: 'There is an owner already.',
  last_owner: 'Nobody else owns everything.',
  second_factor_on: 'The second factor is on already.',
  no_second_factor: 'There is no second factor to confirm.',
  quota_reached: 'There are as many as there may be.',
  changed_meanwhile: 'Somebody else has changed it meanwhile.',
  under_way: 'The same is under way already.',
  on_cluster: 'The tables are on a cluster, which has a backup of its own.',
  too_many_attempts: 'Too many attempts were made: try again in some minutes.',
  too_many_requests: 'The caller has sent too many requests, or waits for too many answers.',
  busy: 'There is no room for this right now: try again in a moment.',
  store_away: 'The store does not answer, or not yet: try again in a moment.',
  damaged: 'What is stored is damaged and cannot be read.',
  internal: 'Something went wrong in the collector.',
} as const satisfies Readonly<Record<string, string>>;

/** Why a request was refused. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** True for one of {@link ERROR_CODES}. */
export const isErrorCode = (name: unknown): name is ErrorCode =>
  typeof name === 'string' && Object.hasOwn(ERROR_CODES, name);

const BY_STATUS: Readonly<Partial<Record<number, ErrorCode>>> = {
  400: 'invalid',
  401: 'not_signed_in',
  403: 'forbidden',
  404: 'not_found',
  405: 'wrong_method',
  413: 'request_too_large',
  415: 'not_json',
  429: 'too_many_requests',
  431: 'request_too_large',
  503: 'busy',
};

/** The code of a refusal that was made before anybody knew what is asked for: its status tells the kind. */
export const codeOfStatus = (status: number): ErrorCode => BY_STATUS[status] ?? 'internal';
