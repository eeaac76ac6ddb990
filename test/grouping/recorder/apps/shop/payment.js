import { facts, onClick, show } from '../lib/page.js';

class PaymentError extends Error {
  name = 'PaymentError';
}

class Payment {
  constructor(order) {
    this.order = order;
    this.state = 'new';
  }

  async authorise() {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (this.state !== 'ready') throw new PaymentError(`Payment of order ${this.order} was refused`);
    show('paid');
  }

  expire(user) {
    if (this.state === 'new') throw new PaymentError(`User ${user} did not confirm within ${facts.now % 900} s`);
    this.state = 'over';
  }
}

export const mountPayment = () => {
  const payment = new Payment(facts.order);
  onClick('payment-refused', () => payment.authorise());
  onClick('payment-expired', () => payment.expire(facts.user));
};
