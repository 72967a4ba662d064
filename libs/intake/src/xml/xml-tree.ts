import { Parser } from 'htmlparser2';

import { IntakeError } from '../intake-error.js';
import { LIMITS } from '../limits.js';
import { resolveLink } from '../text/resolve-url.js';
import { EntityDecoder } from './decode-entities.js';
import { splitDocumentType } from './document-type.js';

/** One element of an XML document. */
export interface XmlElement {
  /** Name without prefix, in lower case: publishers get the case wrong. */
  name: string;
  /** Name without prefix, as written. */
  localName: string;
  /** Namespace address; `''` without one, `prefix:` for a prefix that was never declared. */
  namespace: string;
  /** By name as written, prefix included. */
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
  /** Language in force (xml:lang, inherited); `''` where it was taken back. */
  lang: string | undefined;
  /** Base address in force (xml:base, inherited and resolved). */
  base: string | undefined;
  /** False when the document ended before the element did. */
  complete: boolean;
}

/** What holds for the whole document until it says otherwise. */
export interface XmlContext {
  base?: string;
  lang?: string;
}

interface OpenElement {
  element: XmlElement;
  namespaces: ReadonlyMap<string, string>;
}

/**
 * Reads an XML document as it comes, well-formed or not: unclosed, misnested and cut-off elements are closed where
 * they must end, HTML entities are known, junk around the root is passed over. Nothing is ever fetched.
 *
 * @returns the first element of the document, or `undefined` when it has none
 * @throws IntakeError `too-deep`, `entity-expansion`
 */
export function parseXml(text: string, context: XmlContext = {}): XmlElement | undefined {
  return parseXmlElements(text, context)[0];
}

/**
 * Like `parseXml`, with all elements of the outermost level: a server may print its warnings in front of a document.
 *
 * @throws IntakeError `too-deep`, `entity-expansion`
 */
export function parseXmlElements(text: string, context: XmlContext = {}): XmlElement[] {
  const { body, entities } = splitDocumentType(text);
  const builder = new TreeBuilder(new EntityDecoder(entities), context);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => builder.open(name, attributes),
      onclosetag: () => builder.close(),
      ontext: (data) => builder.addText(data),
      oncdatastart: () => builder.setVerbatim(true),
      oncdataend: () => builder.setVerbatim(false),
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.write(body);
  builder.cutOff();
  parser.end();
  return builder.roots;
}

class TreeBuilder {
  readonly roots: XmlElement[] = [];
  private readonly stack: OpenElement[] = [];
  private verbatim = false;
  private ended = false;

  constructor(
    private readonly decoder: EntityDecoder,
    private readonly context: XmlContext,
  ) {}

  open(name: string, rawAttributes: Record<string, string>): void {
    if (this.stack.length >= LIMITS.xmlDepth) {
      throw new IntakeError('too-deep', `elements nested deeper than ${LIMITS.xmlDepth}`);
    }
    const outer = this.stack.at(-1);
    const attributes = this.decodeAttributes(rawAttributes);
    const namespaces = withDeclarations(outer?.namespaces ?? NO_NAMESPACES, attributes);
    const element = this.createElement(name, attributes, namespaces, outer?.element);
    if (outer) outer.element.children.push(element);
    else this.roots.push(element);
    this.stack.push({ element, namespaces });
  }

  close(): void {
    const closed = this.stack.pop();
    if (closed) closed.element.complete = !this.ended;
  }

  addText(data: string): void {
    const { element } = this.stack.at(-1) ?? {};
    if (!element) return;
    element.children.push(this.verbatim ? data : this.decoder.decode(data));
  }

  setVerbatim(verbatim: boolean): void {
    this.verbatim = verbatim;
  }

  /** From here on, elements are closed because the document is over. */
  cutOff(): void {
    this.ended = true;
  }

  private decodeAttributes(raw: Record<string, string>): Record<string, string> {
    for (const name in raw) raw[name] = this.decoder.decode(raw[name] ?? '');
    return raw;
  }

  private createElement(
    name: string,
    attributes: Record<string, string>,
    namespaces: ReadonlyMap<string, string>,
    outer: XmlElement | undefined,
  ): XmlElement {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const localName = name.slice(colon + 1);
    const outerBase = outer ? outer.base : this.context.base;
    const base = attributes['xml:base'];
    return {
      name: localName.toLowerCase(),
      localName,
      namespace: namespaces.get(prefix) ?? (prefix === '' ? '' : `${prefix}:`),
      attributes,
      children: [],
      lang: attributes['xml:lang'] ?? (outer ? outer.lang : this.context.lang),
      base: base === undefined ? outerBase : (resolveLink(base, outerBase) ?? outerBase),
      complete: false,
    };
  }
}

const NO_NAMESPACES: ReadonlyMap<string, string> = new Map();

function withDeclarations(
  outer: ReadonlyMap<string, string>,
  attributes: Record<string, string>,
): ReadonlyMap<string, string> {
  let own: Map<string, string> | undefined;
  for (const name in attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    own ??= new Map(outer);
    own.set(name.slice('xmlns:'.length), (attributes[name] ?? '').trim());
  }
  return own ?? outer;
}

// ---- reading the tree ----

/** The child elements, in document order. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string');
}

/** All text below an element. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** An attribute by its name without prefix, whatever its case; white space around the value is dropped. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  const value = element.attributes[name] ?? looseAttribute(element.attributes, name);
  return value?.trim();
}

function looseAttribute(attributes: Record<string, string>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const key in attributes) if (key.toLowerCase() === wanted) return attributes[key];
  return undefined;
}
