import { collapse, escapeText, htmlToText } from '../text/html.js';
import { sanitiseHtml } from '../text/sanitise-html.js';
import { languageTag } from '../text/language-tag.js';
import { repairText } from '../text/repair-text.js';
import { innerHtml } from '../xml/to-html.js';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/xml-tree.js';

/** A text of a feed with what is needed to read it rightly. */
export interface TextConstruct {
  /** Markup, or plain text where `plain`. */
  value: string;
  plain: boolean;
  /** Media type of the value. */
  type: string;
  lang: string | undefined;
  base: string | undefined;
}

const SHORT_TYPES: Record<string, string> = { text: 'text/plain', html: 'text/html', xhtml: 'application/xhtml+xml' };

/**
 * Reads a text by the rules of Atom 1.0 (type), Atom 0.3 (type and mode) and RSS (always HTML, escaped or not).
 *
 * @param defaultType media type of an element without one: `text/html` in RSS, `text/plain` in Atom
 */
export function readText(element: XmlElement, defaultType: string): TextConstruct {
  const type = typeOf(element, defaultType);
  const { lang, base } = element;
  const construct = (value: string, as: string): TextConstruct => {
    return { value: repairText(value), plain: as === 'text/plain', type: as, lang: languageTag(lang), base };
  };
  if (isBase64(element, type)) return construct(decodeBase64(textOf(element)), 'text/html');
  if (elementsOf(element).length === 0) return construct(textOf(element), type);
  const markup = innerHtml(withoutDivision(element));
  return construct(markup, type === 'text/plain' ? 'text/html' : type);
}

/** The construct as one line of plain text. */
export function toPlainText({ value, plain }: TextConstruct): string {
  return plain ? collapse(value) : htmlToText(value);
}

/** The construct as sanitised HTML. */
export function toHtml({ value, plain, base }: TextConstruct): string {
  return plain ? escapeText(value.trim()) : sanitiseHtml(value, base);
}

function typeOf(element: XmlElement, defaultType: string): string {
  const type = attributeOf(element, 'type')?.toLowerCase();
  if (!type) return defaultType;
  const short = SHORT_TYPES[type] ?? type;
  return short.split(';')[0]?.trim() || defaultType;
}

/** By Atom 0.3's mode, or because RFC 4287 section 4.1.3.3 leaves no other way to carry such a type. */
function isBase64(element: XmlElement, type: string): boolean {
  const mode = attributeOf(element, 'mode')?.toLowerCase();
  if (mode !== undefined) return mode === 'base64';
  return (
    type.includes('/') && !type.startsWith('text/') && !/[/+]xml$/.test(type) && !/^message\/|^multipart\//.test(type)
  );
}

function decodeBase64(text: string): string {
  return new TextDecoder().decode(Buffer.from(text, 'base64'));
}

/** RFC 4287 section 3.1.1.3: the div around inline XHTML is not part of the text. */
function withoutDivision(element: XmlElement): XmlElement {
  const [only, ...others] = elementsOf(element);
  const wrapped = attributeOf(element, 'type') === 'xhtml' && only?.name === 'div' && others.length === 0;
  return wrapped ? only : element;
}
