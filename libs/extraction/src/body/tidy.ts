import type { Block } from '../html/blocks.js';
import { elementsOf, type ElementNode } from '../html/document.js';
import { WALL } from '../fields/completeness.js';
import { isBareDate } from '../fields/parse-date.js';
import { isReadersComment } from '../fields/places.js';
import type { Page } from '../page.js';
import { comparable, endsSentence } from '../text.js';
import type { ChosenBlock } from './chosen-block.js';
import { interruptionIn } from './interruption.js';

export interface Tidied {
  kept: ChosenBlock[];
  /** What the classifier chose and no article holds, with the reason. */
  takenOut: Map<Block, string>;
}

/** A form with more text than this wraps the page, as some content systems do. */
const LARGEST_FORM = 600;
/** With less text of its own, a page may be a thread whose posts are marked up as comments. */
const SHORTEST_POST = 200;
/** A short line that closes no sentence. */
const LABEL = 60;

/**
 * Takes out of the classifier's choice what cannot be part of an article whatever it looks like: the
 * headline itself, repetitions, comments of readers, rows of links, bare dates, small forms, labels above
 * the headline, what interrupts the report, and a heading that nothing follows.
 */
export function tidyBody(page: Page, chosen: ChosenBlock[], title: string | undefined): Tidied {
  const heading = comparable(title ?? '');
  const headline = page.blocks.find((block) => block.role === 'heading' && comparable(block.text) === heading);
  const forms = formSizes(page);
  const comments = commentsOf(chosen, headline);
  const pullQuotes = pullQuotesOf(chosen);
  const seen = new Set<string>([heading]);
  const takenOut = new Map<Block, string>();
  const faultOf = (block: Block, own: string): string | undefined => {
    if (seen.has(own)) return 'repeats the headline or an earlier block';
    if (pullQuotes.has(block)) return 'repeats words of another block';
    if (isHeadlineWithByline(own, heading)) return 'is the headline with its byline';
    if (comments.has(block)) return 'is a comment of a reader';
    if (isRowOfLinks(block)) return 'is a row of links';
    if (isBareDate(block.text)) return 'is a bare date';
    if (isInSmallForm(block, forms)) return 'is part of a small form';
    if (headline && isLabelAbove(block, headline)) return 'is a label above the headline';
    return interruptionIn(block);
  };
  const kept = chosen.filter(({ block }) => {
    const own = comparable(block.text);
    const fault = faultOf(block, own);
    if (fault) takenOut.set(block, fault);
    else seen.add(own);
    return !fault;
  });
  while (isWallLine(kept.at(-1)?.block)) takenOut.set(kept.pop()!.block, 'says that the text goes on for subscribers');
  while (kept.at(-1)?.block.role === 'heading') takenOut.set(kept.pop()!.block, 'is a heading that nothing follows');
  return { kept, takenOut };
}

const PULL_QUOTE = { name: /(?:^|[\s_-])pull(?:ed)?[\s_-]?(?:quote)?(?:$|[\s_-])/i, shortest: 20, most: 50 };

/** Quotations that the markup sets off from the text, where the text repeats them whole. */
function pullQuotesOf(chosen: ChosenBlock[]): Set<Block> {
  const setOff = chosen
    .map(({ block }) => block)
    .filter(({ container, role }) => role !== 'heading' && isSetOff(container))
    .slice(0, PULL_QUOTE.most);
  if (setOff.length === 0) return new Set();
  const all = chosen.map(({ block }) => comparable(block.text)).join('\n');
  return new Set(
    setOff.filter(({ text }) => {
      const words = comparable(text.replace(QUOTATION_MARKS, ''));
      return words.length >= PULL_QUOTE.shortest && all.indexOf(words) !== all.lastIndexOf(words);
    }),
  );
}

/** An aside or an element called pull quote, or one right inside of it. */
function isSetOff(container: ElementNode): boolean {
  return [container, container.parent].some(
    (element) => element?.tag === 'aside' || PULL_QUOTE.name.test(element?.attribute('class') ?? ''),
  );
}

const QUOTATION_MARKS = /^["“„«»‘'「『\s]+|["”“»«’'」』\s.,]+$/gu;

/** Byline and date fit into this. */
const LONGEST_BYLINE = 80;

/** Some pages put headline, byline and date into one element, with line breaks between. */
function isHeadlineWithByline(own: string, heading: string): boolean {
  const rest = own.slice(heading.length);
  return heading !== '' && own.startsWith(`${heading} `) && rest.length <= LONGEST_BYLINE && /\d{4}$/.test(rest);
}

const LONGEST_WALL_LINE = 160;

function isWallLine(block: Block | undefined): boolean {
  return block !== undefined && block.text.length <= LONGEST_WALL_LINE && WALL.test(block.text);
}

/** The chosen blocks among comments, where the page has a text of its own besides. */
function commentsOf(chosen: ChosenBlock[], headline: Block | undefined): Set<Block> {
  const aroundHeadline = new Set<ElementNode>();
  for (let at = headline?.container ?? null; at; at = at.parent) aroundHeadline.add(at);
  const comments = new Set<Block>();
  let ownChars = 0;
  for (const { block } of chosen) {
    if (isReadersComment(block.container, aroundHeadline)) comments.add(block);
    else ownChars += block.text.length;
  }
  return ownChars < SHORTEST_POST ? new Set() : comments;
}

function isLabelAbove(block: Block, headline: Block): boolean {
  return block.start < headline.start && block.text.length < LABEL && !endsSentence(block.text);
}

function isRowOfLinks(block: Block): boolean {
  return block.links >= 3 && block.linkChars > block.text.replace(/\s/g, '').length * 0.85 && !endsSentence(block.text);
}

/** Characters of text in each form that asks for input. */
function formSizes(page: Page): Map<ElementNode, number> {
  const sizes = new Map<ElementNode, number>();
  for (const form of page.elements.get('form') ?? []) {
    let asks = false;
    for (const element of elementsOf(form)) if (element.tag === 'input' || element.tag === 'textarea') asks = true;
    if (asks) sizes.set(form, 0);
  }
  for (const block of page.blocks) {
    const form = formAround(block, sizes);
    if (form) sizes.set(form, (sizes.get(form) ?? 0) + block.text.length);
  }
  return sizes;
}

function isInSmallForm(block: Block, forms: Map<ElementNode, number>): boolean {
  const form = formAround(block, forms);
  return form !== undefined && (forms.get(form) ?? 0) < LARGEST_FORM;
}

function formAround(block: Block, forms: Map<ElementNode, number>): ElementNode | undefined {
  if (forms.size === 0) return undefined;
  for (let at: ElementNode | null = block.container; at; at = at.parent) if (forms.has(at)) return at;
  return undefined;
}
