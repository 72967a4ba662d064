import type { ArticleData, AuthorData, ProvenanceData } from '@wireroom/contracts';
import { datelineOf } from '../fields/dateline.js';
import { datesTold } from '../fields/dates.js';
import { apartFromDate, bylineNames, shownByline } from '../fields/names.js';
import { parseDate } from '../fields/parse-date.js';
import type { Found } from '../html/structured-data.js';
import { ProvenanceLog } from '../provenance.js';
import { judgeQuality } from '../quality.js';
import { bodyStart, findTitleLine, lineProbabilities, selectLines } from './flat-model.js';
import { labelsBefore } from './labels.js';
import { textFacts, type TextFacts } from './line-features.js';
import { linesOf, type Line } from './lines.js';

/** How far from headline and body byline and date may stand. */
const REACH = 6;

/**
 * Finds the article in a page whose markup is gone: every line is body or clutter by its words, its
 * shape and its neighbours; headline, byline, date and labels stand around where the body begins.
 */
export function extractFlatText(
  source: string,
  told: string | undefined,
): { article: ArticleData; provenance: ProvenanceData[] } {
  const log = new ProvenanceLog('flat-text');
  const facts = textFacts(linesOf(source));
  const probabilities = lineProbabilities(facts);
  const chosen = selectLines(facts, probabilities);
  const title = findTitleLine(facts, chosen, probabilities);
  const body = chosen.filter((line) => line !== title);
  const start = bodyStart(body);
  const header = headerLines(facts, title, start, body);

  const titleLine = title === undefined ? undefined : facts.lines[title];
  if (titleLine)
    log.chosen('/article/title', foundIn(titleLine), 'headline-line', 'the likeliest headline in front of the body');
  body.forEach((line, i) =>
    log.chosen(
      `/article/paragraphs/${i}`,
      foundIn(facts.lines[line] as Line),
      'body-line',
      `probability ${(probabilities[line] ?? 0).toFixed(2)}`,
    ),
  );
  const paragraphs = body.map((line) => ({ text: (facts.lines[line] as Line).text, role: 'paragraph' as const }));
  const dateline = datelineOf(paragraphs[0]?.text);
  const categories = labelsBefore(facts.lines, title ?? start);
  categories.forEach((label, i) => log.chosen(`/article/categories/${i}`, foundIn(label), 'glued-labels'));

  const article: ArticleData = {
    title: titleLine?.text,
    ...authorsIn(header, log),
    publishedAt: dateIn(header, log) ?? dateTold(told, log),
    dateline,
    paragraphs,
    section: categories[0]?.text,
    categories: [...new Set(categories.map(({ text }) => text))],
    tags: [],
    embeds: [],
    completeness: 'full',
    quality: judgeQuality({
      title: titleLine?.text,
      paragraphs,
      confidence: body.map((line) => probabilities[line] ?? 0),
    }),
  };
  return { article, provenance: log.records };
}

/** The lines around headline and start of the body that are neither. */
function headerLines(facts: TextFacts, title: number | undefined, start: number, body: number[]): Line[] {
  const taken = new Set(body);
  const near = (line: number): number =>
    Math.min(Math.abs(line - start), title === undefined ? Infinity : Math.abs(line - title));
  return facts.lines.filter(
    (line, i) => i !== title && !taken.has(i) && near(i) <= REACH && i <= start + 1 && line.text.length < 200,
  );
}

function authorsIn(header: Line[], log: ProvenanceLog): { authors: AuthorData[]; byline?: string } {
  for (const line of header) {
    const authors = bylineNames(line.text);
    if (!authors.length) continue;
    authors.forEach((_author, i) => log.chosen(`/article/authors/${i}`, foundIn(line), 'byline-line'));
    const names = authors.map(({ name }) => name);
    return { authors, byline: shownByline(line.text, names) };
  }
  return { authors: [] };
}

function dateIn(header: Line[], log: ProvenanceLog): string | undefined {
  for (const line of header) {
    const date = parseDate(apartFromDate(line.text));
    if (!date) continue;
    log.chosen('/article/publishedAt', foundIn(line), 'date-line');
    return date;
  }
  return undefined;
}

function dateTold(told: string | undefined, log: ProvenanceLog): string | undefined {
  const [candidate] = datesTold(told);
  if (candidate) log.chosen('/article/publishedAt', candidate, candidate.rule);
  return candidate?.value;
}

function foundIn(line: Line): Found {
  return { value: line.text, source: 'text', spans: [{ start: line.start, end: line.end }] };
}
