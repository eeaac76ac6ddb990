import Link from 'next/link';

const LINKS = {
  Home: '/',
  A: '/a',
  'B 1': '/b/1',
  'B 2': '/b/2',
  Late: '/late',
  Moved: '/moved',
  Sorted: '/a?sort=up',
};

export const metadata = { title: 'Next' };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <nav>
          {Object.entries(LINKS).map(([name, to]) => (
            <Link key={name} href={to}>
              {name}
            </Link>
          ))}
          <a href="#part">Part</a>
        </nav>
        {children}
        <p id="part">Part</p>
      </body>
    </html>
  );
}
