import { track } from './calls.ts';

/** Elements that have it say themselves what they stand for. */
export const TAG = 'data-passerby-event';

/**
 * Tracks the event that an element stands for:
 * `<button data-passerby-event="Signup" data-passerby-plan="pro" data-passerby-revenue="12.50 EUR">`
 * @returns whether it stands for one
 */
export const trackTag = (element: Partial<Element> | undefined): boolean => {
  if (!element?.getAttribute?.(TAG)) return false;
  const given: Record<string, string> = {};
  for (const { name, value } of element.attributes as NamedNodeMap) {
    const [, own] = name.split('data-passerby-');
    if (own) given[own] = value;
  }
  const { event = '', revenue, ...properties } = given;
  track(event, properties, revenue);
  return true;
};
