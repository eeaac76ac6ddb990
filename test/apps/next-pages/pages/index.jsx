import { Page } from '../page.jsx';

export default function Home() {
  return <Page title="Home" />;
}
