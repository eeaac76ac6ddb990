import { Page } from '../page.jsx';

export default function A() {
  return <Page title="A" />;
}
