import { Hono } from 'hono';
import { z } from 'zod';
import type { Address } from '../../http/address.ts';
import { ofPages } from '../../http/security-headers.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Described } from '../openapi/described.ts';
import { openApi } from '../openapi/openapi.ts';
import { REFERENCE_STYLE, referencePage } from '../openapi/reference-page.ts';

/** What {@link referenceRoutes} need. */
export interface ReferenceRoutesDeps {
  readonly endpoint: Endpoint;
  readonly version: string;
  readonly address: Pick<Address, 'base' | 'set'>;
  /** All routes, once all are there. */
  readonly described: () => readonly Described[];
}

const AN_HOUR = 'public, max-age=3600';

/** The API's description of itself, for programs and for people. It is made when somebody first asks. */
export const referenceRoutes = ({ endpoint, version, address, described }: ReferenceRoutesDeps) => {
  const server = `${address.set ?? ''}/api`;
  const document = once(() => JSON.stringify(openApi(described(), version, server)));
  const page = once(() => String(referencePage(described(), version, address.base)));
  return new Hono()
    .get(
      '/openapi.json',
      endpoint({
        tag: 'The collector',
        permission: 'anyone',
        summary: 'Describes the API for programs',
        answers: { 200: z.looseObject({ openapi: z.string() }) },
        example: {},
      }),
      (c) => c.body(document(), 200, { 'content-type': 'application/json', 'cache-control': AN_HOUR }),
    )
    .get(
      '/reference',
      endpoint({
        tag: 'The collector',
        permission: 'anyone',
        summary: 'Describes the API for people',
        answers: { 200: 'text/html' },
        example: {},
      }),
      ofPages,
      (c) => c.html(page()),
    )
    .get(
      '/reference.css',
      endpoint({
        tag: 'The collector',
        permission: 'anyone',
        summary: 'Is how that looks',
        answers: { 200: 'text/css' },
        example: {},
      }),
      (c) =>
        c.body(String(REFERENCE_STYLE), 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': AN_HOUR }),
    );
};

/** Makes something when it is first asked for, and keeps it. */
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
