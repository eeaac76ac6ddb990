import { type EventOptions, track } from './calls.ts';
import { endsIn, FILES } from './links.ts';
import { hear, on } from './on.ts';
import { options } from './setup.ts';

/** Others open a menu, or go back. */
const MIDDLE_BUTTON = 1;

/** Clicks on these, and on what is in them, fill in a form. */
const FIELDS = ',form,label,select,textarea,input';

/** Attributes that say what an element stands for begin with it. */
const PREFIX = 'data-passerby-';

/** Any element, with what some of them have. */
type Step = HTMLAnchorElement & HTMLFormElement;

/**
 * Tracks the event that an act stands for: what the nearest element says that says something, as
 * `<button data-passerby-event="Signup" data-passerby-plan="pro" data-passerby-revenue="12.50 EUR">`; else a link to a file or
 * to another site, not of `mailto:` or `tel:`, or a form that is sent, never anything of what is in it.
 */
const notice = (event: MouseEvent & SubmitEvent): void => {
  const { button, submitter } = event;
  const isClick = event.type !== 'submit';
  const path = event.composedPath() as [Step];
  const find = (selector: string): Step | undefined => path.find((node) => node.matches?.(selector));
  // A click on what is tagged in a form, its button or something around that, has told that it is sent.
  const sender = submitter?.closest('[data-passerby-event]');
  if (button > MIDDLE_BUTTON || (sender && !sender.contains(path[0]))) return;
  // What is sent in a shadow root is heard only there. A field may have the name of any other property.
  path.map((node) => node.nodeType === 11 && node.addEventListener('submit', hear, true));

  const tagged = find(`[data-passerby-event]${isClick ? FIELDS : ''}`);
  const given: Record<string, string> = {};
  // A form is not clicked but sent.
  if (tagged && !(isClick && tagged.elements))
    for (const { name, value } of tagged.attributes) {
      if (name.startsWith(PREFIX)) given[name.slice(PREFIX.length)] = value;
    }
  const { event: tag, interactive: _, revenue, ...properties } = given;

  const found = find(isClick ? 'a,area' : 'form');
  if (tag) track(tag, properties, revenue, given as EventOptions);
  else if (found) {
    // Of a form not its properties: a field of that name stands in a property's place. What its button says comes first.
    const read = (name: string): string => submitter?.getAttribute(`form${name}`) ?? found.getAttribute(name) ?? '';
    const { origin, host, pathname } = new URL(
      // Within SVG it is an object.
      isClick ? ((found.href as never as SVGAnimatedString).baseVal ?? found.href) : read('action'),
      document.baseURI,
    );
    if (isClick) {
      if (/^h/.test(origin))
        if (
          /down/.test(options.auto) &&
          (endsIn(pathname, FILES + options.downloads) || found.hasAttribute('download'))
        )
          track('File download', { url: origin + pathname });
        else if (/out/.test(options.auto) && !endsIn(`.${host}`, [location.host, options.site]))
          track('Outbound link', { url: origin + pathname });
      // What closes a dialog sends nothing. The path of a `mailto:` is somebody's address.
    } else if (/form/.test(options.auto) && !/^d/i.test(read('method')))
      track('Form submission', { form: read('id') || read('name'), path: host && pathname });
  }
};

/** Tracks each click and each form that is sent as one event. Goes through open shadow roots. */
export const watchActs = (): void => on('click auxclick submit', notice);
