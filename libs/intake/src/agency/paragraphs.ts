import { collapse } from '../text/html.js';
import { sanitiseHtml } from '../text/sanitise-html.js';
import { elementsOf, parseXml, type XmlElement } from '../xml/xml-tree.js';

const PARAGRAPHS = new Set(['p', 'li']);
/** Not part of the running text of an XHTML or NITF body. */
const ASIDE = new Set(
  'head body.head body.end abstract tagline table media figure figcaption caption script style nav'.split(' '),
);

/** The paragraphs below an element of XHTML or NITF. */
export function paragraphsBelow(element: XmlElement): string[] {
  const found: string[] = [];
  collect(element, found);
  return found.map(collapse).filter(Boolean);
}

/** The paragraphs of a body that stands in a text: HTML when it has paragraph marks, else split at blank lines. */
export function paragraphsIn(text: string): string[] {
  if (!hasParagraphMarks(text))
    return text
      .split(/\r?\n[^\S\n]*\r?\n/)
      .map(collapse)
      .filter(Boolean);
  // Sanitised HTML is well-formed enough for the XML tree, whatever was sent.
  const root = parseXml(`<div>${sanitiseHtml(text)}</div>`);
  return root ? paragraphsBelow(root) : [];
}

export function hasParagraphMarks(text: string): boolean {
  return /<p[\s>/]/i.test(text);
}

function collect(element: XmlElement, found: string[]): void {
  for (const child of elementsOf(element)) {
    if (ASIDE.has(child.name)) continue;
    if (PARAGRAPHS.has(child.name) && !holdsParagraph(child)) found.push(wordsOf(child));
    else collect(child, found);
  }
}

function holdsParagraph(element: XmlElement): boolean {
  return elementsOf(element).some((child) => PARAGRAPHS.has(child.name) || holdsParagraph(child));
}

function wordsOf(element: XmlElement): string {
  const words = element.children.map((child) => (typeof child === 'string' ? child : wordsOf(child))).join('');
  return element.name === 'br' ? ` ${words}` : words;
}
