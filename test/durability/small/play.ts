import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../../../packages/collector/src/ingest/pipeline.ts';
import { replay } from '../../../packages/collector/src/ingest/spool/dead-letters.ts';
import type { Beacon } from '../../../packages/sdk/src/wire.ts';
import type { Reply, Sent } from '../../support/load.ts';
import { until } from '../../support/until.ts';
import { compare, promised } from '../../support/verdict.ts';
import { Book, type Entry, HEAVY, REFUSED, UNREADABLE } from './book.ts';
import type { Ending } from './every.ts';
import { openIntake, type SmallIntake } from './intake.ts';
import type { Life } from './life.ts';

/** A beacon of the play. Every second one is sent again until it is counted; the others are given up. */
interface Parcel extends Sent {
  readonly replies: Reply[];
  readonly beacon: Beacon;
  readonly address: string;
  readonly stubborn: boolean;
}

/** A process on the stage. */
interface Actor {
  readonly life: Life;
  readonly intake: SmallIntake;
}

/** A short story with everything in it that the spool does, in which processes may die and files may fail. */
export interface Play {
  /** Where it is stored, whatever happens. */
  readonly book: Book;
  /**
   * Goes on with the story where the life before it ended. A life that outlives the story recovers by itself from what
   * it went through, and stores everything. Resolves then, or when it is over.
   * @param healed called when the story is at its end, before the recovery
   */
  live(life: Life, healed?: () => void): Promise<void>;
  /** What became of everything. @param where which play this is, for the words on what is wrong */
  end(where: string): Ending;
}

const BROWSERS = 5;
/** How long the story waits for a store that may not get anything to do. */
const PATIENCE_MS = 250;
/** About as long as two looks take. */
const TURN_MS = 50;
/** A client that has no answer by then goes on without. */
const ANSWER_MS = 1_500;
const RECOVERY_MS = 20_000;

/** Bits of a visit's number that are drawn; the rest is the second in which it began. */
const DRAWN = 2 ** 22;

/**
 * Two visits that begin in the same second and draw the same bits are one: by chance, once in some hundred runs of these plays. It is
 * allowed, and looks like a visit that was torn.
 */
const withoutRepeats = (random: () => number): (() => number) => {
  const drawn = new Set<number>();
  return () => {
    for (;;) {
      const number = random();
      const bits = Math.floor(number * 2 ** 32) % DRAWN;
      if (drawn.has(bits)) continue;
      drawn.add(bits);
      return number;
    }
  };
};

export const createPlay = (dataDir: string, fsync: boolean, random: () => number): Play => {
  const book = new Book();
  const parcels: Parcel[] = [];
  let scene = 0;
  const visits = withoutRepeats(random);

  /** Every browser sends a beacon, at the same time. */
  const round = async (actor: Actor, kind: string, twice = false): Promise<void> => {
    const sending = Array.from({ length: BROWSERS }, (_, browser) => {
      const parcel = compose(`${kind} ${parcels.length}`, browser, parcels.length % 2 === 0, random);
      parcels.push(parcel);
      return twice ? Promise.all([attempt(actor, parcel), attempt(actor, parcel)]) : attempt(actor, parcel);
    });
    await Promise.all(sending);
  };

  /** @param share of those who would, how many happen to send again now */
  const again = async (actor: Actor, share: number): Promise<void> => {
    const open = parcels.filter(({ stubborn, replies }) => stubborn && !isDone(replies) && random() < share);
    await Promise.all(open.map((parcel) => attempt(actor, parcel)));
  };

  const SCENES: readonly ((actor: Actor) => Promise<void>)[] = [
    (actor) => round(actor, 'first', true),
    look,
    flush,
    async (actor) => {
      book.away = true;
      await round(actor, 'away');
      await flush(actor);
    },
    (actor) => round(actor, 'still away', true),
    async (actor) => {
      await look(actor);
      book.away = false;
      await flush(actor);
    },
    (actor) => round(actor, UNREADABLE),
    flush,
    (actor) => round(actor, REFUSED),
    flush,
    (actor) => round(actor, HEAVY),
    async (actor) => {
      const late = sleep(random() * TURN_MS).then(() => round(actor, 'last', true));
      await Promise.all([look(actor), look(actor), late]);
    },
  ];

  const recover = async (actor: Actor): Promise<void> => {
    const { spool, backlog } = actor.intake.writeBuffer;
    book.away = false;
    await until('room in the spool', RECOVERY_MS, async () => {
      await look(actor);
      return spool.hasRoom();
    });
    await again(actor, 1);
    await until('everything is stored or set aside', RECOVERY_MS, async () => {
      await flush(actor);
      return backlog().rows === 0;
    });
    book.cured = true;
    await until('everything is stored', RECOVERY_MS, async () => {
      const putBack = await replay(actor.life.files, join(dataDir, 'rejected'), join(dataDir, 'spool'));
      await look(actor);
      await flush(actor);
      return putBack === 0 && backlog().rows === 0;
    });
  };

  const tell = async (life: Life, healed: () => void): Promise<void> => {
    const intake = await openIntake({ files: life.files, store: life.store, dataDir, fsync, random: visits });
    const actor = { life, intake };
    await again(actor, 0.3);
    while (scene < SCENES.length) await SCENES[scene++]?.(actor);
    healed();
    await recover(actor);
  };

  return {
    book,
    live: (life, healed = () => {}) => Promise.race([tell(life, healed), life.died]),
    end(where) {
      const rows = countBy(book.entries.map(({ name }) => name));
      const wrong = [
        ...parcels.flatMap((parcel) => broken(parcel, rows.get(parcel.name) ?? 0)),
        ...tornVisits(book.entries).map((visit) => `a visit is not whole: ${visit}`),
        ...book.mistakes.map((token) => `token ${token} came with other bytes`),
      ];
      return { ...compare(parcels, rows), wrong: wrong.map((what) => `${where}: ${what}`) };
    },
  };
};

