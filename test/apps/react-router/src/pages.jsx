import { useEffect, useState } from 'react';
import { Link, Navigate } from 'react-router';

/** React's own element, or an effect, as before React 19. */
const Title = ({ children }) => {
  useEffect(() => {
    if (import.meta.env.MODE !== 'element') document.title = children;
  }, [children]);
  return import.meta.env.MODE === 'element' && <title>{children}</title>;
};

const LINKS = {
  Home: '/',
  A: '/a',
  'B 1': '/b/1',
  'B 2': '/b/2',
  Late: '/late',
  Moved: '/moved',
  Sorted: '/a?sort=up',
};

const Shell = ({ children }) => (
  <>
    <nav>
      {Object.entries(LINKS).map(([name, to]) => (
        <Link key={name} to={to}>
          {name}
        </Link>
      ))}
      {import.meta.env.MODE !== 'hash' && <a href="#part">Part</a>}
    </nav>
    {children}
    <p id="part">Part</p>
  </>
);

export const Page = ({ title }) => (
  <Shell>
    <Title>{title}</Title>
    <h1>{title}</h1>
  </Shell>
);

/** A page whose title is in its data. */
export const Late = () => {
  const [title, setTitle] = useState('');
  useEffect(() => {
    const timer = setTimeout(setTitle, 300, 'Late');
    return () => clearTimeout(timer);
  }, []);
  return title === '' ? <Shell>Loading</Shell> : <Page title={title} />;
};

export const Moved = ({ to }) => (
  <>
    <Title>Moved</Title>
    <Navigate to={to} replace />
  </>
);
