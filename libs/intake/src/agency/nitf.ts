import { parseDate } from '../text/parse-date.js';
import { childAt, childrenOf, descendantsOf, lineOf } from '../xml/find.js';
import { attributeOf, type XmlElement } from '../xml/xml-tree.js';
import type { AgencyItem, AgencySubject } from './agency-item.js';
import { paragraphsBelow } from './paragraphs.js';
import { embargoOf, isEmbargoed, statusOf, urgencyOf } from './values.js';

/** NITF 3.x. */
export function readNitf(root: XmlElement): AgencyItem {
  const head = childAt(root, 'head');
  const docdata = childAt(head, 'docdata');
  const key = childAt(docdata, 'du-key');
  const management = docdata && attributeOf(docdata, 'management-status');
  const lines = readNitfLines(root);
  return {
    format: 'nitf',
    guid: attribute(childAt(docdata, 'doc-id'), 'id-string'),
    version: attribute(key, 'version'),
    headline: lines.headline ?? lineOf(childAt(head, 'title')),
    byline: lines.byline,
    slugline: attribute(key, 'key'),
    dateline: lines.dateline,
    urgency: urgencyOf(attribute(childAt(docdata, 'urgency'), 'ed-urg')),
    language: root.lang || undefined,
    published: parseDate(attribute(childAt(docdata, 'date.issue'), 'norm')),
    status: statusOf(management),
    ...(isEmbargoed(management) ? embargoOf(true, parseDate(attribute(childAt(docdata, 'date.release'), 'norm'))) : {}),
    subjects: childrenOf(childAt(head, 'tobject'), 'tobject.subject').map(readSubject),
    paragraphs: nitfParagraphs(root),
    copyright: attribute(childAt(docdata, 'doc.copyright'), 'holder'),
    editorialNote: attribute(childAt(docdata, 'ed-msg'), 'info'),
    references: [],
  };
}

/** Headline, byline and dateline of a NITF body, also of one inside NewsML. */
export function readNitfLines(root: XmlElement): Pick<AgencyItem, 'headline' | 'byline' | 'dateline'> {
  const head = childAt(root, 'body', 'body.head');
  return {
    headline: lineOf(childAt(head, 'hedline', 'hl1')),
    byline: bylineOf(childAt(head, 'byline')),
    dateline: lineOf(childAt(head, 'dateline')),
  };
}

export function nitfParagraphs(root: XmlElement): string[] {
  return descendantsOf(root, 'body.content').flatMap(paragraphsBelow);
}

/** The byline without the job title that follows the name. */
function bylineOf(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined;
  const named = element.children.filter((child) => typeof child === 'string' || child.name !== 'byttl');
  return lineOf({ ...element, children: named })?.replace(/[\s,;]+$/, '');
}

/** The name of the finest level that has one. */
function readSubject(element: XmlElement): AgencySubject {
  const level = (name: string): string | undefined => attribute(element, `tobject.subject.${name}`);
  return { code: level('refnum') ?? level('code'), name: level('detail') ?? level('matter') ?? level('type') };
}

function attribute(element: XmlElement | undefined, name: string): string | undefined {
  return (element && attributeOf(element, name)) || undefined;
}
