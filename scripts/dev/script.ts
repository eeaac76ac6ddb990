import { build } from 'tsup';
import { script } from '../../packages/sdk/tsup.config.ts';
import { DEV_SCRIPT } from './places.ts';
import { messageOf, type Print, secondsSince } from './print.ts';

/** Builds the page script as it is shipped, into a folder of its own. @returns false: it could not be built */
export const buildScript = async (print: Print): Promise<boolean> => {
  const began = performance.now();
  try {
    for (const options of [script].flat())
      if (typeof options === 'object') await build({ ...options, outDir: DEV_SCRIPT, config: false, silent: true });
    print(`built in ${secondsSince(began)}`);
    return true;
  } catch (error) {
    print(`${messageOf(error)}\nnot built: waiting for the next change`);
    return false;
  }
};
