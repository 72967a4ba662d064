import { decodeOriginal } from './decode/decode-original.js';
import { ExtractionError, LIMITS } from './extraction-error.js';
import type { SiteRule } from './rules/site-rules.js';

export interface ExtractionInput {
  bytes: Uint8Array;
  /** As the server sent it, with charset; absent for files. */
  contentType?: string;
  /** Where the document was fetched: base of relative addresses, one source of the date. */
  url?: string;
  /** Response headers by lower-case name. */
  headers?: Record<string, string>;
  /** What the feed or sitemap said, ISO 8601. */
  publishedAt?: string;
  /** Reviewed rules for sites, see parseSiteRule. */
  rules?: readonly SiteRule[];
}

/** How the bytes were read; offsets in provenance count in the text decoded with this charset. */
export interface OriginalData {
  charset: string;
  format: 'html' | 'flat-text';
}

/** Decodes an input and tells its format. @throws ExtractionError, see its codes. */
export function readOriginal(input: ExtractionInput): { text: string; original: OriginalData } {
  if (input.bytes.length > LIMITS.bytes) throw new ExtractionError('too-large', `more than ${LIMITS.bytes} bytes`);
  const format = formatOf(input.contentType);
  const { text, charset } = decodeOriginal(input.bytes, input.contentType);
  return { text, original: { charset, format: format ?? (looksLikeHtml(text) ? 'html' : 'flat-text') } };
}

/** The format a media type stands for; undefined where it says nothing. @throws ExtractionError for others' formats. */
function formatOf(contentType: string | undefined): OriginalData['format'] | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '' || type === 'application/octet-stream') return undefined;
  if (/html/.test(type) || type === 'text/xml' || type === 'application/xml') return 'html';
  if (type === 'text/plain' || type === 'text/markdown') return 'flat-text';
  throw new ExtractionError('unsupported-content-type', `no article is read from ${type}`);
}

function looksLikeHtml(text: string): boolean {
  return /<(?:!doctype\s+html|html|head|body|meta|article|div|p|h1|title|script)\b/i.test(text.slice(0, 4096));
}
