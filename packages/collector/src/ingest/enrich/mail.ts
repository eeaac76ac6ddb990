import { LONGEST_AGENT } from './bot.ts';

/**
 * What fetches the images of an e-mail for whoever reads it: the proxies of Google and Yahoo, Apple's (which says
 * `Mozilla/5.0` and no more), and mail programs that do not call themselves browsers.
 */
const MAIL =
  /\(via ggpht\.com GoogleImageProxy\)$|^YahooMailProxy;|^Mozilla\/5\.0$|^Outlook-(?:iOS|Android)\/|\bMicrosoft Outlook\b/;

/**
 * True for an agent that shows somebody an e-mail, though for a page it would be a robot.
 * @example showsMail('Mozilla/5.0') === true
 */
export const showsMail = (agent: string): boolean => agent.length <= LONGEST_AGENT && MAIL.test(agent);
