import { init } from '@plausible-analytics/tracker';

init({
  domain: 'page.example',
  endpoint: 'http://stats.example.com/in',
  outboundLinks: true,
  fileDownloads: true,
  formSubmissions: true,
});
