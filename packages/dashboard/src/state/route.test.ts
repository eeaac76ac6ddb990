import { expect, it } from 'vitest';
import { parseRoute, type Route } from './route.ts';

it.each<[string, Route]>([
  ['/', { screen: 'sites' }],
  ['/login', { screen: 'login' }],
  ['/setup', { screen: 'setup' }],
  ['/settings', { screen: 'moved', to: '/account' }],
  ['/account', { screen: 'account' }],
  ['/accounts', { screen: 'accounts' }],
  ['/system', { screen: 'system' }],
  ['/invite', { screen: 'invite' }],
  ['/reset', { screen: 'reset' }],
  ['/new', { screen: 'new-site' }],
  ['/sites/example.com', { screen: 'statistics', domain: 'example.com' }],
  ['/sites/example.com/', { screen: 'statistics', domain: 'example.com' }],
  ['/sites/example.com/logs', { screen: 'logs', domain: 'example.com' }],
  ['/sites/example.com/live', { screen: 'live', domain: 'example.com' }],
  ['/sites/example.com/install', { screen: 'install', domain: 'example.com' }],
  ['/sites/example.com/settings', { screen: 'site-settings', domain: 'example.com' }],
  ['/sites/demo', { screen: 'statistics', domain: 'demo' }],
  ['/sites/b%C3%BCcher.example/logs', { screen: 'logs', domain: 'xn--bcher-kva.example' }],
  ['/sites/Bücher.example', { screen: 'statistics', domain: 'xn--bcher-kva.example' }],
  ['/sites/xn--bcher-kva.example', { screen: 'statistics', domain: 'xn--bcher-kva.example' }],
  ['/sites/a%20ü', { screen: 'statistics', domain: 'a ü' }],
  ['/example.com', { screen: 'nowhere' }],
  ['/sites/', { screen: 'nowhere' }],
  ['/sites/example.com/money', { screen: 'nowhere' }],
  ['/sites/example.com/toString', { screen: 'nowhere' }],
  ['/sites/example.com/logs/1', { screen: 'nowhere' }],
  ['/sites/%E0%A4%A', { screen: 'nowhere' }],
])('%s', (path, route) => {
  expect(parseRoute(path)).toEqual(route);
});
