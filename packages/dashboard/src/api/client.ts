import type { AppType } from '@passerby/collector/app';
import type { LogsQuestion } from '@passerby/collector/logs';
import type { DateRange, Refusal } from '@passerby/collector/query';
import { type ClientResponse, hc, type InferResponseType } from 'hono/client';
import { placed } from '../app/place.ts';
import { ApiError } from './api-error.ts';
import { gather, type Send } from './batch.ts';

export { ApiError } from './api-error.ts';

/** Fires `signedout` when a request is refused because nobody is signed in any more. */
export const authEvents = new EventTarget();

const refusal = async (response: Response): Promise<ApiError> => {
  // A proxy in between answers with pages of its own.
  const body = (await response.json().catch(() => null)) as Partial<Refusal> | null;
  const { code, field = '', message = response.statusText, limit } = body?.error ?? {};
  return new ApiError(response.status, field, message, code, limit);
};

/** Rejects with {@link ApiError} where the network or the collector does not answer well. */
const reach: typeof fetch = async (input, init) => {
  const response = await fetch(input, init).catch((cause) => {
    if (init?.signal?.aborted) throw cause;
    throw new ApiError(0, '', 'The collector cannot be reached.');
  });
  if (response.ok) return response;
  if (response.status === 401) authEvents.dispatchEvent(new Event('signedout'));
  throw await refusal(response);
};

/** The API, by its routes. Requests of parts that are loaded later are made beside them. */
export const client = hc<AppType>(placed('/api'), { fetch: reach });
const site = client.sites[':domain'];

/** The body of an answer. */
export const json = async <T>(request: Promise<ClientResponse<T>>): Promise<T> => (await request).json() as Promise<T>;

/** Requests that are no longer waited for are given up by their signal. */
export const until = (signal: AbortSignal | undefined) => (signal ? { init: { signal } } : {});

/** In the query of an address a range is one text: its name, or its ends with a comma between them. */
const logsQuery = ({ date_range, ...rest }: LogsQuestion) => ({
  ...rest,
  ...(date_range && { date_range: String(date_range) as DateRange }),
});

/** A refusal of one question among several has no status: its code says whether it may go well a moment later. */
const statusOf = (code: string): number => (code === 'over_limit' ? 400 : 503);

/** A question alone goes as it is. */
const send: Send<Answer> = async (questions, signal) => {
  const [question] = questions;
  const asked = question && questions.length === 1 ? question : { questions: [...questions] };
  const answered = await json(client.query.$post({ json: asked }, until(signal)));
  if (!('answers' in answered)) return [answered];
  return answered.answers.map((outcome) => {
    if (!('error' in outcome)) return outcome;
    const { field, message, code, limit } = outcome.error;
    return new ApiError(statusOf(code), field, message, code, limit);
  });
};

/** All requests of the dashboard. Each rejects with {@link ApiError}. */
export const api = {
  status: (signal?: AbortSignal) => json(client.status.$get({}, until(signal))),
  setup: (owner: { token: string; email: string; password: string }) => json(client.setup.$post({ json: owner })),
  login: (owner: { email: string; password: string; code?: string }) => json(client.login.$post({ json: owner })),
  logout: () => client.logout.$post(),
  account: (signal?: AbortSignal) => json(client.account.$get({}, until(signal))),
  sites: (signal?: AbortSignal) => json(client.sites.$get({}, until(signal))),
  addSite: (added: { domain: string; name?: string; timezone: string }) => json(client.sites.$post({ json: added })),
  now: (domain: string, signal?: AbortSignal) => json(site.now.$get({ param: { domain } }, until(signal))),
  query: gather(send),
  logs: (question: LogsQuestion, signal?: AbortSignal) =>
    json(client.logs.$get({ query: logsQuery(question) }, until(signal))),
};

type Asked = InferResponseType<typeof client.query.$post>;
type Answers = Extract<Asked, { readonly answers: unknown }>;
/** An answer to a question. */
export type Answer = Exclude<Asked, Answers>;
/** One group of an answer and its numbers. */
export type AnswerRow = Answer['results'][number];
/** What the collector says of itself to anyone who asks. */
export type Status = InferResponseType<typeof client.status.$get>;
/** Who is signed in, and what they may do. */
export type Account = InferResponseType<typeof client.account.$get>;
/** A site, and what the account may do on it. */
export type Site = InferResponseType<typeof client.sites.$get>['sites'][number];
