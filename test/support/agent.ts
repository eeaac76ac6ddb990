/**
 * A browser as people use it: headless Chromium's own agent string names itself a robot and would be dropped as one.
 */
export const REAL_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36';
