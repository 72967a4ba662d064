import type { EnrichmentData, EntityData, ProvenanceData, QuoteData, TrustMarkData } from '@wireroom/contracts';
import { colours, printable, shorten } from '../terminal.js';
import type { PreviewAnswer, PreviewArticle } from './preview-item.js';

export interface PrintOptions {
  /** Adds where every value came from. */
  explain?: boolean;
  /** Columns of the terminal. */
  width: number;
}

const PARAGRAPH_LENGTH = 240;
const PARAGRAPHS = 30;
const QUOTE_LENGTH = 160;
const NAMES = 12;
const LABEL_WIDTH = 14;

/** An answer as a person reads it. */
export function printPreview(name: string, answer: PreviewAnswer, options: PrintOptions): string {
  const heading = colours.dim(`── ${shorten(name, options.width - 4)}`);
  if (!answer.ok) {
    return `${heading}\n${colours.red(`nothing could be made of it: ${answer.error.code}`)} (${shorten(answer.error.message, 300)})\n`;
  }
  if (isNotArticle(answer)) {
    return `${heading}\n${colours.yellow(`not an article: ${answer.pageKind}`)}\n${answer.reasons.map((reason) => `  ${shorten(reason, 300)}\n`).join('')}`;
  }
  if (!isArticle(answer)) return `${heading}\n${printable(JSON.stringify(answer, null, 2))}\n`;
  const { article, enrichment } = answer;
  return [
    heading,
    colours.bold(shorten(article.title ?? '(no title)', 300)),
    '',
    ...labelled(factsOf(article, enrichment)),
    '',
    ...paragraphLines(article, options.width),
    ...quoteLines(enrichment.quotes ?? []),
    ...entityLines(enrichment.entities ?? []),
    ...(options.explain ? provenanceLines(article.provenance) : []),
    '',
  ].join('\n');
}

function factsOf(article: PreviewArticle, enrichment: EnrichmentData): [string, string | undefined][] {
  const { language, topics, places, dates, cluster, statistics, summary, keyphrases, trust, custom, failedSteps } =
    enrichment;
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return [
    ['by', article.authors.join('; ') || article.byline],
    ['published', article.publishedAt],
    ['modified', article.modifiedAt],
    ['dateline', article.dateline],
    ['site', article.siteName],
    ['address', article.canonicalUrl],
    ['language', language && `${language.code} (${percent(language.confidence)})`],
    ['section', article.section],
    ['categories', article.categories?.join(' · ')],
    ['tags', article.tags?.join(' · ')],
    ['image', article.leadImage],
    ['topics', topics?.map(({ label, score }) => `${label} ${score.toFixed(2)}`).join(' · ')],
    ['places', distinct(places?.map(({ name, country }) => (country ? `${name} (${country})` : name)))],
    ['dates', distinct(dates?.map(({ value }) => value))],
    ['keyphrases', withoutParts(keyphrases?.map(({ text }) => text)).join(' · ')],
    ['summary', summary?.text],
    ['text', statistics && `${statistics.words} words, ${Math.ceil(statistics.readingSeconds / 60)} min`],
    ['completeness', article.completeness === 'full' ? undefined : article.completeness],
    [
      'quality',
      article.quality &&
        `${percent(article.quality.score)}${article.quality.reasons.length ? `: ${article.quality.reasons.join('; ')}` : ''}`,
    ],
    ['story', cluster && cluster.kind !== 'first' ? `${cluster.kind} of item ${cluster.id} of this run` : undefined],
    ['beware', trust && marksText(trust.marks)],
    ...Object.entries(custom ?? {}).map(([step, value]): [string, string] => [step, JSON.stringify(value)]),
    ['not done', failedSteps?.map(({ step, code }) => `${step} (${code})`).join(', ')],
  ];
}

function distinct(values: readonly string[] = []): string {
  return [...new Set(values)].join(' · ');
}

/** Phrases without those that stand within a longer one of them: ranked lists hold both, a reader needs one. */
function withoutParts(phrases: readonly string[] = []): string[] {
  const spaced = phrases.map((phrase) => ` ${phrase.toLowerCase()} `);
  return phrases.filter((_, at) => !spaced.some((other) => other !== spaced[at] && other.includes(spaced[at]!)));
}

