import { type Act, track } from './calls.ts';
import { readForm } from './forms.ts';
import { readLink } from './links.ts';
import { on } from './on.ts';
import { quietly } from './quietly.ts';
import { life } from './setup.ts';
import { readTag, TAG } from './tagged.ts';

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

/** The event that an act stands for. */
const actOf = (event: MouseEvent & SubmitEvent): Act | false | undefined => {
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
    const isFilledIn = isClick && isField(node);
    const act = (!isClick || !node.elements) && (readTag(node) ?? readTag(node.labels?.[0]));
    if (act) return act;
    if (isFilledIn) break;
    if (/^a(rea)?$/i.test(node.tagName as string)) link ??= node;
  }
  return isClick ? link && readLink(link as HTMLAnchorElement) : readForm(target, submitter);
};

const notice = quietly((event: Event) => {
  const act = actOf(event as MouseEvent & SubmitEvent);
  if (act) track(...act);
});

/** What is sent in a shadow root is heard only there. The same listener is added once. */
const watchForms = (root: Node): void =>
  root.addEventListener('submit', notice, { capture: true, signal: life?.signal as AbortSignal });

/**
 * Tracks each click and each form that is sent as one event: that of the nearest element which says what it stands for, else
 * what it does by itself. Goes through open shadow roots; a page that is left by it sends what is waiting.
 */
export const watchActs = (): void => {
  on('click auxclick', notice);
  watchForms(document);
};
