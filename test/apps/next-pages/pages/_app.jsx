import Link from 'next/link';
import { useRouter } from 'next/router';

const LINKS = {
  Home: '/',
  A: '/a',
  'B 1': '/b/1',
  'B 2': '/b/2',
  Late: '/late',
  Moved: '/moved',
  Sorted: '/a?sort=up',
};

export default function App({ Component, pageProps }) {
  const { asPath } = useRouter();
  return (
    <>
      <nav>
        {Object.entries(LINKS).map(([name, to]) => (
          <Link key={name} href={to}>
            {name}
          </Link>
        ))}
        <a href="#part">Part</a>
      </nav>
      <Component key={asPath} {...pageProps} />
      <p id="part">Part</p>
    </>
  );
}
