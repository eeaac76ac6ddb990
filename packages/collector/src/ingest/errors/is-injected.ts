import type { Hit } from '../beacon.ts';
import { framesOf } from './frames.ts';

/** Scripts of extensions in all browsers, of Safari's in disguise, and of the browser itself. */
const FOREIGN_SCHEME = /^(?:[a-z-]*extension|webkit-masked-url|user-script|chrome|resource):/i;

/**
 * What is said by errors of scripts that extensions, apps with a browser in them, and readers of other people's mail put
 * into pages, where no address tells. docs/left-out.md has the list. Each is so odd that no site says it by itself.
 */
export const SAID = [
  // The programming interface of extensions.
  'Extension context invalidated',
  'Could not establish connection. Receiving end does not exist',
  'The message port closed before a response was received',
  'message channel closed before a response was received',
  'Attempting to use a disconnected port object',
  'Invalid call to runtime.sendMessage',
  'Cannot redefine property: ethereum',
  // Chromium within programs, such as those that open the links of mails to look for harm.
  'Object Not Found Matching Id',
  // Web views of Android and iOS.
  'Java object is gone',
  'Java bridge method invocation error',
  'Java exception was raised during method invocation',
  '_AutofillCallbackHandler',
  '_AutoFillPopupClose_',
  '_pcmBridgeCallbackHandler',
  'instantSearchSDKJSBridgeClearHighlight',
  'zaloJSV2',
  'vid_mate_check',
  'UCShellJava',
  '__gCrWeb',
  '__firefox__',
  'ceCurrentVideo',
  'MyAppGetLinkHTMLSrc',
  'getReadModeConfig',
  'getReadModeRender',
  'getReadModeExtract',
  'setIOSParameters',
] as const;

/** Variables of theirs by which others may well call something: only where one is missing. */
export const MISSING = ['gmo', 'msDiscoverChatAvailable', 'ucapi', 'xbrowser'] as const;

const escaped = (texts: readonly string[]): string => texts.map((text) => text.replace(/\W/g, '\\$&')).join('|');
const NOISE = new RegExp(
  `(?<!\\w)(?:(?:${escaped(SAID)})|Can't find variable: (?:${escaped(MISSING)})|(?:${escaped(MISSING)}) is not defined)(?!\\w)`,
);

/** True for an error that the site's own scripts did not throw: its innermost step is in an extension's. */
export const isInjected = (hit: Hit): boolean =>
  hit.kind === 'error' && (NOISE.test(hit.message) || FOREIGN_SCHEME.test(framesOf(hit.stack)[0]?.url ?? ''));
