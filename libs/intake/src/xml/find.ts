import { elementsOf, textOf, type XmlElement } from './xml-tree.js';

/** The child elements of a name (local, lower case). */
export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element ? elementsOf(element).filter((child) => child.name === name) : [];
}

/** The first element reached by a path of child names. */
export function childAt(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((at, name) => childrenOf(at, name)[0], element);
}

/** All elements of a name below an element, in document order. */
export function descendantsOf(element: XmlElement | undefined, name: string): XmlElement[] {
  if (!element) return [];
  return elementsOf(element).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...descendantsOf(child, name),
  ]);
}

/** The text of an element on one line; `undefined` when it has none. */
export function lineOf(element: XmlElement | undefined): string | undefined {
  return (element && textOf(element).replace(/\s+/gu, ' ').trim()) || undefined;
}
