/** A day of a few random browsers, and random parts of it to be purged. */
import type { Dice } from '../../../../../test/counting/dice.ts';
import type { Hit } from '../../ingest/beacon.ts';
import { anonymous, engage, view } from '../../ingest/visits/testing.ts';
import { createVisit } from '../../ingest/visits/visit.ts';
import { VisitMemory } from '../../ingest/visits/visit-memory.ts';
import { VisitorKeys } from '../../privacy/keys.ts';
import { SITE } from '../../query/testing.ts';
import type { Row } from '../../store/row.ts';
import type { Part } from './part.ts';

const MORNING = Date.parse('2026-06-09T08:00:00+02:00');
const EVENING = Date.parse('2026-06-09T20:00:00+02:00');
const MINUTE = 60_000;

/** All that six browsers do on a day, in small steps and with long breaks, some of it late. */
export const rowsOfPeople = (dice: Dice, id: string): Row[] => {
  const keys = new VisitorKeys(MORNING);
  const visit = createVisit({ memory: new VisitMemory(100), random: () => dice.below(2 ** 32) });
  const rows: Row[] = [];
  for (let at = MORNING; at < EVENING; at += (1 + dice.below(15)) * MINUTE) {
    const who = dice.below(6);
    const base = anonymous(at);
    const happened = dice.chance(0.2) ? at - dice.below(10) * MINUTE : at;
    const event: Hit = {
      kind: 'event',
      at: happened,
      name: dice.pick(['Order', 'Spam']),
      props: {},
      ...(dice.chance(0.5) && { revenue: { amount: dice.below(9000), currency: dice.pick(['EUR', 'USD']) } }),
    };
    const made = visit({
      ...base,
      site: { ...SITE, id },
      browserKey: keys.browserKey(id, `192.0.2.${who}`, 'agent', at),
      page: { ...base.page, path: dice.pick(['/', '/a', '/b']), title: dice.pick(['One', 'Two']) },
      props: { plan: dice.pick(['free', 'forged']) },
      screen: dice.pick(['s', 'l']),
      origin: { ...base.origin, source: dice.pick(['spam', 'Google', 'news']), utm_term: dice.pick(['', 'x', 'y']) },
      client: { ...base.client, country: who % 2 === 0 ? 'DE' : 'AT' },
      items: [dice.pick([view(happened), view(happened), event, engage(happened)])],
    });
    rows.push(...made.rows);
  }
  return rows.map((row) => ({ ...row, hit_until: '2099-12-31' }));
};

/** Some of what these rows say. */
export const partOf = (dice: Dice, rows: readonly Row[]): Part => {
  const all = { page: null, from: null, to: null };
  const said = dice.pick<Part['said']>([
    [{ dimension: 'visit:source', value: 'spam' }],
    [{ dimension: 'visit:country', value: 'AT' }],
    [{ dimension: 'event:name', value: 'Spam' }],
    [{ dimension: 'event:title', value: 'Two' }],
    [{ dimension: 'event:page', value: '/a' }],
    [{ dimension: 'event:currency', value: 'EUR' }],
    [{ dimension: 'event:props:plan', value: 'forged' }],
    [
      { dimension: 'visit:utm_term', value: 'x' },
      { dimension: 'event:page', value: '/' },
    ],
    undefined,
  ]);
  return said === undefined
    ? { ...all, hours: [dice.pick(rows.filter(({ visit }) => visit !== '0')).hour] }
    : { ...all, said };
};
