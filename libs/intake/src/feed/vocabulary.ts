import { elementsOf, type XmlElement } from '../xml/xml-tree.js';

/**
 * Names for the namespaces feeds use. RSS in all its namespaces, Atom and elements without a namespace share the
 * name `''`: publishers mix them freely and the element names don't clash.
 */
const VOCABULARIES: Record<string, string> = {
  '': '',
  'www.w3.org/2005/atom': '',
  'purl.org/atom/ns': '',
  'purl.org/echo': '',
  'purl.org/rss/1.0': '',
  'purl.org/net/rss1.1': '',
  'my.netscape.com/rdf/simple/0.9': '',
  'channel.netscape.com/rdf/simple/0.9': '',
  'backend.userland.com/rss': '',
  'backend.userland.com/rss2': '',
  'backend.userland.com/rss091': '',
  'blogs.law.harvard.edu/tech/rss': '',
  'cyber.law.harvard.edu/rss': '',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'purl.org/rss/1.0/modules/content': 'content',
  'search.yahoo.com/mrss': 'media',
  'www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'www.w3.org/1999/xhtml': 'xhtml',
  'www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
};

/** Prefixes that are understood though nobody declared them. */
const KNOWN_PREFIXES: Record<string, string> = {
  ...{ 'atom:': '', 'rss:': '', 'dc:': 'dc', 'dcterms:': 'dcterms', 'content:': 'content', 'media:': 'media' },
  ...{ 'itunes:': 'itunes', 'xhtml:': 'xhtml', 'rdf:': 'rdf' },
};

const UNKNOWN = '?';
const NONE: readonly XmlElement[] = [];
const LARGEST_CACHE = 1000;
const known = new Map<string, string>();

/** The children of one feed element by qualified name (`title`, `dc:creator`, `media:group`), in document order. */
export class Fields {
  private readonly byName = new Map<string, XmlElement[]>();
  private readonly vocabularies = new Set<string>();

  /** @param core namespace of the feed's root, whose elements count as the feed's own */
  constructor(
    readonly element: XmlElement,
    readonly core: string,
  ) {
    for (const child of elementsOf(element)) {
      const vocabulary = child.namespace === core ? '' : vocabularyOf(child.namespace);
      if (vocabulary !== '') this.vocabularies.add(vocabulary);
      const name = vocabulary === '' ? child.name : `${vocabulary}:${child.name}`;
      const same = this.byName.get(name);
      if (same) same.push(child);
      else this.byName.set(name, [child]);
    }
  }

  /** Elements of any of the names: those of the first name first. */
  all(...names: string[]): XmlElement[] {
    const found: XmlElement[] = [];
    for (const name of names) {
      for (const element of this.byName.get(name) ?? NONE) found.push(element);
    }
    return found;
  }

  /** Elements of any of the names in document order. */
  inOrder(...names: string[]): XmlElement[] {
    const found = this.all(...names);
    if (found.length < 2) return found;
    const wanted = new Set(found);
    return elementsOf(this.element).filter((child) => wanted.has(child));
  }

  first(...names: string[]): XmlElement | undefined {
    for (const name of names) {
      const elements = this.byName.get(name);
      if (elements) return elements[0];
    }
    return undefined;
  }

  /** Whether any element comes from a vocabulary (`media`). */
  hasVocabulary(name: string): boolean {
    return this.vocabularies.has(name);
  }

  /** The fields of an element inside this one. */
  within(element: XmlElement): Fields {
    return new Fields(element, this.core);
  }
}

/** The name of the vocabulary a namespace stands for; `?` for one nobody knows. */
export function vocabularyOf(namespace: string): string {
  const cached = known.get(namespace);
  if (cached !== undefined) return cached;
  const plain = namespace
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '');
  const vocabulary = lookUp(VOCABULARIES, plain) ?? lookUp(KNOWN_PREFIXES, namespace.toLowerCase()) ?? UNKNOWN;
  // Namespaces come from outside and must not fill the memory.
  if (known.size < LARGEST_CACHE) known.set(namespace, vocabulary);
  return vocabulary;
}

function lookUp(table: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
