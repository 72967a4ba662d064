import type { SourceSpec } from '@wireroom/contracts';
import type { FetchAnswer, FetchRequest, StreamAnswer } from '@wireroom/fetching';
import type { SourceFetcher } from '../src/sources/source-fetcher.js';
import type { Finding, Reading } from '../src/sources/kinds/kind.js';
import { kindOf } from '../src/sources/kinds/kinds.js';

/** A document of the web as a test has it, or the failure that is met there. */
export type FakeDocument =
  | { body: string; type?: string; etag?: string; finalUrl?: string }
  | { status: number }
  | { refused: 'robots-disallowed' | 'host-busy' };

/** The outside world: addresses and what is there. Its requests can be looked at. */
export class FakeWeb {
  readonly requests: { url: string; request: FetchRequest }[] = [];

  constructor(readonly documents: Record<string, FakeDocument>) {}

  fetch = async (url: string, request: FetchRequest = {}): Promise<FetchAnswer> => {
    this.requests.push({ url, request });
    return answerOf(url, this.documents[url] ?? { status: 404 }, request);
  };

  /** Streams in pieces of 1,000 bytes, and knows ranges as RFC 9110 has them. */
  stream = async (url: string, request: FetchRequest = {}): Promise<StreamAnswer> => {
    this.requests.push({ url, request });
    const answer = answerOf(url, this.documents[url] ?? { status: 404 }, request);
    if (answer.outcome !== 'fetched') return answer;
    const { body, bytes: _bytes, wireBytes: _wireBytes, ...head } = answer;
    const { range, 'if-range': ifRange = answer.etag } = request.headers ?? {};
    const from = ifRange === answer.etag ? Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0) : 0;
    if (from === 0) return { ...head, outcome: 'streaming', body: piecesOf(body) };
    const headers = { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` };
    return { ...head, outcome: 'streaming', status: 206, headers, body: piecesOf(body.subarray(from)) };
  };
}

/** Reads a source once. What is marked goes into `marks`, as the store does with what was all taken. */
export async function readOnce(
  spec: Omit<SourceSpec, 'name'>,
  web: SourceFetcher,
  marks = new Map<string, string>(),
  now = new Date('2026-03-02T12:00:00Z'),
): Promise<Finding[]> {
  const reading: Reading = {
    spec: { name: 'harbour', ...spec },
    address: spec.address,
    fetcher: web,
    signal: new AbortController().signal,
    now,
    recall: async (keys) => new Map(keys.flatMap((key) => (marks.has(key) ? [[key, marks.get(key)!] as const] : []))),
  };
  const findings: Finding[] = [];
  for await (const finding of kindOf(spec.kind).read(reading)) {
    findings.push(finding);
    if (finding.type === 'mark') finding.marks.forEach((value, key) => marks.set(key, value));
    if (finding.type === 'done') await finding.run();
  }
  return findings;
}

async function* piecesOf(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += 1000) yield body.subarray(at, at + 1000);
}

/** The items among findings. */
export function itemsOf(findings: Finding[]): Extract<Finding, { type: 'item' }>['item'][] {
  return findings.flatMap((finding) => (finding.type === 'item' ? [finding.item] : []));
}

function answerOf(url: string, document: FakeDocument, request: FetchRequest): FetchAnswer {
  const journey = { finalUrl: url, redirects: [], tookMs: 5 };
  if ('refused' in document) return { outcome: 'refused', code: document.refused, reason: 'not now', tookMs: 0 };
  if ('status' in document) {
    const reason = `the host answers ${document.status}`;
    return { ...journey, outcome: 'failed', code: 'http-status', reason, status: document.status };
  }
  const { type: contentType = 'text/html; charset=utf-8', etag, finalUrl = url } = document;
  const standing = { ...journey, finalUrl, headers: {}, optOut: [], etag };
  if (etag !== undefined && request.etag === etag) return { ...standing, outcome: 'not-modified', status: 304 };
  const body = Buffer.from(document.body);
  return {
    ...standing,
    outcome: 'fetched',
    status: 200,
    body,
    contentType,
    bytes: body.length,
    wireBytes: body.length,
  };
}
