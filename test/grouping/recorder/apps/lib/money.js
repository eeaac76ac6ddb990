const UNITS = { EUR: { digits: 2, sign: '€' }, JPY: { digits: 0, sign: '¥' }, USD: { digits: 2, sign: '$' } };

export const formatMoney = (amount, currency) => {
  const unit = UNITS[currency];
  return `${(amount / 10 ** unit.digits).toFixed(unit.digits)} ${unit.sign}`;
};
