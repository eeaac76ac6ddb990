import { useRouter } from 'next/router';
import { useEffect } from 'react';

export default function Moved() {
  const router = useRouter();
  useEffect(() => {
    router.replace('/moved/on');
  }, [router]);
  return <p>Moved</p>;
}
