import { trackForm } from './forms.ts';
import { trackLink } from './links.ts';
import { on } from './on.ts';
import { quietly } from './quietly.ts';
import { life } from './setup.ts';
import { TAG, trackTag } from './tagged.ts';

/** Others open a menu, or go back. */
const MIDDLE_BUTTON = 1;

/** Types of buttons, which are clicked; other fields are filled in. */
const BUTTON = /^([bi]|re|su)/;

/** A node on the way from what was clicked or sent to the document: each has some of it. */
export type Step = Partial<
  Element & HTMLAnchorElement & HTMLFormElement & HTMLInputElement & HTMLLabelElement & { host: Node }
>;

/** Whether a click on it, and on what is in it, is there to fill in a form. */
const isField = ({ elements, labels, type, control }: Step): unknown =>
  elements || (labels ? !BUTTON.test(type as string) : control !== undefined);

/**
 * Tracks a click, or a form that is sent, as one event: that of the nearest element which says what it stands for, else what
 * it does by itself.
 */
const trackAct = (event: MouseEvent & SubmitEvent): unknown => {
  const isClick = event.type !== 'submit';
  const { submitter } = event;
  const [target] = event.composedPath() as [Element];
  const sender = submitter?.closest(`[${TAG}]`);
  // The click that sent the form has told it.
  if (event.button > MIDDLE_BUTTON || (sender && !sender.contains(target))) return undefined;
  watchForms(target.getRootNode());
  let link: Step | undefined;
  for (
    let node = target as Step | undefined;
    node;
    node = (node.assignedSlot ?? node.parentNode ?? node.host) as Step
  ) {
    // The browser clicks the field of a label next.
    if (isClick && node.control) break;
    if (!(isClick && node.elements) && (trackTag(node) || trackTag(node.labels?.[0]))) return undefined;
    if (isClick && isField(node)) break;
    if (/^a(rea)?$/i.test(node.tagName as string)) link ??= node;
  }
  return isClick ? link && trackLink(link as HTMLAnchorElement) : trackForm(target, submitter);
};

/** One for all, so that it may be added again where it was. */
const hear = quietly(trackAct) as (event: Event) => void;

/** What is sent in a shadow root is heard only there: in each that was clicked. */
const watchForms = (root: Node): void =>
  root.addEventListener('submit', hear, { capture: true, signal: (life as AbortController).signal });

/** Listens to clicks and to what is sent. A page that is left by it sends what is waiting. */
export const watchActs = (): void => {
  on('click auxclick', hear);
  watchForms(document);
};
