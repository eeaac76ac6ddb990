import { Hono } from 'hono';
import { ofPages } from '../../http/security-headers.ts';
import { openApi } from '../openapi/openapi.ts';
import { REFERENCE_STYLE, referencePage } from '../openapi/reference-page.ts';
import { SECTIONS } from '../openapi/sections.ts';

const AN_HOUR = 'public, max-age=3600';

/** The API's description of itself, for programs and for people. */
export const referenceRoutes = (version: string) => {
  const document = JSON.stringify(openApi(SECTIONS, version));
  const page = String(referencePage(SECTIONS, version));
  return new Hono()
    .get('/openapi.json', (c) =>
      c.body(document, 200, { 'content-type': 'application/json', 'cache-control': AN_HOUR }),
    )
    .get('/reference', ofPages, (c) => c.html(page))
    .get('/reference.css', (c) =>
      c.body(String(REFERENCE_STYLE), 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': AN_HOUR }),
    );
};
