import { invariant } from '../lib/invariant.js';
import { facts, onClick, show } from '../lib/page.js';

const applyVoucher = (voucher) => {
  invariant(voucher.code, 'A voucher needs a code');
  invariant(voucher.until > facts.now, `Voucher ${voucher.code} ended`);
  show(`Voucher ${voucher.code} is used`);
};

export const mountVoucher = () => {
  onClick('voucher-code', () => applyVoucher({ until: 0 }));
  onClick('voucher-ended', () => applyVoucher({ code: facts.code, until: 0 }));
};
