import type { Act } from './calls.ts';

/** Elements that have it say themselves what they stand for. */
export const TAG = 'data-passerby-event';

/**
 * The event that an element stands for, if any:
 * `<button data-passerby-event="Signup" data-passerby-plan="pro" data-passerby-revenue="12.50 EUR">`
 */
export const readTag = (element: Partial<Element> | undefined): Act | undefined => {
  if (!element?.getAttribute?.(TAG)) return undefined;
  const given: Record<string, string> = {};
  for (const { name, value } of element.attributes as NamedNodeMap) {
    const [, own] = name.split('data-passerby-');
    if (own) given[own] = value;
  }
  const { event = '', revenue, ...properties } = given;
  return [event, properties, revenue];
};
