import type { ParagraphRole, SpanData } from '@wireroom/contracts';
import { selectBody, THRESHOLD, weighBlocks } from './body/body.js';
import { findSiteName } from './fields/site.js';
import { guessTitle } from './fields/title.js';
import { selectLines, weighLines } from './flat/flat-model.js';
import { textFacts } from './flat/line-features.js';
import { linesOf } from './flat/lines.js';
import { pathOf } from './html/document.js';
import type { Reason } from './model/reasons.js';
import { readOriginal, type ExtractionInput } from './original.js';
import { readPage } from './page.js';
import { ProvenanceLog } from './provenance.js';

/** One block of a page or line of a text, with what the classifier thought of it. */
export interface BlockExplanation {
  text: string;
  role: ParagraphRole;
  /** Place in the decoded original. */
  span: SpanData;
  /** Element path; `line N` in a flattened text. */
  source: string;
  /** Probability of being part of the article, 0 to 1. */
  probability: number;
  kept: boolean;
  /** `article`, `clutter`, or `taken-out` for what the classifier kept and the clean-up rules did not. */
  verdict: 'article' | 'clutter' | 'taken-out';
  /** What moved the classifier most, the strongest first. */
  reasons: Reason[];
  /** Why it was taken out. */
  takenOutBecause?: string;
}

/**
 * Shows every block of an input in document order with its score and its fate, for people who want to
 * know why a line is missing. @throws ExtractionError as extractArticle does.
 */
export function explainArticle(input: ExtractionInput): BlockExplanation[] {
  const { text, original } = readOriginal(input);
  return original.format === 'html' ? explainPage(text, input) : explainText(text);
}

function explainPage(source: string, { url, rules }: ExtractionInput): BlockExplanation[] {
  const page = readPage(source, url, rules);
  const title = guessTitle(page, findSiteName(page, new ProvenanceLog('explain')));
  const { probabilities, reasonsFor } = weighBlocks(page, title);
  const { kept: chosen, takenOut } = selectBody(page, title, probabilities);
  const kept = new Set(chosen.map(({ block }) => block));
  return page.blocks.map((block, i) => ({
    text: block.text,
    role: block.role,
    span: { start: block.start, end: block.end },
    source: pathOf(block.container),
    ...fateOf(probabilities[i] ?? 0, kept.has(block)),
    reasons: reasonsFor(i),
    takenOutBecause: takenOut.get(block),
  }));
}

function explainText(source: string): BlockExplanation[] {
  const facts = textFacts(linesOf(source));
  const { probabilities, reasonsFor } = weighLines(facts);
  const kept = new Set(selectLines(facts, probabilities));
  return facts.lines.map((line, i) => ({
    text: line.text,
    role: 'paragraph',
    span: { start: line.start, end: line.end },
    source: `line ${i + 1}`,
    ...fateOf(probabilities[i] ?? 0, kept.has(i)),
    reasons: reasonsFor(i),
    takenOutBecause: probabilities[i]! >= THRESHOLD && !kept.has(i) ? TAKEN_OUT_LINE : undefined,
  }));
}

const TAKEN_OUT_LINE = 'repeats an earlier line, is a bare date or heads what comes after the article';

function fateOf(probability: number, kept: boolean): Pick<BlockExplanation, 'probability' | 'kept' | 'verdict'> {
  const verdict = kept ? 'article' : probability >= THRESHOLD ? 'taken-out' : 'clutter';
  return { probability: Math.round(probability * 1000) / 1000, kept, verdict };
}
