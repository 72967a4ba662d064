import { pathOf, type ElementNode } from '../html/document.js';

/** Whether an element stands among comments: their names and dates are those of readers. */
export function isOfComment(element: ElementNode): boolean {
  return /comment|kommentar|replies/i.test(pathOf(element));
}
