import { isbot } from 'isbot';

/** The longest agents of browsers inside apps have about 600 characters. */
export const LONGEST_AGENT = 1024;

/** All browsers that run scripts have called themselves this since 1994. */
const BROWSER = /^(?:Mozilla|Opera)\/\d/;

/**
 * True for known robots, tools and headless browsers, and for whatever does not even claim to be a browser.
 * Known robots are those of https://github.com/omrilotan/isbot.
 */
export const isBot = (agent: string): boolean => agent.length > LONGEST_AGENT || !BROWSER.test(agent) || isbot(agent);
