import { useEffect, useState } from 'react';
import { Page } from '../page.jsx';

/** A page whose title is in its data. */
export default function Late() {
  const [title, setTitle] = useState('');
  useEffect(() => {
    const timer = setTimeout(setTitle, 300, 'Late');
    return () => clearTimeout(timer);
  }, []);
  return title === '' ? <p>Loading</p> : <Page title={title} />;
}
