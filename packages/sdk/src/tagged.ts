import type { Read } from './acts.ts';

/**
 * Elements that say themselves what they stand for: clicked, or sent if it is a form.
 * `<button data-passerby-event="Signup" data-passerby-plan="pro" data-passerby-revenue="12.50 EUR">`
 */
export const readTagged: Read = ({ tagName, attributes = [] }, sent) => {
  const given: Record<string, string> = {};
  for (const { name, value } of attributes) {
    const [, own] = name.split('data-passerby-');
    if (own) given[own] = value;
  }
  const { event, revenue, ...properties } = given;
  return event && sent === (tagName === 'FORM') && [event, properties, revenue];
};
