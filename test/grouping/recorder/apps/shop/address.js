import { facts, onClick, show } from '../lib/page.js';

class Address {
  constructor(fields) {
    this.fields = fields;
  }

  get street() {
    return this.fields.street.trim();
  }

  get label() {
    return `${this.street}, ${this.fields.town}`;
  }

  set country(code) {
    if (!/^[A-Z]{2}$/.test(code)) throw new TypeError(`"${code}" is no country`);
    this.fields.country = code;
  }
}

export const mountAddress = () => {
  const address = new Address({ town: 'Ulm', street: null });
  onClick('address-street', () => show(address.label));
  onClick('address-country', () => {
    address.country = facts.code;
  });
};
