import type { Block } from '../html/blocks.js';
import type { Page } from '../page.js';
import { isOfNavigation } from '../fields/places.js';
import { comparable } from '../text.js';
import type { ChosenBlock } from './chosen-block.js';

/** Where on a page its article stands, and the lines around the body that may say who wrote it and when. */
export interface ArticleRegion {
  /** Blocks in front of the body, nearest first, and such between its first paragraphs. */
  header: Block[];
  /** Blocks right behind the body, nearest first. */
  footer: Block[];
  /** The first block of the body. */
  lead: Block | undefined;
  /** The first blocks of the body. */
  opening: Block[];
  /** Short blocks the classifier took for the start or the end of the body; bylines and dates look alike. */
  edges: Block[];
  /** Heading block that stands above the body, the best one by rank and distance. */
  heading: Block | undefined;
  /** Source offsets from the start of the header to the end of the footer. */
  start: number;
  end: number;
}

const HEADER_REACH = 30;
const FOOTER_REACH = 16;
const LONGEST_EDGE = 100;
/** Bylines and dates of some sites stand behind the lead. */
const LEADS = 4;

export function regionOf(page: Page, body: ChosenBlock[], title: string | undefined): ArticleRegion {
  const { blocks } = page;
  const chosen = new Set(body.map(({ block }) => block));
  const first = Math.max(0, blocks.indexOf(body[0]?.block as Block));
  const last = body.length ? blocks.lastIndexOf(body.at(-1)?.block as Block) : first;
  const wanted = comparable(title ?? '');
  const titled = blocks.findIndex(
    (block, i) => i <= first && i >= first - HEADER_REACH * 2 && comparable(block.text) === wanted,
  );
  const from = Math.max(0, Math.min(first - HEADER_REACH, titled >= 0 ? titled - 5 : first));
  const lastLead = body[Math.min(LEADS, body.length) - 1]?.block;
  const untilLead = lastLead ? blocks.indexOf(lastLead) : first;
  const header = blocks.slice(from, untilLead).filter((block) => !chosen.has(block));
  const edges = [...body.slice(0, LEADS), ...body.slice(LEADS).slice(-3)]
    .map(({ block }) => block)
    .filter(({ text }) => text.length <= LONGEST_EDGE);
  const footer = blocks.slice(last + 1, last + 1 + FOOTER_REACH);
  return {
    header: header.sort((a, b) => Math.abs(blocks.indexOf(a) - first) - Math.abs(blocks.indexOf(b) - first)),
    footer,
    edges,
    lead: body[0]?.block,
    opening: body.slice(0, LEADS).map(({ block }) => block),
    heading: headingAbove(blocks.slice(from, first)),
    start: blocks[from]?.start ?? 0,
    end: footer.at(-1)?.end ?? blocks[last]?.end ?? 0,
  };
}

/** The last heading of the highest rank. */
function headingAbove(above: Block[]): Block | undefined {
  return above
    .filter(({ container }) => /^h[1-4]$/.test(container.tag) && !isOfNavigation(container))
    .reduce<Block | undefined>(
      (best, block) => (best && best.container.tag < block.container.tag ? best : block),
      undefined,
    );
}
