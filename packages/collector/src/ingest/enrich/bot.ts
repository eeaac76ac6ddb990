import { createIsbotFromList, list } from 'isbot';
import { COMMON_PATTERNS, TOOL_PATTERNS } from './bot-names.ts';

/** The longest agents of browsers inside apps have about 600 characters. */
export const LONGEST_AGENT = 1024;

/** All browsers that run scripts say one of these. Apps put their own name in front of it, and cut its beginning off. */
const BROWSER = /^(?:Mozilla|Opera|UCWEB)\/\d|\bMozilla\/5\.0 \(|AppleWebKit\/?\d/i;

/** Chrome's fourth number had at most three digits when its first one had two. */
const INVENTED_CHROME = / Chrome\/\d\d\.0\.\d{4}\.\d{4,} (?:Mobile )?Safari\/537\.36$/;
/** There it is called CriOS, and has Apple's engine. */
const CHROME_ON_AN_IPHONE =
  /^Mozilla\/5\.0 \(iP[^)]{1,200}\) AppleWebKit\/537\.36 \(KHTML, like Gecko\) Chrome\/[\d.]+ (?:Mobile )?Safari\/537\.36$/;

/** Devices that are called as their makers like, and apps, which put any word into the agent. */
const PERSONAL =
  /Android|iPhone|iPad|iPod|Harmony|\bTV\b|Google ?TV|HbbTV|SmartTV|VIDAA|Web0S|NetCast|Tizen|KAIOS|PlayStation|Nintendo|Xbox|CE-HTML|NETTV|Electron|GoogleEarth|NetNewsWire/i;
/** What robots say of themselves, on whatever device they claim to be. */
const ADMITS = /compatible;|https?:\/\/|\bwww\./i;
/** Names of devices stand in brackets, beside the engine's own. A robot's has its version behind it. */
const BRACKETS = /\((?!KHTML|[^()]{0,300}(?:bot|crawler|spider)[\w-]{0,20}\/)[^()]*\)|\[[^[\]]*\]/gi;

const isRobot = createIsbotFromList([...list, ...TOOL_PATTERNS]);
const isRobotByName = createIsbotFromList([
  ...list.filter((pattern) => !COMMON_PATTERNS.includes(pattern)),
  ...TOOL_PATTERNS,
]);

/**
 * True for known robots, for tools and headless browsers, for agents that no browser ever had, and for whatever does not
 * even claim to be a browser. Known robots are those of https://github.com/omrilotan/isbot and of `bot-names.ts`.
 */
export const isBot = (agent: string): boolean =>
  agent.length > LONGEST_AGENT ||
  !BROWSER.test(agent) ||
  INVENTED_CHROME.test(agent) ||
  CHROME_ON_AN_IPHONE.test(agent) ||
  (isRobot(agent) && !isMistaken(agent));

/** True if it was a word of an app or a device that a robot's pattern fits. */
const isMistaken = (agent: string): boolean =>
  PERSONAL.test(agent) && !ADMITS.test(agent) && !isRobotByName(agent.replace(BRACKETS, ' '));
