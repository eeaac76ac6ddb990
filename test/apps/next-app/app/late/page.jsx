'use client';

import { useEffect, useState } from 'react';

/** A page whose title is in its data. */
export default function Late() {
  const [title, setTitle] = useState('');
  useEffect(() => {
    const timer = setTimeout(setTitle, 300, 'Late');
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (title !== '') document.title = title;
  }, [title]);
  return title === '' ? <p>Loading</p> : <h1>{title}</h1>;
}
