import type { AppType } from '@passerby/collector/app';
import type { LogsQuestion } from '@passerby/collector/logs';
import type { DateRange, Question, Refusal } from '@passerby/collector/query';
import { type ClientResponse, hc, type InferResponseType } from 'hono/client';

/** A request that failed: refused by the collector, or it could not be reached (status 0). */
export class ApiError extends Error {
  readonly status: number;
  /** Field of the request that is wrong; empty if it is none. */
  readonly field: string;
  /** Kind of the refusal; empty: what answered was no collector. */
  readonly code: string;
  /** The least or the most that there may be, where the code says that it is less or more. */
  readonly limit: number | undefined;

  constructor(status: number, field: string, message: string, code = '', limit?: number) {
    super(message);
    this.status = status;
    this.field = field;
    this.code = code;
    this.limit = limit;
  }

  /** It may go well a moment later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || (this.status >= 500 && !this.damaged);
  }

  /** There is too much to do: what is asked for may be there in a moment, or take as long again. */
  get busy(): boolean {
    return this.code === 'busy' || this.code === 'too_many_requests';
  }

  /** What is asked for is stored, and cannot be read until somebody repairs it. */
  get damaged(): boolean {
    return this.code === 'damaged';
  }
}

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
export const client = hc<AppType>('/api', { fetch: reach });
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
  /** Only several questions have several answers. */
  query: async (question: Question, signal?: AbortSignal) =>
    (await json(client.query.$post({ json: question }, until(signal)))) as Answer,
  logs: (question: LogsQuestion, signal?: AbortSignal) =>
    json(client.logs.$get({ query: logsQuery(question) }, until(signal))),
};

/** An answer to a question. */
export type Answer = Exclude<InferResponseType<typeof client.query.$post>, { answers: unknown }>;
/** One group of an answer and its numbers. */
export type AnswerRow = Answer['results'][number];
/** What the collector says of itself to anyone who asks. */
export type Status = InferResponseType<typeof client.status.$get>;
/** Who is signed in, and what they may do. */
export type Account = InferResponseType<typeof client.account.$get>;
/** A site, and what the account may do on it. */
export type Site = InferResponseType<typeof client.sites.$get>['sites'][number];