const broken = (parcel: Parcel, stored: number): string[] => {
  const [least, most] = promised(parcel);
  if (least <= stored && stored <= most) return [];
  return [`"${parcel.name}", answered ${parcel.replies.join(', ')}: ${stored} of ${parcel.items} are stored`];
};

const attempt = async ({ life, intake }: Actor, parcel: Parcel): Promise<void> => {
  const index = parcel.replies.push('none') - 1;
  const sending = intake.send(parcel.beacon, parcel.address).then(replyOf, (error: unknown) => {
    throw new Error(`there was no answer but ${error}`);
  });
  parcel.replies[index] = await life.hold(Promise.race([sending, sleep(ANSWER_MS, 'none' as const)]));
};

const look = ({ life, intake }: Actor): Promise<void> => life.hold(intake.writeBuffer.look());

/** Stores what there is, unless that takes too long. */
const flush = ({ life, intake }: Actor): Promise<void> =>
  life.hold(Promise.race([intake.writeBuffer.flush(), sleep(PATIENCE_MS)]));

const isDone = (replies: readonly Reply[]): boolean => replies.includes('counted') || replies.includes('duplicate');

const compose = (name: string, browser: number, stubborn: boolean, random: () => number): Parcel => ({
  name,
  items: 2,
  replies: [],
  stubborn,
  address: `86.150.0.${browser}`,
  beacon: {
    b: Array.from({ length: 2 }, () => 10 ** 9 + Math.floor(random() * 10 ** 9)).join('-'),
    s: 'example.com',
    u: 'https://example.com/',
    t: name,
    i: [{ k: 'view' }, { k: 'event', n: name }],
  },
});

const replyOf = (outcome: Outcome): Reply => {
  if (outcome.status === null) return 'none';
  if (outcome.status === 503) return 'refused';
  if (outcome.status !== 202) throw new Error(`answered ${outcome.status}`);
  return outcome.counted > 0 ? 'counted' : 'duplicate';
};

const countBy = (names: readonly string[]): Map<string, number> =>
  names.reduce((counts, name) => counts.set(name, (counts.get(name) ?? 0) + 1), new Map<string, number>());

/** Visits whose stored rows are not numbered from 1 without a gap, the first of them saying that the visit began; with these rows. */
const tornVisits = (entries: readonly Entry[]): string[] => {
  const rowsOf = (number: string): Entry[] =>
    entries.filter(({ visit }) => visit === number).sort((a, b) => a.step - b.step);
  const isWhole = (rows: readonly Entry[]): boolean =>
    rows.every(({ step, visits }, index) => step === index + 1 && visits === (index === 0 ? 1 : 0));
  return [...new Set(entries.map(({ visit }) => visit))].flatMap((number) => {
    const rows = rowsOf(number);
    return isWhole(rows)
      ? []
      : [`${number}: ${rows.map(({ name, step, visits }) => `${name}/${step}/${visits}`).join(' ')}`];
  });
};
