import { pathOf, type ElementNode } from '../html/document.js';

/** Whether an element stands among comments: their names and dates are those of readers. */
export function isOfComment(element: ElementNode): boolean {
  const known = ofComments.get(element);
  if (known !== undefined) return known;
  const answer = /comment|kommentar|replies/i.test(pathOf(element));
  ofComments.set(element, answer);
  return answer;
}

const ofComments = new WeakMap<ElementNode, boolean>();

const NEAR_ANCESTORS = 4;

/** Whether a heading stands in a menu or a trail of breadcrumbs, where some sites put a wording for search engines. */
export function isOfNavigation(heading: ElementNode): boolean {
  let at: ElementNode | null = heading;
  for (let steps = 0; at && at.tag !== 'body' && steps <= NEAR_ANCESTORS; at = at.parent, steps++) {
    if (at.tag === 'nav' || /breadcrumb/i.test(`${at.attribute('class') ?? ''} ${at.attribute('id') ?? ''}`))
      return true;
  }
  return false;
}
