import { languageTag } from '../text/language-tag.js';
import { parseDate } from '../text/parse-date.js';
import { childAt, childrenOf, descendantsOf, lineOf } from '../xml/find.js';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/xml-tree.js';
import type { AgencyItem, AgencySubject } from './agency-item.js';
import { nitfParagraphs, readNitfLines } from './nitf.js';
import { bestRendering, paragraphsBelow, paragraphsIn } from './paragraphs.js';
import { embargoOf, instructionOf, statusOf, urgencyOf } from './values.js';

/** A news item or package of NewsML-G2. What a package says of itself counts, never what it says of its parts. */
export function readNewsMlG2(item: XmlElement): AgencyItem {
  const itemMeta = childAt(item, 'itemmeta');
  const contentMeta = childAt(item, 'contentmeta');
  const rights = childAt(item, 'rightsinfo');
  const embargoed = childAt(itemMeta, 'embargoed');
  const nitf = descendantsOf(childAt(item, 'contentset'), 'nitf')[0];
  const lines = nitf && readNitfLines(nitf);
  const language = languageTag(code(childAt(contentMeta, 'language'), 'tag')) ?? languageTag(item.lang);
  return {
    format: 'newsml-g2',
    guid: attributeOf(item, 'guid'),
    version: attributeOf(item, 'version'),
    headline: headlineOf(childrenOf(contentMeta, 'headline'), language) ?? lines?.headline,
    byline: bylineOf(contentMeta, language) ?? lines?.byline,
    slugline: lineOf(childAt(contentMeta, 'slugline')),
    dateline: lineOf(childAt(contentMeta, 'dateline')) ?? lines?.dateline,
    urgency: urgencyOf(lineOf(childAt(contentMeta, 'urgency'))),
    language,
    published: dateOf(childAt(itemMeta, 'firstcreated')) ?? dateOf(childAt(itemMeta, 'versioncreated')),
    status: statusOf(code(childAt(itemMeta, 'pubstatus'), 'qcode', 'uri', 'literal')),
    instruction: childrenOf(itemMeta, 'signal')
      .map((signal) => instructionOf(code(signal, 'qcode', 'uri', 'literal')))
      .find(Boolean),
    // An empty one is lifted by what its note to editors says (NewsML-G2 guidelines).
    ...embargoOf(embargoed !== undefined, dateOf(embargoed)),
    subjects: childrenOf(contentMeta, 'subject').map((subject) => readSubject(subject, language)),
    paragraphs: bodyOf(childAt(item, 'contentset')),
    usageTerms: lineOf(childAt(rights, 'usageterms')),
    copyright: lineOf(childAt(rights, 'copyrightnotice')),
    provider:
      nameOf(childAt(itemMeta, 'provider'), language) ?? code(childAt(itemMeta, 'provider'), 'literal', 'qcode', 'uri'),
    editorialNote: lineOf(childAt(itemMeta, 'ednote')),
    references: descendantsOf(childAt(item, 'groupset'), 'itemref').flatMap(
      (ref) => code(ref, 'residref', 'href') ?? [],
    ),
  };
}

/** The items of a news message, or the item itself. */
export function g2ItemsOf(root: XmlElement): XmlElement[] {
  const isItem = (element: XmlElement): boolean => element.name === 'newsitem' || element.name === 'packageitem';
  if (isItem(root)) return [root];
  return root.name === 'newsmessage' ? elementsOf(childAt(root, 'itemset') ?? root).filter(isItem) : [];
}

function headlineOf(headlines: XmlElement[], language: string | undefined): string | undefined {
  const inLanguage = headlines.filter((headline) => speaks(headline, language));
  const candidates = inLanguage.length > 0 ? inLanguage : headlines;
  const main = candidates.find((headline) => /(?:^|[:/])main$/i.test(attributeOf(headline, 'role') ?? ''));
  const plain = candidates.find((headline) => attributeOf(headline, 'role') === undefined);
  return lineOf(main ?? plain ?? candidates[0]);
}

function bylineOf(contentMeta: XmlElement | undefined, language: string | undefined): string | undefined {
  const by = childrenOf(contentMeta, 'by');
  const written = lineOf(by.find((element) => speaks(element, language)) ?? by[0]);
  if (written !== undefined) return written;
  const creators = childrenOf(contentMeta, 'creator').flatMap((creator) => nameOf(creator, language) ?? []);
  return creators.join(', ') || undefined;
}

function readSubject(subject: XmlElement, language: string | undefined): AgencySubject {
  return { code: code(subject, 'qcode', 'uri', 'literal'), name: nameOf(subject, language) };
}

function nameOf(concept: XmlElement | undefined, language: string | undefined): string | undefined {
  const names = childrenOf(concept, 'name');
  return lineOf(names.find((name) => speaks(name, language)) ?? names[0]);
}

/** Whether a text is in the item's language; one that names none of its own counts as such. */
function speaks(element: XmlElement, language: string | undefined): boolean {
  const own = languageTag(element.attributes['xml:lang']);
  return own === undefined || own.toLowerCase() === language?.toLowerCase();
}

/** The variant of the content with paragraph marks, else the first with any text. */
function bodyOf(contentSet: XmlElement | undefined): string[] {
  const inlineXml = childrenOf(contentSet, 'inlinexml').map(xmlParagraphs);
  const marked = inlineXml.find((paragraphs) => paragraphs.length > 0);
  if (marked) return marked;
  return paragraphsIn(bestRendering(childrenOf(contentSet, 'inlinedata').map(textOf)));
}

function xmlParagraphs(element: XmlElement): string[] {
  const [nitf] = descendantsOf(element, 'nitf');
  return nitf ? nitfParagraphs(nitf) : paragraphsBelow(element);
}

function code(element: XmlElement | undefined, ...names: string[]): string | undefined {
  return names.map((name) => element && attributeOf(element, name)).find(Boolean);
}

function dateOf(element: XmlElement | undefined): string | undefined {
  return parseDate(lineOf(element));
}
