import type { ArticleData } from '@wireroom/contracts';
import type { ArticleRegion } from '../body/region.js';
import { linkedDataValues } from '../html/structured-data.js';
import type { Page } from '../page.js';
import { countWords } from '../text.js';

/** A whole report is rarely shorter, a wall's sample rarely longer. */
const SAMPLE_WORDS = 250;
const TEASER_WORDS = 120;

/** What a page says where its text ends for those who haven't paid. */
export const WALL =
  /subscribe (?:now )?to (?:read|continue|keep reading)|to continue reading|already a subscriber|subscribers only|nur für abonnenten|jetzt weiterlesen|mit .{0,20}abo weiterlesen|réservé aux abonnés|la suite est réservée|solo para suscriptores|exclusivo para (?:suscriptores|assinantes)|contenuto riservato agli abbonati|alleen voor abonnees|för prenumeranter|kun for abonnenter|для подписчиков/i;
const MORE =
  /^(?:read (?:more|on|the full)|continue reading|full story|weiterlesen|mehr lesen|zum artikel|lire la suite|leer más|seguir leyendo|leggi tutto|continua a leggere|lees (?:verder|meer)|läs mer|les mer|læs mere|czytaj (?:dalej|więcej)|читать далее|devamını oku|続きを読む|阅读全文)/i;

/** Whether the text is all of the article, or why it is not. */
export function completenessOf(
  page: Page,
  paragraphs: ArticleData['paragraphs'],
  region: ArticleRegion,
): ArticleData['completeness'] {
  const words = paragraphs.reduce((sum, { text }) => sum + countWords(text), 0);
  const [node] = page.articleData;
  const marks = node ? linkedDataValues(node, 'isAccessibleForFree').map(({ value }) => value.value) : [];
  const isMarked = marks.some((mark) => mark === false || (typeof mark === 'string' && /false$/i.test(mark)));
  const isWalled = isMarked || region.footer.some(({ text }) => WALL.test(text));
  if (isWalled && words < SAMPLE_WORDS) return 'walled';
  const last = paragraphs.at(-1)?.text ?? '';
  const isCut =
    /(?:…|\.{3}|\[(?:…|\.{3})\])$/.test(last) || region.footer.slice(0, 2).some(({ text }) => MORE.test(text));
  return isCut && words < TEASER_WORDS ? 'teaser' : 'full';
}
