import { describe, expect, it } from 'vitest';
import { logsHref, parseLogsView } from './logs-view.ts';

const view = (search = '') => parseLogsView(new URLSearchParams(search));

describe('the view of the logs page and its address', () => {
  it.each([
    '',
    '?tab=records&level=warn&search=price+tag',
    '?period=28d',
    '?tab=records&problem=0123456789abcdef&offset=50',
  ])('%s comes back as it was', (search) => {
    const read = view(search);
    expect(logsHref('example.com', read, { offset: read.offset })).toBe(`/sites/example.com/logs${search}`);
  });

  it('begins a changed list at its beginning', () => {
    expect(logsHref('example.com', view('?tab=records&offset=50'), { level: 'error' })).toBe(
      '/sites/example.com/logs?tab=records&level=error',
    );
  });

  it.each(['?level=loud', '?offset=-1', '?offset=1.5', '?offset=x', '?tab=cookies'])(
    '%s is not understood',
    (search) => {
      expect(view(search)).toEqual(view());
    },
  );
});
