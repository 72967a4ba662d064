import type { ArticleData, EnrichmentData, ProvenanceData } from '@wireroom/contracts';
import {
  type EnrichmentStep,
  STEPS,
  type TextSignature,
  enrichArticle,
  inputOf,
  reasonsInto,
  signatureOf,
} from '@wireroom/enrichment';
import { datelineOf, extractArticle } from '@wireroom/extraction';
import { INTAKE_KINDS, intakeAnswer } from '@wireroom/intake';
import { BadLineError, type PreviewLine } from './preview-line.js';

/** What the pipeline makes of one item. */
export type PreviewAnswer =
  | { id: string | number; ok: true; kind: 'article'; article: PreviewArticle; enrichment: EnrichmentData }
  | { id: string | number; ok: true; kind: 'not-article'; pageKind: string; reasons: string[] }
  | { id: string | number; ok: true; kind: string; [field: string]: unknown }
  | { id: string | number | null; ok: false; error: { code: string; message: string } };

/** The article as preview shows it: texts flat, with the body ready made. */
export interface PreviewArticle extends Omit<Partial<ArticleData>, 'authors' | 'paragraphs' | 'leadImage'> {
  title?: string;
  authors: string[];
  /** The paragraphs joined by a blank line; offsets in the enrichment count in it. */
  body: string;
  paragraphs: string[];
  /** Roles of the paragraphs, in the same order. */
  paragraphRoles?: string[];
  leadImage?: string;
  image?: ArticleData['leadImage'];
  provenance: ProvenanceData[];
}

/** An answer, with the signature by which the caller tells its story cluster; absent where there is no text. */
export interface PreviewResult {
  answer: PreviewAnswer;
  signature?: TextSignature;
  /** By step that failed, why. */
  reasons?: Record<string, string>;
}

/**
 * Runs the pure functions over one item: nothing outside the item is read, and the same item gives the same
 * answer.
 *
 * @throws BadLineError for an unknown `as`; ExtractionError and IntakeError for input that can't be read.
 */
export async function previewItem(line: PreviewLine, chain: readonly EnrichmentStep[] = STEPS): Promise<PreviewResult> {
  const bytes = Buffer.from(line.bodyBase64, 'base64');
  if (line.as === 'article') return previewArticle(line, bytes, chain);
  if (line.as === 'body') return previewBody(line, bytes, chain);
  if ((INTAKE_KINDS as readonly string[]).includes(line.as)) {
    const answer = (await intakeAnswer(line.as, bytes, line)) as { kind: string };
    return { answer: { id: line.id, ok: true, ...answer } };
  }
  throw new BadLineError(
    `as must be article, body, ${INTAKE_KINDS.join(', ')}; not ${JSON.stringify(line.as)}`,
    line.id,
  );
}

function previewArticle({ id, ...line }: PreviewLine, bytes: Buffer, chain: readonly EnrichmentStep[]): PreviewResult {
  const extraction = extractArticle({ ...line, bytes });
  if (extraction.kind === 'not-article') {
    const { pageKind, reasons } = extraction;
    return { answer: { id, ok: true, kind: 'not-article', pageKind, reasons } };
  }
  const { article, provenance } = extraction;
  const input = inputOf(article, line.publishedAt, extraction);
  const reasons: Record<string, string> = {};
  const enriched = enrichArticle(input, { failed: reasonsInto(reasons) }, chain);
  return {
    answer: {
      id,
      ok: true,
      kind: 'article',
      article: {
        ...article,
        authors: article.authors.map(({ name }) => name),
        body: input.body,
        paragraphs: article.paragraphs.map(({ text }) => text),
        paragraphRoles: article.paragraphs.map(({ role }) => role),
        leadImage: article.leadImage?.url,
        image: article.leadImage,
        language: enriched.enrichment.language?.code,
        provenance: [...provenance, ...enriched.provenance],
      } as PreviewArticle,
      enrichment: enriched.enrichment,
    },
    signature: signatureOf(input.body),
    reasons,
  };
}

/** The text is the body, to the last character, so that offsets count in what was sent. */
function previewBody(
  { id, contentType, publishedAt }: PreviewLine,
  bytes: Buffer,
  chain: readonly EnrichmentStep[],
): PreviewResult {
  const body = new TextDecoder(charsetOf(contentType), { ignoreBOM: true }).decode(bytes);
  const reasons: Record<string, string> = {};
  const input = { body, publishedAt, dateline: datelineOf(body) };
  const { enrichment, provenance } = enrichArticle(input, { failed: reasonsInto(reasons) }, chain);
  return {
    answer: {
      id,
      ok: true,
      kind: 'article',
      article: { authors: [], publishedAt, body, paragraphs: body.split(/\n\s*\n/), provenance },
      enrichment,
    },
    signature: signatureOf(body),
    reasons,
  };
}

function charsetOf(contentType = ''): string {
  const label = /charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return 'utf-8';
  }
}
