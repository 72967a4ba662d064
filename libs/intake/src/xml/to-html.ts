import { VOID_ELEMENTS } from '../text/html-elements.js';
import { escapeText } from '../text/html.js';
import type { XmlElement } from './xml-tree.js';

/** The markup inside an element (inline XHTML, or HTML that nobody escaped), written as HTML without prefixes. */
export function innerHtml(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? escapeText(child) : outerHtml(child))).join('');
}

function outerHtml(element: XmlElement): string {
  const tag = `<${element.localName}${writeAttributes(element.attributes)}`;
  if (VOID_ELEMENTS.has(element.name) && element.children.length === 0) return `${tag} />`;
  return `${tag}>${innerHtml(element)}</${element.localName}>`;
}

function writeAttributes(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .filter(([name]) => !name.startsWith('xmlns'))
    .map(([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`)
    .join('');
}