/** What to distrust in the text, and in what the page hides. */
function marksText(marks: readonly TrustMarkData[]): string {
  const counts = new Map<string, number>();
  for (const { kind, basis } of marks) {
    const label = `${kind} in the ${basis === 'body' ? 'text' : 'page'}`;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].map(([label, count]) => (count > 1 ? `${label} ×${count}` : label)).join(' · ');
}

function labelled(facts: [string, string | undefined][]): string[] {
  return facts.flatMap(([label, value]) =>
    value ? [`${colours.cyan(`${label} `.padEnd(LABEL_WIDTH))}${shorten(value, 400)}`] : [],
  );
}

function paragraphLines({ paragraphs, paragraphRoles }: PreviewArticle, width: number): string[] {
  const lines = paragraphs.slice(0, PARAGRAPHS).map((text, at) => {
    const role = paragraphRoles?.[at] ?? 'paragraph';
    const mark = role === 'paragraph' ? '' : colours.dim(`[${role}] `);
    return `${colours.dim(String(at + 1).padStart(3))}  ${mark}${wrap(shorten(text, PARAGRAPH_LENGTH), width - 5).join('\n     ')}`;
  });
  const left = paragraphs.length - lines.length;
  return left > 0 ? [...lines, colours.dim(`     … and ${left} more`)] : lines;
}

function quoteLines(quotes: QuoteData[]): string[] {
  if (quotes.length === 0) return [];
  return [
    '',
    colours.cyan('quotes'),
    ...quotes.map(({ text, speaker, direct }) => {
      const who = speaker ? shorten(speaker.name, 80) : '(speaker not certain)';
      // Only spoken words stand in quotation marks: nobody is quoted on words they didn't say.
      const words = shorten(text, QUOTE_LENGTH);
      return `  ${colours.bold(who)}: ${direct ? `“${words}”` : `${colours.dim('(in other words)')} ${words}`}`;
    }),
  ];
}

function entityLines(entities: EntityData[]): string[] {
  const names = new Map<string, Map<string, number>>();
  for (const { type, name, text } of entities) {
    const ofType = names.get(type) ?? new Map<string, number>();
    ofType.set(name ?? text, (ofType.get(name ?? text) ?? 0) + 1);
    names.set(type, ofType);
  }
  if (names.size === 0) return [];
  const lines = [...names].map(([type, counts]) => {
    const ranked = [...counts].sort(([, a], [, b]) => b - a);
    const shown = ranked.slice(0, NAMES).map(([name, count]) => (count > 1 ? `${name} ×${count}` : name));
    const more = ranked.length > NAMES ? `, and ${ranked.length - NAMES} more` : '';
    return `  ${colours.dim(type.padEnd(LABEL_WIDTH))}${shorten(shown.join(', ') + more, 600)}`;
  });
  return ['', colours.cyan('entities'), ...lines];
}

function provenanceLines(records: ProvenanceData[]): string[] {
  const lines = records.map(({ field, extractor, version, rule, source, basis, spans, chosen, value, reason }) => {
    const places = spans.slice(0, 3).map(({ start, end }) => `${start}–${end}`);
    const where = places.length ? `${basis} ${places.join(', ')}${spans.length > 3 ? ', …' : ''}` : '';
    const kept = chosen ? colours.green('✓') : colours.dim('·');
    const detail = [value && `“${shorten(value, 80)}”`, reason && shorten(reason, 200)].filter(Boolean).join(' · ');
    const from = `${colours.dim(`${extractor} ${version}`)} ${rule} ← ${shorten(source, 100)} ${colours.dim(where)}`;
    return `  ${kept} ${field.padEnd(26)} ${from}${detail ? `\n      ${detail}` : ''}`;
  });
  return ['', colours.cyan('where it came from'), ...lines];
}

/** Breaks a text at spaces; a word longer than the width stands alone. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > Math.max(width, 20)) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
}

function isArticle(answer: PreviewAnswer): answer is Extract<PreviewAnswer, { article: PreviewArticle }> {
  return answer.ok && answer.kind === 'article';
}

function isNotArticle(answer: PreviewAnswer): answer is Extract<PreviewAnswer, { pageKind: string }> {
  return answer.ok && answer.kind === 'not-article';
}
