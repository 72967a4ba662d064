import { linkedDataValues, decodeEntities, type Found } from '../html/structured-data.js';
import type { Page } from '../page.js';
import { cleanText, countWords } from '../text.js';

/** Fewer words of a body are a remnant that the JSON-LD body may stand in for. */
const REMNANT_WORDS = 40;

/**
 * The paragraphs of the body that JSON-LD carries, for pages whose text is drawn by scripts; undefined
 * where the page shows a body of its own, which keeps paragraphs and order better.
 */
export function linkedBody(page: Page, shownWords: number): Found[] | undefined {
  const [node] = page.articleData;
  if (!node || shownWords >= REMNANT_WORDS) return undefined;
  for (const { value, path } of linkedDataValues(node, 'articleBody')) {
    if (typeof value.value !== 'string' || countWords(value.value) < REMNANT_WORDS * 2) continue;
    const span = { start: value.start, end: value.end };
    return value.value
      .split(/\n+|<\/p>|<br\s*\/?>/i)
      .map((text) => cleanText(decodeEntities(text)))
      .filter(Boolean)
      .map((text) => ({ value: text, source: `json-ld:${path}`, spans: [span] }));
  }
  return undefined;
}
