import { log, track } from '@passerby/sdk/full';
import { useEffect, useState } from 'react';
import { Link, Route, Switch } from 'wouter';

/** Title and heading of a page. */
const Page = ({ title, children }) => {
  useEffect(() => {
    document.title = `${title} – Shop`;
  }, [title]);
  return (
    <>
      <h1>{title}</h1>
      {children}
    </>
  );
};

const Product = ({ name }) => {
  const [isInBasket, setInBasket] = useState(false);
  const add = () => {
    setInBasket(true);
    track('Add to basket', { product: name });
  };
  return (
    <Page title={name}>
      <button type="button" onClick={add} disabled={isInBasket}>
        Add to basket
      </button>
    </Page>
  );
};

const Checkout = () => {
  const pay = () => {
    track('Purchase', { products: 1 }, [39.9, 'EUR']);
    log('info', 'an order was placed', { products: 1 });
  };
  const fail = () => {
    throw new Error('The bank did not answer');
  };
  return (
    <Page title="Checkout">
      <button type="button" onClick={pay}>
        Pay
      </button>
      <button type="button" onClick={fail}>
        Pay by a bank that is away
      </button>
    </Page>
  );
};

export const App = () => (
  <>
    <nav>
      <Link href="/">Start</Link> <Link href="/products/lamp">Lamp</Link> <Link href="/checkout">Checkout</Link>
    </nav>
    <Switch>
      <Route path="/">
        <Page title="Start" />
      </Route>
      <Route path="/products/:name">{({ name }) => <Product name={name} />}</Route>
      <Route path="/checkout">
        <Checkout />
      </Route>
    </Switch>
  </>
);
