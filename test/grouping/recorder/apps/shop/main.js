import { mountAddress } from './address.js';
import { mountCart } from './cart.js';
import { mountCategories } from './categories.js';
import { mountCountdown } from './countdown.js';
import { mountLazy } from './lazy.js';
import { mountMedia } from './media.js';
import { mountOrders } from './orders.js';
import { mountPayment } from './payment.js';
import { mountProduct } from './product.js';
import { mountShelf } from './shelf.js';
import { mountStock } from './stock.js';
import { mountStorage } from './storage.js';
import { mountSummary } from './summary.js';
import { mountVoucher } from './voucher.js';

for (const mount of [
  mountCart,
  mountProduct,
  mountSummary,
  mountVoucher,
  mountShelf,
  mountStock,
  mountPayment,
  mountStorage,
  mountOrders,
  mountMedia,
  mountCountdown,
  mountCategories,
  mountAddress,
  mountLazy,
])
  mount();
