import { charsetOf } from '../text/decode-bytes.js';
import { parseDate } from '../text/parse-date.js';
import { parseHttpMessage } from './http-message.js';
import type { RawRecord } from './record-parser.js';
import type { WarcRecord, WarcSkip } from './warc.js';

const LISTED = ['response', 'revisit', 'resource'] as const;
const META_WINDOW = 2048;

/** The record as a reader of news wants it; `undefined` for the kinds that hold no page (warcinfo, request, metadata). */
export function toWarcRecord(raw: RawRecord, resumeAt: number): WarcRecord | undefined {
  const type = LISTED.find((name) => name === raw.fields['warc-type']?.toLowerCase());
  if (type === undefined) return undefined;
  const storedType = raw.fields['content-type'] ?? null;
  const http = /^application\/http\b/i.test(storedType ?? '') ? parseHttpMessage(raw.block) : undefined;
  const contentType = http ? (http.headers['content-type'] ?? null) : storedType;
  const body = http ? http.body : raw.block;
  const status = http ? http.status : null;
  const skipped = skipOf(type, status, contentType, raw.tooLarge);
  const charset = isWebPage(contentType) ? encodingOf(body, contentType) : undefined;
  return {
    type,
    url: (raw.fields['warc-target-uri'] ?? '').replace(/^<|>$/g, ''),
    date: parseDate(raw.fields['warc-date']),
    status,
    headers: http?.headers ?? {},
    contentType,
    ...(charset && { charset }),
    body,
    ...(skipped && { skipped }),
    resumeAt,
  };
}

function skipOf(
  type: WarcRecord['type'],
  status: number | null,
  contentType: string | null,
  tooLarge: boolean,
): WarcSkip | undefined {
  if (type === 'revisit') return 'revisit';
  if (status !== null && (status < 200 || status > 299)) return 'status';
  if (!isWebPage(contentType)) return 'content-type';
  return tooLarge ? 'too-large' : undefined;
}

function isWebPage(contentType: string | null): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:[;,]|$)/i.test(contentType ?? '');
}

/** The encoding a browser would take from mark, header or meta element; `undefined` where none says. */
function encodingOf(body: Uint8Array, contentType: string | null): string | undefined {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  const label = charsetOf(contentType ?? undefined) ?? metaCharset(body);
  try {
    return label && new TextDecoder(label).encoding;
  } catch {
    return undefined; // a label nobody knows
  }
}

function metaCharset(body: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(body.subarray(0, META_WINDOW));
  return head.match(/<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)/i)?.[1];
}
