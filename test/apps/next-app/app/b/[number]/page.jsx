export const generateStaticParams = () => [{ number: '1' }, { number: '2' }];

export const generateMetadata = async ({ params }) => ({ title: `B ${(await params).number}` });

export default async function B({ params }) {
  return <h1>B {(await params).number}</h1>;
}
