import {
  type ArticleData,
  ContentSubmitted,
  type ContentSubmittedData,
  type EnrichmentData,
  type EventMessage,
  contentIdOf,
  toMessage,
} from '@wireroom/contracts';

/** Size of one page, bytes. */
const PAGE_BYTES = 4096;

const SENTENCES = [
  'The harbour board of Port Calder voted on Tuesday to keep the old sea wall open through the winter.',
  '“We have measured the cracks twice a week since spring, and they have not moved,” said Ines Marrow, the harbour engineer.',
  'Trawlers will have to land their catch at the northern quay until the dredging is finished.',
  'A spokesman for the ferry line, Tomas Brandvold, told the Calder Mercury that 14 sailings were affected.',
  '“Nobody asked the islands before the timetable was drawn up,” Brandvold said.',
  'The repairs are expected to cost 3.2 million crowns, a third of it paid by the province.',
  'On Skerry Holm the council meets again on 14 April 2026 to hear the fishermen.',
  'Divers found timbers of an earlier pier, which the museum in Aldersund wants to lift before June.',
  'Residents of the Lantern Quarter complained of noise from the pumps at night.',
  'The mayor, Odile Fennimore, promised a public hearing and said the plans would be shown in the town hall.',
];

/** One page of about 4 kB, HTML as a small paper serves it; no two are alike. Fictional. */
export function createPage(index: number): string {
  const title = `Harbour works at Port Calder, report ${index}`;
  const head = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title} | The Calder Mercury</title><meta property="og:title" content="${title}"><meta property="article:published_time" content="2026-03-16T07:30:00Z"></head><body><nav><ul><li><a href="/news">News</a></li><li><a href="/region">Region</a></li></ul></nav><main><article><h1>${title}</h1><p class="byline">By Rosalind Achterberg</p>`;
  const tail =
    '</article></main><footer><p>© The Calder Mercury</p><p><a href="/contact">Contact</a></p></footer></body></html>';
  let body = '';
  for (let at = index; head.length + body.length + tail.length < PAGE_BYTES; at++) {
    const [first, second] = [SENTENCES[at % 10]!, SENTENCES[(at * 7 + 3) % 10]!];
    body += `<p>${first} ${second}</p>\n`;
  }
  return head + body + tail;
}

/** The page as a producer hands it in. `run` keeps the items of two runs apart. */
export function createSubmission(run: string, index: number): ContentSubmittedData {
  return {
    source: 'bench-wire',
    externalId: `${run}-${index}`,
    contentType: 'text/html; charset=utf-8',
    publishedAt: '2026-03-16T07:30:00Z',
    body: createPage(index),
  };
}

/** The message of a submission, the same for every pipeline. */
export function submissionMessage(submission: ContentSubmittedData): EventMessage {
  const contentId = contentIdOf(submission);
  return toMessage(
    ContentSubmitted,
    { id: contentId, source: 'urn:wireroom:bench', subject: contentId, time: new Date().toISOString() },
    submission,
  );
}

/**
 * The enrichment rule where computing is left out: the whole page is the article's one paragraph, so that the stages
 * after it carry as many bytes as those before.
 */
export function readTrivially(page: string): { article: ArticleData; enrichment: EnrichmentData } {
  return {
    article: {
      title: 'Harbour works at Port Calder',
      authors: [],
      paragraphs: [{ text: page, role: 'paragraph' }],
      categories: [],
      tags: [],
      embeds: [],
      completeness: 'full',
      quality: { score: 1, reasons: [] },
    },
    enrichment: { language: { code: 'en', confidence: 1 } },
  };
}
