import Head from 'next/head';

export const Page = ({ title }) => (
  <>
    <Head>
      <title>{title}</title>
    </Head>
    <h1>{title}</h1>
  </>
);
