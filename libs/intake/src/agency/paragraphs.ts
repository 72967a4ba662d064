import { INLINE_ELEMENTS, names } from '../text/html-elements.js';
import { collapse } from '../text/html.js';
import { sanitiseHtml } from '../text/sanitise-html.js';
import { elementsOf, parseXml, type XmlElement } from '../xml/xml-tree.js';

const PARAGRAPHS = names('p li');
/** Not part of the running text of an XHTML or NITF body. */
const ASIDE = names(
  'head body.head body.end abstract tagline table media figure figcaption caption script style nav ' +
    'h1 h2 h3 h4 h5 h6 hl1 hl2',
);

const PARAGRAPH_MARK = /<p[\s>/]/i;
const ANY_MARK = /<(?:p|div|br|section|article|ul|ol|blockquote)[\s>/]/i;

/** The paragraphs below an element of XHTML or NITF; without paragraph elements its blocks count as such. */
export function paragraphsBelow(element: XmlElement): string[] {
  const marked: string[] = [];
  collect(element, marked);
  const paragraphs = marked.map(collapse).filter(Boolean);
  return paragraphs.length > 0 ? paragraphs : splitAtBlankLines(blocksOf(element));
}

/** The paragraphs of a body that stands in a text: HTML, or plain text split at blank lines. */
export function paragraphsIn(text: string): string[] {
  if (!ANY_MARK.test(text)) return splitAtBlankLines(text);
  // Sanitised HTML is well-formed enough for the XML tree, whatever was sent.
  const root = parseXml(`<div>${sanitiseHtml(text)}</div>`);
  return root ? paragraphsBelow(root) : [];
}

/** Of several renderings of one text the one with paragraph marks, else the first that says anything. */
export function bestRendering(texts: string[]): string {
  return texts.find((text) => PARAGRAPH_MARK.test(text)) ?? texts.find((text) => text.trim() !== '') ?? '';
}

function splitAtBlankLines(text: string): string[] {
  return text
    .split(/\r?\n[^\S\n]*\r?\n/)
    .map(collapse)
    .filter(Boolean);
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

/** The text with a blank line around every block and a line end for every break. */
function blocksOf(element: XmlElement): string {
  const parts = element.children.map((child) => {
    if (typeof child === 'string') return child;
    if (ASIDE.has(child.name)) return '\n\n';
    if (child.name === 'br') return `\n${blocksOf(child)}`;
    return INLINE_ELEMENTS.has(child.name) ? blocksOf(child) : `\n\n${blocksOf(child)}\n\n`;
  });
  return parts.join('');
}
