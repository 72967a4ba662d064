import { languageTag } from '../text/language-tag.js';
import { parseDate } from '../text/parse-date.js';
import { childAt, descendantsOf, lineOf } from '../xml/find.js';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/xml-tree.js';
import type { AgencyItem } from './agency-item.js';
import { nitfParagraphs, readNitfLines } from './nitf.js';
import { paragraphsBelow, paragraphsIn } from './paragraphs.js';
import { embargoOf, instructionOf, isEmbargoed, statusOf, urgencyOf } from './values.js';

/** The news items of a NewsML 1.x document; one without any is read as one itself. */
export function newsMl1ItemsOf(root: XmlElement): XmlElement[] {
  const items = elementsOf(root).filter(({ name }) => name === 'newsitem');
  return items.length > 0 ? items : [descendantsOf(root, 'newsitem')[0] ?? root];
}

/** A news item of NewsML 1.x. */
export function readNewsMl1(item: XmlElement): AgencyItem {
  const identifier = childAt(item, 'identification', 'newsidentifier');
  const management = childAt(item, 'newsmanagement');
  const component = childAt(item, 'newscomponent');
  const newsLines = descendantsOf(component, 'newslines')[0];
  const content = textContentOf(component);
  const nitf = descendantsOf(content, 'nitf')[0];
  const lines = nitf && readNitfLines(nitf);
  const status = formalName(childAt(management, 'status'));
  const instructions = descendantsOf(management, 'instruction').map(formalName);
  return {
    format: 'newsml-1',
    guid: lineOf(childAt(identifier, 'publicidentifier')) ?? lineOf(childAt(identifier, 'newsitemid')),
    version: lineOf(childAt(identifier, 'revisionid')),
    headline: lineOf(childAt(newsLines, 'headline')) ?? lines?.headline,
    byline: lineOf(childAt(newsLines, 'byline')) ?? lines?.byline,
    slugline: lineOf(childAt(newsLines, 'slugline')),
    dateline: lineOf(childAt(newsLines, 'dateline')) ?? lines?.dateline,
    urgency: urgencyOf(formalName(childAt(management, 'urgency'))),
    language: languageTag(formalName(descendantsOf(component, 'language')[0])) ?? languageTag(item.lang),
    published: dateOf(childAt(management, 'firstcreated')) ?? dateOf(childAt(management, 'thisrevisioncreated')),
    status: instructions.map(statusOf).find(Boolean) ?? statusOf(status),
    instruction: instructions.map(instructionOf).find(Boolean),
    ...embargoOf(isEmbargoed(status), dateOf(childAt(management, 'statuswillchange', 'dateandtime'))),
    subjects: descendantsOf(component, 'subjectcode')
      .flatMap(elementsOf)
      .map((code) => ({ code: formalName(code) })),
    paragraphs: content ? bodyOf(content, nitf) : [],
    usageTerms: lineOf(descendantsOf(component, 'usageterms')[0]),
    copyright: lineOf(childAt(newsLines, 'copyrightline')),
    provider: lineOf(childAt(identifier, 'providerid')),
    editorialNote: lineOf(descendantsOf(component, 'ednote')[0]),
    references: descendantsOf(component, 'newsitemref').flatMap((ref) => attributeOf(ref, 'NewsItem') ?? []),
  };
}

/** The first content that is text: pictures and graphics carry content items of their own. */
function textContentOf(component: XmlElement | undefined): XmlElement | undefined {
  const items = descendantsOf(component, 'contentitem').filter((item) => {
    const medium = formalName(childAt(item, 'mediatype'));
    return medium === undefined || /text/i.test(medium);
  });
  return items.map((item) => childAt(item, 'datacontent')).find((content) => lineOf(content) !== undefined);
}

function bodyOf(content: XmlElement, nitf: XmlElement | undefined): string[] {
  if (nitf) return nitfParagraphs(nitf);
  return elementsOf(content).length > 0 ? paragraphsBelow(content) : paragraphsIn(textOf(content));
}

function formalName(element: XmlElement | undefined): string | undefined {
  return (element && attributeOf(element, 'FormalName')) || undefined;
}

function dateOf(element: XmlElement | undefined): string | undefined {
  return parseDate(lineOf(element));
}
