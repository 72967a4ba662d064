import type { ArticleData, ProvenanceData } from '@wireroom/contracts';
import { type DroppedCharacters, droppedCharacters } from './dropped-characters.js';
import { extractFlatText } from './flat/extract-flat.js';
import { type HiddenText, extractHtml } from './html/extract-html.js';
import { readOriginal, type ExtractionInput, type OriginalData } from './original.js';
import type { PageKind } from './page-kind.js';

export type Extraction =
  | {
      kind: 'article';
      article: ArticleData;
      provenance: ProvenanceData[];
      /** What of the page its readers don't see; a flattened text has lost that. */
      hidden?: HiddenText[];
      dropped: DroppedCharacters[];
      original: OriginalData;
    }
  | { kind: 'not-article'; pageKind: PageKind; reasons: string[]; original: OriginalData };

/**
 * Finds the article in a page or a flattened text, with the origin of every value. Pure: the same
 * input gives the same answer, and nothing outside it is read.
 *
 * @throws ExtractionError and nothing else; see its codes.
 */
export function extractArticle(input: ExtractionInput): Extraction {
  const { text, original } = readOriginal(input);
  const found = original.format === 'html' ? extractHtml(text, input) : extractFlatText(text, input.publishedAt);
  if (!('article' in found)) return { kind: 'not-article', ...found, original };
  return { kind: 'article', ...found, dropped: droppedCharacters(text, found.provenance), original };
}
