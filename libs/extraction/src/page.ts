import { monthComesFirst } from './fields/day-order.js';
import { blocksOf, type Blocks } from './html/blocks.js';
import { elementsOf, parseHtml, type ElementNode } from './html/document.js';
import {
  linkedDataStrings,
  metaValues,
  readStructuredData,
  type LinkedDataNode,
  type StructuredData,
} from './html/structured-data.js';
import { siteRuleFor, type SiteRule } from './rules/site-rules.js';
import { comparable } from './text.js';

/** A parsed page with everything the field rules look at. */
export interface Page extends Blocks {
  source: string;
  url: string | undefined;
  root: ElementNode;
  /** Elements in document order, by tag name. */
  elements: Map<string, ElementNode[]>;
  data: StructuredData;
  /** The JSON-LD objects that describe this page's own article, best first. */
  articleData: LinkedDataNode[];
  /** Whether dates such as `4/5/2030` name the month first. */
  monthFirst: boolean;
  /** What a reviewer said about pages of this site. */
  rule: SiteRule | undefined;
}

const ARTICLE_TYPE = /(?:Article|BlogPosting|Posting|Report|Review|Recipe|Episode|^CreativeWork)$/;

/** Reads a decoded page. @throws ExtractionError for pages beyond the limits. */
export function readPage(source: string, url: string | undefined, rules: readonly SiteRule[] = []): Page {
  const root = parseHtml(source);
  const all = elementsOf(root);
  const data = readStructuredData(all, source);
  const elements = new Map<string, ElementNode[]>();
  for (const element of all) {
    const list = elements.get(element.tag);
    if (list) list.push(element);
    else elements.set(element.tag, [element]);
  }
  const { blocks, asides, concealed } = blocksOf(root);
  const page: Page = {
    source,
    url,
    root,
    elements,
    data,
    blocks,
    asides,
    concealed,
    articleData: [],
    monthFirst: monthComesFirst(blocks, elements.get('html')?.[0]?.attribute('lang'), url),
    rule: siteRuleFor(url, rules),
  };
  page.articleData = articleNodes(page);
  return page;
}

export function elementsNamed(page: Page, ...tags: string[]): ElementNode[] {
  return tags.flatMap((tag) => page.elements.get(tag) ?? []);
}

/**
 * The article objects of a page that speak of this page. Lists of other stories are typed alike:
 * the one whose address or headline the page itself names comes first; without such a sign, the first of all.
 */
function articleNodes(page: Page): LinkedDataNode[] {
  const nodes = page.data.linkedData.filter((node) => node.types.some((type) => ARTICLE_TYPE.test(type)));
  if (nodes.length === 0) return nodes;
  const addresses = new Set(
    [
      page.url,
      ...metaValues(page.data, 'og:url').map(({ value }) => value),
      page.data.links.get('canonical')?.[0]?.value,
    ]
      .filter((address) => address !== undefined)
      .map(bareAddress),
  );
  const titles = headlinesOf(page);
  const rank = (node: LinkedDataNode): number => {
    const own = ADDRESS_MEMBERS.flatMap((member) => linkedDataStrings(node, member)).filter(({ value }) =>
      /^https?:/i.test(value),
    );
    const isNamed = own.some(({ value }) => addresses.has(bareAddress(value)));
    const headline = linkedDataStrings(node, 'headline')[0]?.value;
    const isTitled = headline !== undefined && titles.has(comparable(headline));
    const isListed = /itemListElement|hasPart|mentions|relatedLink|liveBlogUpdate/.test(node.path);
    const isForeign = addresses.size > 0 && own.length > 0 && headline !== undefined && !isNamed && !isTitled;
    return (isNamed ? 2 : 0) + (isTitled ? 2 : 0) - (isListed ? 3 : 0) - (isForeign ? 3 : 0) + (headline ? 1 : 0);
  };
  return nodes
    .map((node, order) => ({ node, order, rank: rank(node) }))
    .sort((a, b) => b.rank - a.rank || a.order - b.order)
    .filter(({ rank: own }, _i, all) => own === all[0]?.rank && own > FOREIGN)
    .map(({ node }) => node);
}

const ADDRESS_MEMBERS = ['url', '@id', 'mainEntityOfPage', 'mainEntityOfPage.@id'];
/** An object about another address with another headline is no word about this page, even when it is the only one. */
const FOREIGN = -2;

/** What the page calls itself: in its head and its headings of the first rank. */
function headlinesOf(page: Page): Set<string> {
  const headings = page.blocks.filter(({ container }) => container.tag === 'h1').map(({ text }) => text);
  const metas = metaValues(page.data, 'og:title', 'twitter:title').map(({ value }) => value);
  return new Set([...metas, ...headings].map((title) => comparable(title)));
}

/** An address without what varies between spellings of the same page. */
function bareAddress(address: string): string {
  return address
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/[#?].*$/, '')
    .replace(/\/$/, '');
}
