import { Readability } from '@mozilla/readability';
import { decodeOriginal, extractArticle } from '@wireroom/extraction';
import { parseHTML } from 'linkedom';
import { figure, tableOf } from '../report.js';
import { type Page, findPageSets } from './pages.js';
import { ratePerSecond, slowestOfHundred } from './rate.js';

export interface ExtractRow {
  pages: string;
  count: number;
  averageKb: number;
  /** Pages a second of CPU. */
  wireroom: number;
  readability: number;
  ratio: number;
  /** CPU milliseconds that 99 of 100 pages stay under. */
  p99: number;
}

/** The whole extraction, with the origin of every value, beside Readability on linkedom, which finds title and body. */
export async function benchExtract(milliseconds: number): Promise<ExtractRow[]> {
  const sets = await findPageSets();
  return sets.map(({ name, pages }) => {
    const wireroom = ratePerSecond(pages, extract, milliseconds);
    const readability = ratePerSecond(pages, readByReadability, milliseconds);
    const bytes = pages.reduce((total, page) => total + page.bytes.length, 0);
    return {
      pages: name,
      count: pages.length,
      averageKb: bytes / pages.length / 1024,
      wireroom,
      readability,
      ratio: wireroom / readability,
      p99: slowestOfHundred(pages, extract),
    };
  });
}

export function printExtract(rows: ExtractRow[]): string {
  return tableOf(
    ['pages a second of CPU', 'pages', 'average kB', 'Wireroom', 'Readability + linkedom', 'ratio', 'p99 in ms'],
    rows.map(({ pages, count, averageKb, wireroom, readability, ratio, p99 }) => [
      pages,
      ...[count, averageKb, wireroom, readability, ratio, p99].map(figure),
    ]),
  );
}

/** A page that holds nothing to read is work too. */
function extract(page: Page): void {
  ignoringFailure(() => extractArticle(page));
}

function readByReadability({ bytes, contentType }: Page): void {
  ignoringFailure(() => {
    const { document } = parseHTML(decodeOriginal(bytes, contentType).text) as { document: unknown };
    new Readability(document).parse();
  });
}

function ignoringFailure(work: () => void): void {
  try {
    work();
  } catch {
    // How many pages fail is the evaluation's question, not this one's.
  }
}
