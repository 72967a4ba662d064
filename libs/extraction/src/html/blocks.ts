import type { ParagraphRole } from '@wireroom/contracts';
import { LIMITS } from '../extraction-error.js';
import { cleanText } from '../text.js';
import { isElement, isText, type ElementNode, type HtmlNode } from './document.js';
import { isConcealing, type Look, lookInside, PLAIN_LOOK } from './look.js';

/** A stretch of text between two block boundaries of a page, in document order. */
export interface Block {
  text: string;
  role: ParagraphRole;
  /** Offsets into the source, from its first character to its last. */
  start: number;
  end: number;
  /** Nearest block-level element around the text. */
  container: ElementNode;
  /** Characters inside links, inside bold or strong, inside italics. */
  linkChars: number;
  boldChars: number;
  italicChars: number;
  links: number;
  /** Single line breaks inside the text. */
  lineBreaks: number;
  /** Not shown by a browser that runs no scripts, or meant for screen readers alone. */
  hidden: boolean;
  /** Shown by a browser so that nobody sees it. */
  concealed: boolean;
  /** Images that stand between the block before and this one. */
  imagesBefore: number;
}

/** What a page is cut into. */
export interface Blocks {
  blocks: Block[];
  /** Inline passages that are not displayed; they are in no block. */
  asides: Block[];
  /** Words that are displayed so that nobody sees them, within blocks that are seen. */
  concealed: ConcealedWords[];
}

export interface ConcealedWords {
  text: string;
  /** Offsets into the source. */
  start: number;
  end: number;
}

const BLOCK_TAGS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre search ' +
    'section summary table tbody td tfoot th thead tr ul amp-accordion amp-sidebar'
  ).split(' '),
);

const SILENT_TAGS = new Set(
  (
    'applet audio button canvas datalist embed head iframe input map math meter noembed noframes noscript object option ' +
    'output progress script select style svg template textarea title video #fragment amp-ad amp-analytics amp-iframe'
  ).split(' '),
);

const HEADING = /^h[1-6]$/;

/** Cuts a page into its blocks. Nothing is left out for its looks: telling content from clutter is the classifier's part. */
export function blocksOf(root: ElementNode): Blocks {
  const walk = new BlockWalk();
  walk.visit(root, { container: root, link: false, bold: false, italic: false, hidden: false, look: PLAIN_LOOK });
  walk.close();
  return walk;
}

interface Context {
  container: ElementNode;
  link: boolean;
  bold: boolean;
  italic: boolean;
  hidden: boolean;
  look: Look;
}

/** Collects inline text until a block boundary closes it into a block. */
class BlockWalk implements Blocks {
  readonly blocks: Block[] = [];
  readonly asides: Block[] = [];
  readonly concealed: ConcealedWords[] = [];
  private open: OpenBlock | undefined;
  private imagesBefore = 0;
  private readonly anchors = new Set<number>();

  visit(node: HtmlNode, context: Context): void {
    if (this.blocks.length >= LIMITS.blocks) return;
    if (isText(node)) this.addText(node.text, node.start, node.end, context);
    else if (isElement(node)) this.visitElement(node, context);
  }

  close(): void {
    const block = this.open?.finish(this.imagesBefore);
    const concealed = this.open?.concealedWords() ?? [];
    this.open = undefined;
    if (!block) return;
    this.blocks.push(block);
    this.concealed.push(...concealed);
    this.imagesBefore = 0;
  }

  private visitElement(element: ElementNode, context: Context): void {
    const { tag } = element;
    if (SILENT_TAGS.has(tag)) return;
    if (tag === 'br') return this.breakLine();
    if (tag === 'img' || tag === 'picture' || tag === 'amp-img') this.imagesBefore++;
    if (isRowOfPlainCells(element)) return this.visitAsOneBlock(element, context);

    const isBoundary = BLOCK_TAGS.has(tag) || showsAsBlock(element);
    if (isBoundary) this.close();
    if (!isBoundary && isAside(element)) return this.passOver(element, context);
    if (!isBoundary && standsForBreak(element)) return this.close();
    if (tag === 'a') this.open?.countLink();
    const inner = contextInside(element, context, isBoundary, this.opensLink(element));
    for (const child of element.children) this.visit(child, inner);
    if (isBoundary) this.close();
  }

  private passOver(aside: ElementNode, context: Context): void {
    const inside = new BlockWalk();
    for (const child of aside.children) inside.visit(child, { ...context, hidden: true });
    inside.close();
    this.asides.push(...inside.blocks, ...inside.asides);
  }

  /** A link left open is continued by copies in all that follows, as browsers do; only the first is meant. */
  private opensLink(element: ElementNode): boolean {
    if (element.tag !== 'a' || this.anchors.has(element.start)) return false;
    if (element.start >= 0) this.anchors.add(element.start);
    return true;
  }

  private visitAsOneBlock(row: ElementNode, context: Context): void {
    this.close();
    const inner = contextInside(row, context, true, false);
    for (const cell of row.children) {
      if (!isElement(cell)) continue;
      for (const child of cell.children) this.visit(child, inner);
      this.open?.separate();
    }
    this.close();
  }

  private addText(text: string, start: number, end: number, context: Context): void {
    if (!this.open) {
      if (!/\S/.test(text)) return;
      this.open = new OpenBlock(context);
      if (context.link) this.open.countLink();
    }
    this.open.add(text, start, end, context);
  }

  /** Two breaks with nothing between them are a paragraph boundary in hand-written HTML. */
  private breakLine(): void {
    if (this.open?.endsWithBreak()) this.close();
    else this.open?.breakLine();
  }
}

