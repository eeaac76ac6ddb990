import { expect, test } from 'vitest';
import { isNoOrigin } from './no-origin.ts';
import { trafficOrigin } from './origin.ts';

test.each([
  'billing.stripe.com',
  'paypal.com',
  'history.paypal.com',
  'checkout.klarna.com',
  'live.adyen.com',
  'www.mollie.com',
  'r3.girogate.de.saferpay.com',
  'secure.przelewy24.pl',
  'api.razorpay.com',
  'sis.redsys.es',
  'pay.google.com',
  'accounts.google.com',
  'login.microsoftonline.com',
  'shop-customers.b2clogin.com',
  'idmsa.apple.com',
  'bakery.okta.com',
  'bakery.eu.auth0.com',
  'bakery.auth.eu-central-1.amazoncognito.com',
  'centinelapi.cardinalcommerce.com',
  'acs3.bank.example',
  '3ds.bank.example',
  '3ds-live.bank.example',
  'acs-eu.bank.example',
  'identity.company.example',
  'logon.bank.example',
  'idp.university.example',
  'sso.company.example',
  'login2.forum.example',
  'checkout.shop.example',
])('%s is where people come back from', (host) => {
  expect(isNoOrigin(host)).toBe(true);
});

test.each([
  'stripe.com',
  'docs.stripe.com',
  'google.com',
  'apple.com',
  'microsoft.com',
  'amazon.de',
  'id.wikipedia.org',
  'secure.petition.example',
  'my.bakery.example',
  'login.example',
  'pay.example',
  'pay.co.uk',
  'payments-news.example',
  'blog-login.example.org',
  'notpaypal.com',
  'paypal.com.example',
  'author.blog.example',
  'acs.university.example',
  'acsm.university.example',
  'case.blog.example',
  'oauthor.blog.example',
])('%s is an origin', (host) => {
  expect(isNoOrigin(host)).toBe(false);
});

const origin = (referrer: string, query = '', ignored: readonly string[] = []) =>
  trafficOrigin({
    url: new URL(`https://bakery.example/thanks${query}`),
    referrer: new URL(referrer),
    site: { domain: 'bakery.example', aliases: [] },
    ignoresReferrer: (host) => ignored.includes(host),
  });

test.each([
  ['https://checkout.stripe.com/c/pay/x', '', 'Direct', 'Direct'],
  ['https://accounts.google.com/', '?gclid=x', 'Google', 'Paid search'],
  ['https://www.paypal.com/', '?utm_source=newsletter&utm_medium=email', 'Newsletter', 'Email'],
  ['http://localhost:5173/', '', 'Direct', 'Direct'],
  ['http://127.0.0.1:8080/', '', 'Direct', 'Direct'],
  ['http://[::1]:8080/', '', 'Direct', 'Direct'],
  ['https://BOOKING.example.org./', '', 'Direct', 'Direct'],
])('a visit from %s with %j counts as if it named no referrer', (referrer, query, source, channel) => {
  expect(origin(referrer, query, ['booking.example.org'])).toMatchObject({ source, channel, referrer: '' });
});
