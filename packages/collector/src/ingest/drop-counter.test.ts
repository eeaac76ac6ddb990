import { describe, expect, it } from 'vitest';
import { site } from '../sites/site.ts';
import { DropCounter } from './drop-counter.ts';

const named = (id: string, timezone: string) =>
  site.parse({ id, domain: `${id}.example`, name: id, timezone, created: '2026-01-01T00:00:00Z' });
const berlin = named('berlin', 'Europe/Berlin');
const utc = named('utc', 'UTC');
const AT = Date.parse('2026-03-10T22:30:15Z');
const HOUR = 3_600_000;

const said = (counter: DropCounter) =>
  counter.drain().rows.map(({ site: id, day, kind, name, events }) => [id, day, kind, name, events].join(' '));

describe('the counter of drops', () => {
  it('adds up by site, local day and reason', () => {
    const counter = new DropCounter();
    counter.note(berlin, 'bot', 2, AT);
    counter.note(berlin, 'bot', 3, AT + 60_000);
    counter.note(berlin, 'bot', 1, AT + HOUR);
    counter.note(berlin, 'gpc', 1, AT);
    counter.note(utc, 'bot', 1, AT + HOUR);
    expect(said(counter)).toEqual([
      'berlin 2026-03-10 drop bot 5',
      'berlin 2026-03-11 drop bot 1',
      'berlin 2026-03-10 drop gpc 1',
      'utc 2026-03-10 drop bot 1',
    ]);
  });

  it('says when it was, and nothing else', () => {
    const counter = new DropCounter();
    counter.note(berlin, 'spam', 1, AT);
    const [row] = counter.drain().rows;
    const filled = Object.entries(row ?? {}).filter(([, value]) => value !== '' && value !== 0);
    expect(Object.fromEntries(filled)).toEqual({
      site: 'berlin',
      ts: AT / 1000,
      day: '2026-03-10',
      hour: Date.parse('2026-03-10T22:00:00Z') / 1000,
      hit_hour: Date.parse('2026-03-10T22:00:00Z') / 1000,
      visit: '0',
      visitor: '0',
      kind: 'drop',
      name: 'spam',
      props: {},
      events: 1,
      hit_until: '2026-03-10',
      log_until: '2026-03-10',
    });
  });

  it('has nothing left once it is drained', () => {
    const counter = new DropCounter();
    counter.note(utc, 'bot', 1, AT);
    counter.drain();
    expect(said(counter)).toEqual([]);
  });

  it('has back what could not be stored, with what came meanwhile', () => {
    const counter = new DropCounter();
    counter.note(utc, 'bot', 2, AT);
    counter.note(utc, 'late', 1, AT);
    const { undo } = counter.drain();
    counter.note(utc, 'bot', 3, AT + 1000);
    undo();
    expect(said(counter)).toEqual(['utc 2026-03-10 drop bot 5', 'utc 2026-03-10 drop late 1']);
  });
});
