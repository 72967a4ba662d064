import type { Block } from '../html/blocks.js';
import type { ElementNode } from '../html/document.js';
import { attributeFound, elementFound, type Found } from '../html/structured-data.js';
import type { Page } from '../page.js';
import type { Candidate } from '../provenance.js';
import type { Selector } from './selector.js';

/** A reviewed rule outvotes everything a page says of itself. */
export const RULE_WEIGHT = 100;

/** The classifier's probabilities with the site rule's word on body and removals above them. */
export function withRule(page: Page, probabilities: Float32Array): Float32Array {
  return probabilities.map((probability, i) => {
    const belongs = ruledToBelong(page, page.blocks[i] as Block);
    return belongs === undefined ? probability : Number(belongs);
  });
}

/** Whether the site rule says that a block belongs to the body; undefined where it says nothing. */
export function ruledToBelong({ rule }: Page, { container }: Block): boolean | undefined {
  if (rule?.remove && isWithin(container, rule.remove)) return false;
  return rule?.body && isWithin(container, rule.body);
}

/** What the site rule's selector for a field finds, as candidates that win. */
export function ruledCandidates(page: Page, field: 'title' | 'authors' | 'published'): Candidate[] {
  const { rule } = page;
  if (!rule) return [];
  const attribute = field === 'published' ? rule.published?.attribute : undefined;
  const selector = field === 'published' ? rule.published?.selector : rule[field];
  if (!selector) return [];
  const found = elementsMatching(page, selector).map((element) => read(page, element, attribute));
  return found
    .filter((each) => each !== undefined)
    .map((each) => ({ ...each, rule: `site-rule:${rule.site}@${rule.version}`, weight: RULE_WEIGHT }));
}

function read(page: Page, element: ElementNode, attribute: string | undefined): Found | undefined {
  return attribute
    ? attributeFound(element, attribute, page.source, `element:${element.tag}[${attribute}]`)
    : elementFound(element);
}

function elementsMatching(page: Page, selector: Selector): ElementNode[] {
  return [...page.elements.values()].flat().filter(selector).slice(0, 20);
}

function isWithin(element: ElementNode, selector: Selector): boolean {
  for (let at: ElementNode | null = element; at; at = at.parent) if (selector(at)) return true;
  return false;
}
