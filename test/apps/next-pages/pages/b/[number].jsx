import { Page } from '../../page.jsx';

export const getStaticPaths = () => ({
  paths: ['1', '2'].map((number) => ({ params: { number } })),
  fallback: false,
});

export const getStaticProps = ({ params }) => ({ props: { title: `B ${params.number}` } });

export default Page;
