export const metadata = { title: 'A' };

export default function A() {
  return <h1>A</h1>;
}
