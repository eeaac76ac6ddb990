import { onClick, show } from '../lib/page.js';

class Digest {
  constructor(entries) {
    this.entries = entries;
  }

  get subject() {
    return this.entries[0].card.title;
  }

  send() {
    show(`Mail: ${this.subject}`);
  }
}

class Legend {
  paint(theme) {
    return theme.colours.map(({ name }) => name);
  }

  async draw(theme) {
    await null;
    show(this.paint(theme).join(', '));
  }
}

class Stats {
  constructor(table) {
    this.table = table;
  }

  get width() {
    return this.table.columns.length * 80;
  }
}

const people = [{ id: 1, name: 'Ada' }];

const assigneeOf = (card) => people.find(({ id }) => id === card.assignee).name;

const assigned = (cards) => {
  const found = new Set();
  cards.forEach((card) => {
    found.add(assigneeOf(card));
  });
  return found;
};

const resize = {
  grip: null,
  drag(width) {
    this.grip.style.width = `${width}px`;
  },
  finish(event) {
    this.drag(event.clientX);
  },
};

export const mountDigest = () => {
  onClick('digest-subject', () => new Digest([{ card: null }]).send());
  onClick('legend-colours', () => new Legend().draw({}));
  onClick('stats-width', () => show(new Stats({}).width));
  onClick('card-assignee', () => show(assigned([{ assignee: 2 }]).size));
  onClick('resize-grip', (event) => resize.finish(event));
};
