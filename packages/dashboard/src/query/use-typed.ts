import { useEffect, useState } from 'preact/hooks';

/** Typing is taken as finished after this many milliseconds. */
const TYPED = 200;

/** A text that follows another once that has not changed for a moment: what is typed is asked when it is finished. */
export const useTyped = (text: string): string => {
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setTyped(text), TYPED);
    return () => clearTimeout(timer);
  }, [text]);
  return typed.trim();
};
