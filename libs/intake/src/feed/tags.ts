import { collapse } from '../text/html.js';
import { repairText } from '../text/repair-text.js';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/xml-tree.js';
import type { FeedTag } from './feed.js';
import { vocabularyOf, type Fields } from './vocabulary.js';

const ITUNES_SCHEME = 'http://www.itunes.com/';

/** Categories, subjects and keywords of a feed or entry in document order, each once. */
export function readTags(fields: Fields): FeedTag[] {
  const elements = fields.inOrder(
    'category',
    'dc:subject',
    'dcterms:subject',
    'itunes:category',
    'itunes:keywords',
    'media:category',
    'media:keywords',
    'tags',
    'keywords',
  );
  const inMediaGroups = fields
    .all('media:group', 'media:content')
    .flatMap((group) => fields.within(group).inOrder('media:category', 'media:keywords'));
  return distinct([...elements, ...inMediaGroups].flatMap(tagsOf));
}

function tagsOf(element: XmlElement): FeedTag[] {
  if (element.name === 'tags' || element.name === 'keywords') return listed(element);
  if (vocabularyOf(element.namespace) === 'itunes') return nested(element);
  const term = attributeOf(element, 'term') ?? collapse(repairText(textOf(element)));
  const label = attributeOf(element, 'label');
  if (!term && !label) return [];
  const scheme = attributeOf(element, 'scheme') ?? attributeOf(element, 'domain');
  return [{ term: term || label || '', scheme: scheme || undefined, label: label || undefined }];
}

function listed(element: XmlElement): FeedTag[] {
  const terms = textOf(element)
    .split(',')
    .map((term) => collapse(repairText(term)));
  return terms.filter(Boolean).map((term) => ({ term }));
}

/** iTunes puts the name in an attribute and the finer category inside the coarser one. */
function nested(element: XmlElement): FeedTag[] {
  const term = attributeOf(element, 'text') || collapse(textOf(element));
  const own = term ? [{ term, scheme: ITUNES_SCHEME }] : [];
  return [...own, ...elementsOf(element).flatMap(nested)];
}

function distinct(tags: FeedTag[]): FeedTag[] {
  const seen = new Map(tags.map((tag) => [`${tag.scheme ?? ''}\n${tag.term}`, tag]));
  return [...seen.values()];
}
