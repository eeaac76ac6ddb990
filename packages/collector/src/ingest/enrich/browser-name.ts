import type UAParser from 'ua-parser-js';
import { MARKS } from './marks.ts';
import { BROWSERS, namesIn } from './names.ts';

/** What an agent is called, and the version that it says it has. */
export interface Named {
  readonly name: string;
  readonly version: string | undefined;
}

/** The name of the browser or app, and its version. */
export const browserOf = (agent: string, parser: UAParser): Named => {
  const text = agent.toLowerCase();
  const mark = markIn(text);
  if (mark !== undefined) return { name: mark.name, version: versionOf(mark, text) };
  const said = parser.getBrowser();
  const name = BROWSER_BY_NAME(said.name);
  if (name === 'Android Browser' && AFTER_ANDROID_BROWSER.test(text))
    return { name: 'Chrome WebView', version: CHROME.exec(text)?.[1] };
  return { name, version: UNVERSIONED.has(name) ? undefined : said.version };
};

const BROWSER_BY_NAME = namesIn(BROWSERS);

/** It ended with Android 4.3; what says that it is both one and a Chrome is the web view that came after it. */
const AFTER_ANDROID_BROWSER = / chrome\/|android (?:[5-9]|[1-9]\d)/;
const CHROME = / chrome\/([\d.]+)/;

/** DuckDuckGo says 5 or 7 of itself, or the version of Safari; a web view that of the engine. */
const UNVERSIONED: ReadonlySet<string> = new Set(['Safari WebView', 'DuckDuckGo']);

interface Mark {
  readonly name: string;
  /** Marks before it win. */
  readonly rank: number;
  /** What follows the word. */
  readonly rest: string;
}

interface Found extends Mark {
  /** Where the word ends. */
  readonly end: number;
}

const MARKS_BY_WORD = new Map<string, readonly Mark[]>();
for (const [rank, [name, marks]] of Object.entries(MARKS).entries())
  for (const mark of marks.split(', ')) {
    const word = /^[a-z_]+/.exec(mark)?.[0] ?? '';
    MARKS_BY_WORD.set(word, [...(MARKS_BY_WORD.get(word) ?? []), { name, rank, rest: mark.slice(word.length) }]);
  }

const WORD = /[a-z]+(?:_[a-z]+)*/g;

/** The mark that wins among those in an agent, which is in small letters. */
const markIn = (text: string): Found | undefined => {
  let found: Found | undefined;
  const device = deviceIn(text);
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const end = index + word.length;
    if (index > device.start && end <= device.end) continue;
    for (const mark of MARKS_BY_WORD.get(word) ?? [])
      if (text.startsWith(mark.rest, end) && mark.rank < (found?.rank ?? Infinity)) found = { ...mark, end };
  }
  return found;
};

/** The first brackets, if a device has its name in them: phones have been called Brave and Comet. */
const deviceIn = (text: string): { start: number; end: number } => {
  const [start, end] = [text.indexOf('('), text.indexOf(')')];
  return text.slice(start, end).includes('android') ? { start, end } : { start: 0, end: 0 };
};

const VERSION_BEHIND = /[^a-z0-9]{0,3}(?:[a-z]+[/@])?v?(\d{1,4})(?!\d)/y;

/** Apps whose version stands behind another word than their name. */
const VERSION_ELSEWHERE: Readonly<Record<string, RegExp>> = {
  Facebook: /fbav\/(\d{1,4})(?!\d)/,
  Messenger: /fbav\/(\d{1,4})(?!\d)/,
  TikTok: /app_?version\/(\d{1,4})(?!\d)/,
  Douyin: /app_?version\/(\d{1,4})(?!\d)/,
  X: /twitter for [a-z]+\/(\d{1,4})(?!\d)/,
};

const versionOf = ({ name, end }: Found, text: string): string | undefined => {
  VERSION_BEHIND.lastIndex = end;
  return (VERSION_BEHIND.exec(text) ?? VERSION_ELSEWHERE[name]?.exec(text))?.[1];
};
