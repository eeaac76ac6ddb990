import type UAParser from 'ua-parser-js';
import { DESKTOP_SYSTEMS, DEVICES, UNKNOWN } from './names.ts';

/** The kind of a device: of {@link DEVICES}, `Desktop` or `Unknown`. An iPad in its default setting calls itself a Mac. */
export const deviceOf = (agent: string, os: string, parser: UAParser): string => {
  if (os === 'Chrome OS') return 'Desktop';
  if (os === 'iOS' || os === 'Android') {
    if (ASKS_FOR_DESKTOP.test(agent)) return 'Tablet';
    if (NAMELESS.test(agent)) return MOBILE.test(agent) ? 'Mobile' : 'Tablet';
  }
  const kind = os === 'iOS' ? undefined : kindOf(agent);
  if (kind !== undefined) return kind;
  if (os === 'macOS' || COMPUTER.test(agent)) return 'Desktop';
  return DEVICES[parser.getDevice().type ?? ''] ?? (DESKTOP_SYSTEMS.has(os) ? 'Desktop' : UNKNOWN);
};

/** What a system on tablets and phones says to get the pages of desktops: phones seldom do. */
const ASKS_FOR_DESKTOP = /\((?:Macintosh|X11);/;
/** What Chrome says instead of a device's name. */
const NAMELESS = /^Mozilla\/5\.0 \(Linux; Android \d+; K\)/;
const MOBILE = / Mobile Safari\//;
/** The parser takes names of makers on a desktop for phones of theirs, and does not know computers with HarmonyOS. */
const COMPUTER = /\bWindows NT \d|\((?:PC|2in1); OpenHarmony\b/;

/** The kind that a word tells by itself. Other names need a list of models, which the parser has for the known ones. */
const kindOf = (agent: string): string | undefined => {
  const device = deviceIn(agent);
  for (const [kind, names, marks] of KINDS) if (names.test(device) || marks.test(agent)) return kind;
  return undefined;
};

/** The first brackets up to the number of the build: where devices have their names. */
const deviceIn = (agent: string): string => FIRST_BRACKETS.exec(agent)?.[1]?.split('Build/', 1)[0] ?? '';
const FIRST_BRACKETS = /^[^(]*\(([^)]*)/;

const KINDS: readonly (readonly [kind: string, ofDevice: RegExp, ofAgent: RegExp])[] = [
  [
    'Embedded',
    /\bAEO[A-Z]{1,3}\b|Fuchsia|Automotive|Polestar|Family ?Hub|Windows IoT/,
    /\bTesla(?:Browser)?\/|QtCarBrowser|^BrightSign/,
  ],
  [
    'Wearable',
    /\bWear ?OS\b|\bVIVE |\bQuest\b|\bPICO /i,
    /\bVR Safari\/|\bMobile VR\b|\b(?:Oculus|Pico)Browser\/|\bWolvic\//,
  ],
  [
    'Console',
    /Retroid|Steam (?:Deck|Gamepad)|Razer Edge|AYANEO|\bAYN\b|\bOdin ?\d|Anbernic|\bRG\d{2,3}[A-Z]|G Cloud|\bGPD |Xbox/i,
    /\b(?:PlayStation|Nintendo) /i,
  ],
  [
    'TV',
    /TV(?![a-z])|\bMI ?BOX|\bSTB\b|Set-?Top|Streaming (?:Box|Stick)|Freebox|Chromecast|BRAVIA|NetCast|Web0S|Roku/i,
    /HbbTV|VIDAA|NETTV|CE-HTML|Large Screen|\bGoogleTV\/|\bCrKey\/|\bOMI\/|\bLG Browser\/|\bTV Safari\/| TV$/i,
  ],
];
