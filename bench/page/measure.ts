import type { Script } from './scripts.ts';
import type { Heard, Stage } from './stage.ts';

/** Clicks a sample: far more than the clock is coarse. */
const CLICKS = 500;
/** Time in which a page is seen, and a beacon comes. */
const SEEN_MS = 4000;
const COME_MS = 1500;

/** Milliseconds from the text of a script to the end of its run, in a page that has not seen it. */
export const startUp = (stage: Stage, { source }: Script): Promise<number> =>
  stage.onPage(null, (page) =>
    page.evaluate((source) => {
      const script = document.createElement('script');
      script.dataset.to = 'http://stats.example.com/in';
      // No text is one that the browser has compiled before.
      script.textContent = `${source}\n//${Math.random()}`;
      const began = performance.now();
      document.head.append(script);
      return performance.now() - began;
    }, source),
  );

/** Microseconds a click takes on an element that is no link, deep in the document: samples one after another on one page. */
export const clicks = (stage: Stage, script: Script, samples: number): Promise<number[]> =>
  stage.onPage(script, async (page) => {
    await page.waitForTimeout(COME_MS);
    return page.evaluate(
      ({ samples, clicks }) => {
        const deep = document.getElementById('deep');
        const sample = (): number => {
          const began = performance.now();
          for (let done = 0; done < clicks; done++) deep?.click();
          return ((performance.now() - began) / clicks) * 1000;
        };
        return Array.from({ length: samples }, sample);
      },
      { samples, clicks: CLICKS },
    );
  });

/** What a page sends. */
export interface Traffic {
  readonly view: Heard;
  readonly leave: Heard;
  readonly listeners: number;
}

/** Requests of a view, and those of leaving a page that was seen for a while, and scrolled. */
export const traffic = (stage: Stage, script: Script): Promise<Traffic> =>
  stage.onPage(script, async (page, heard) => {
    await page.waitForTimeout(COME_MS);
    const view = { ...heard };
    const listeners = await page.evaluate(() => window.listeners);
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(SEEN_MS);
    const before = { ...heard };
    await page.goto('about:blank');
    await page.waitForTimeout(COME_MS);
    return {
      view,
      leave: { requests: heard.requests - before.requests, bytes: heard.bytes - before.bytes },
      listeners,
    };
  });
