import type { ArticleData, ProvenanceData } from '@wireroom/contracts';
import { ProvenanceLog } from '../provenance.js';
import { endsSentence } from '../text.js';
import { linesOf } from './lines.js';

/** Finds the article in a page whose markup is gone. */
export function extractFlatText(source: string): { article: ArticleData; provenance: ProvenanceData[] } {
  const log = new ProvenanceLog('flat-text');
  const body = linesOf(source).filter((line) => line.text.length >= 80 || endsSentence(line.text));
  body.forEach((line, i) =>
    log.chosen(
      `/article/paragraphs/${i}`,
      { value: line.text, source: 'text', spans: [{ start: line.start, end: line.end }] },
      'prose-line',
    ),
  );
  return {
    article: {
      authors: [],
      paragraphs: body.map(({ text }) => ({ text, role: 'paragraph' as const })),
      categories: [],
      tags: [],
      embeds: [],
      completeness: 'full',
      quality: { score: 0.5, reasons: [] },
    },
    provenance: log.records,
  };
}
