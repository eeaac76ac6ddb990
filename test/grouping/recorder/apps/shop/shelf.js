import { facts, onClick, show } from '../lib/page.js';

class Shelf {
  constructor(goods) {
    this.goods = goods;
  }

  maker() {
    return this.goods.maker.name;
  }

  describe() {
    return `${this.goods.title} by ${this.maker()}`;
  }
}

class AddressBook {
  static key = 'addresses';

  load() {
    this.entries = JSON.parse(localStorage.getItem(AddressBook.key));
    return this;
  }
}

class Ticker {
  constructor(selector) {
    this.selector = selector;
  }

  blink() {
    document.querySelector(this.selector).classList.toggle('on');
  }

  start() {
    setTimeout(() => this.blink(), 5);
  }
}

class Refund {
  constructor(order) {
    this.order = order;
  }

  get amount() {
    return this.order.lines.reduce((sum, { price }) => sum + price.amount, 0);
  }

  propose() {
    show(`${this.amount} back`);
  }
}

const discounts = {
  forLine(line) {
    const part = line.special.price.amount / 10;
    return Math.round(part);
  },
  all(lines) {
    const found = [];
    for (const line of lines) found.push(this.forLine(line));
    return found;
  },
};

export const mountShelf = () => {
  onClick('shelf-maker', () => show(new Shelf({ title: 'Basket' }).describe()));
  onClick('address-book', () => {
    localStorage.setItem('addresses', `[{"town":"${facts.code}`);
    show(new AddressBook().load().entries.length);
  });
  onClick('ticker-blink', () => new Ticker('.ticker').start());
  onClick('refund-lines', () => new Refund().propose());
  onClick('refund-price', () => new Refund({ lines: [{}] }).propose());
  onClick('line-discount', () => show(discounts.all([{ special: {} }]).join(', ')));
};