class OpenBlock {
  private text = '';
  private start = -1;
  private end = -1;
  private linkChars = 0;
  private boldChars = 0;
  private italicChars = 0;
  private links = 0;
  private lineBreaks = 0;
  private concealed = true;
  /** Neighbouring texts that nobody sees are one run; `from` and `to` count in the text of the block. */
  private readonly runs: { from: number; to: number; start: number; end: number }[] = [];
  private inRun = false;

  constructor(private readonly context: Context) {}

  add(text: string, start: number, end: number, context: Context): void {
    const from = this.text.length;
    this.text += text;
    const letters = text.trim().length;
    if (letters === 0) return;
    // Foster-parented text stands before its neighbours in the tree and after them in the source.
    if (start >= 0) this.start = this.start < 0 ? start : Math.min(this.start, start);
    this.end = Math.max(this.end, end);
    this.noteLook(context, from, start, end);
    if (context.link) this.linkChars += letters;
    if (context.bold) this.boldChars += letters;
    if (context.italic) this.italicChars += letters;
  }

  /** What is concealed within a block that is not. */
  concealedWords(): ConcealedWords[] {
    if (this.concealed || this.context.hidden) return [];
    return this.runs.map(({ from, to, start, end }) => ({ text: cleanText(this.text.slice(from, to)), start, end }));
  }

  private noteLook({ look }: Context, from: number, start: number, end: number): void {
    const isConcealed = isConcealing(look);
    const run = this.inRun ? this.runs.at(-1) : undefined;
    if (run && isConcealed) Object.assign(run, { to: this.text.length, end });
    else if (isConcealed) this.runs.push({ from, to: this.text.length, start: Math.max(0, start), end });
    this.concealed &&= isConcealed;
    this.inRun = isConcealed;
  }

  countLink(): void {
    this.links++;
  }

  separate(): void {
    this.text += ' ';
  }

  breakLine(): void {
    this.text += '\n';
    this.lineBreaks++;
  }

  endsWithBreak(): boolean {
    return /\n[^\S\n]*$/.test(this.text.slice(-40)) && this.lineBreaks > 0;
  }

  finish(imagesBefore: number): Block | undefined {
    const text = cleanText(this.text);
    if (!text) return undefined;
    const { container, hidden } = this.context;
    return {
      text,
      role: roleOf(container),
      start: Math.max(0, this.start),
      end: Math.max(0, this.end),
      container,
      linkChars: this.linkChars,
      boldChars: this.boldChars,
      italicChars: this.italicChars,
      links: this.links,
      lineBreaks: this.lineBreaks,
      hidden,
      concealed: this.concealed,
      imagesBefore,
    };
  }
}

function contextInside(element: ElementNode, context: Context, isBoundary: boolean, opensLink: boolean): Context {
  const { tag } = element;
  const hidden = context.hidden || isHidden(element);
  const look = lookInside(element, context.look);
  const link = context.link || opensLink;
  const bold = context.bold || tag === 'b' || tag === 'strong';
  const italic = context.italic || tag === 'i' || tag === 'em';
  if (
    !isBoundary &&
    hidden === context.hidden &&
    look === context.look &&
    link === context.link &&
    bold === context.bold &&
    italic === context.italic
  )
    return context;
  return { container: isBoundary ? element : context.container, link, bold, italic, hidden, look };
}

/** Inline text that browsers don't show, such as the "opens in a new tab" of links. */
function isAside(element: ElementNode): boolean {
  return element.attributes.length > 0 && isHidden(element) && hasOnlyInlineContent(element);
}

/** Content systems that cannot keep `<br>` mark the place with an empty element of that class. */
function standsForBreak(element: ElementNode): boolean {
  return element.children.length === 0 && /(?:^|\s)br(?:$|\s)/.test(element.attribute('class') ?? '');
}

function isRowOfPlainCells(element: ElementNode): boolean {
  if (element.tag !== 'tr') return false;
  let cells = 0;
  for (const cell of element.children) {
    if (!isElement(cell)) continue;
    cells++;
    if (!hasOnlyInlineContent(cell)) return false;
  }
  return cells > 1;
}

function hasOnlyInlineContent(cell: ElementNode): boolean {
  return cell.children.every(
    (child) => !isElement(child) || (!BLOCK_TAGS.has(child.tag) && child.tag !== 'br' && hasOnlyInlineContent(child)),
  );
}

function showsAsBlock(element: ElementNode): boolean {
  return element.tag === 'span' && /display:\s*block/i.test(element.attribute('style') ?? '');
}

const READER_ONLY = /\b(?:sr-only|visually-?hidden|screen-reader(?:-text)?|screenreader)\b/i;

const UNSEEN = /display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\((?:50|100)%/i;

function isHidden(element: ElementNode): boolean {
  for (const { name, value } of element.attributes) {
    if (name === 'hidden') return true;
    if (name === 'style' && UNSEEN.test(value)) return true;
    if (name === 'class' && READER_ONLY.test(value)) return true;
  }
  return false;
}

/** The role by the nearest element that has one; `div` and the like say nothing. */
function roleOf(container: ElementNode): ParagraphRole {
  let at: ElementNode | null = container;
  for (let steps = 0; at && steps < 4; at = at.parent, steps++) {
    if (HEADING.test(at.tag)) return 'heading';
    if (at.tag === 'li' || at.tag === 'dd' || at.tag === 'dt') return 'list-item';
    if (at.tag === 'figcaption' || at.tag === 'caption') return 'caption';
    if (at.tag === 'tr') return 'table-row';
    if (at.tag === 'blockquote') return 'quotation';
    if (at.tag === 'article' || at.tag === 'main' || at.tag === 'body' || at.tag === 'td') break;
  }
  return 'paragraph';
}
