import type { ParagraphData, QualityData } from '@wireroom/contracts';
import { countWords, endsSentence } from './text.js';

/** Words below which a text is more likely a caption or a teaser than a report. */
const SHORT = 80;

/**
 * How far an extraction can be trusted, 0 to 1: the classifier's own certainty, lowered by what is
 * missing or odd. Each reason is a stable code.
 */
export function judgeQuality(found: {
  title: string | undefined;
  paragraphs: ParagraphData[];
  confidence: number[];
}): QualityData {
  const { title, paragraphs, confidence } = found;
  const reasons: string[] = [];
  const lower = (by: number, reason: string): number => {
    reasons.push(reason);
    return by;
  };
  const words = paragraphs.reduce((sum, { text }) => sum + countWords(text), 0);
  const closed = paragraphs.filter(({ text, role }) => role === 'paragraph' && endsSentence(text)).length;
  const plain = paragraphs.filter(({ role }) => role === 'paragraph').length;
  let score = confidence.length ? confidence.reduce((sum, each) => sum + each, 0) / confidence.length : 0;
  if (words === 0) score -= lower(1, 'no-body');
  else if (words < SHORT) score -= lower(0.3 * (1 - words / SHORT) + 0.1, 'short-body');
  if (!title) score -= lower(0.2, 'no-title');
  if (plain > 3 && closed / plain < 0.5) score -= lower(0.15, 'few-closed-sentences');
  if (confidence.length && confidence.filter((each) => each < 0.7).length > confidence.length / 4)
    score -= lower(0.1, 'uncertain-blocks');
  return { score: Math.round(Math.min(1, Math.max(0, score)) * 100) / 100, reasons };
}
