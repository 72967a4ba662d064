import {
  type ContentKind,
  type ContentSubmittedData,
  ContractViolation,
  type TopicPlace,
  contentIdOf,
  continueTrace,
  fingerprintOf,
} from '@wireroom/contracts';
import { PermanentError } from '@wireroom/pipeline';
import { hash } from 'node:crypto';

/** A validated piece of content on its way to the store, whichever door it came through. */
export interface Submission {
  contentId: string;
  source: string;
  externalId?: string;
  url?: string;
  kind: ContentKind;
  contentType?: string;
  publishedAt?: string;
  metadata?: Record<string, string>;
  original: Buffer;
  fingerprint: string;
  discoveredAt?: Date;
  receivedAt: Date;
  traceparent: string;
  /** Names the submission where its sender can name it: an Idempotency-Key or a place on the topic. */
  origin?: string;
  heard?: TopicPlace;
}

/** How a submission came in. */
export interface Arrival {
  /** When a source first showed it, where that was before it was handed in: its page had to be fetched yet. */
  discoveredAt?: Date;
  receivedAt: Date;
  traceparent?: string;
  origin?: string;
  heard?: TopicPlace;
}

/**
 * Makes a submission of what a door was given.
 *
 * @throws ContractViolation for a body that is not what it says.
 * @throws PermanentError `too-large` when the original is larger than `maxBytes`.
 */
export function toSubmission(data: ContentSubmittedData, arrival: Arrival, maxBytes: number): Submission {
  const original = originalOf(data);
  if (original.length > maxBytes) {
    throw new PermanentError('too-large', `the original has ${original.length} bytes, this door takes ${maxBytes}`);
  }
  const kind = data.kind ?? 'original';
  const contentType =
    data.body === undefined || data.contentType === undefined ? data.contentType : asUtf8(data.contentType);
  return {
    contentId: contentIdOf(data),
    source: data.source,
    externalId: data.externalId,
    url: data.url,
    kind,
    contentType,
    publishedAt: data.publishedAt,
    metadata: data.metadata,
    original,
    fingerprint: fingerprintOf({ kind, contentType: contentType ?? '', publishedAt: data.publishedAt, body: original }),
    discoveredAt: arrival.discoveredAt,
    receivedAt: arrival.receivedAt,
    traceparent: continueTrace(arrival.traceparent),
    origin: arrival.origin,
    heard: arrival.heard,
  };
}

/** What a submission asks for, as one hash; two under the same origin must have the same. */
export function requestHashOf(submission: Pick<Submission, 'contentId' | 'fingerprint'>): string {
  return hash('sha256', `${submission.contentId}\n${submission.fingerprint}`, 'hex');
}

function originalOf(data: ContentSubmittedData): Buffer {
  if (data.body !== undefined) {
    if (!data.body.isWellFormed()) throw new ContractViolation([{ field: 'body', reason: 'holds a lone surrogate' }]);
    return Buffer.from(data.body, 'utf8');
  }
  return data.bodyBase64 === undefined ? Buffer.alloc(0) : Buffer.from(data.bodyBase64, 'base64');
}

/** A text body is stored as UTF-8, whatever charset its producer's label names. */
function asUtf8(contentType: string): string {
  return `${contentType.replace(/\s*;\s*charset\s*=\s*("[^"]*"|[^;]*)/gi, '').trim()}; charset=utf-8`;
}

const READABLE = /^(text\/[\w.+-]+|application\/(xhtml\+xml|xml|json|[\w.-]+\+(xml|json)))\s*(;|$)/i;

/** Whether an original of this media type can hold an article at all. A retraction has none. */
export function acceptsMediaType(contentType: string | undefined): boolean {
  return contentType === undefined || READABLE.test(contentType);
}
