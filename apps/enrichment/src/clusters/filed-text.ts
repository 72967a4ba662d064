import { type ComparableText, type TextSignature, bandKeysOf } from '@wireroom/enrichment';
import { Binary } from 'mongodb';
import { createHash } from 'node:crypto';
import type { ClusterText } from './cluster-text.schema.js';

/** A text whose cluster is asked for. */
export interface TextToFile {
  contentId: string;
  revision: number;
  source: string;
  receivedAt: string;
  signature: TextSignature;
}

/** A text as it is filed, in the words of `@wireroom/enrichment`. */
export interface FiledText extends ComparableText, TextToFile {
  contentId: string;
  source: string;
  filedAt: number;
  /** What it is found by. */
  keys: number[];
  into?: string;
}

/** The id a text is filed under. */
export function textIdOf({ contentId, revision }: Pick<TextToFile, 'contentId' | 'revision'>): string {
  return `${contentId}/${revision}`;
}

/** The document of a text that is filed for the first time. */
export function documentOf(text: TextToFile, filedAt: number): ClusterText {
  const { contentId, revision, source, receivedAt, signature } = text;
  const { hashes, places, figures, shingles, digest } = signature;
  return {
    _id: textIdOf(text),
    contentId,
    revision,
    source,
    receivedAt,
    filedAt,
    hashes: packed(hashes, 4),
    places: places && packed(places, 1),
    figures: figures && packed(figures, 2),
    shingles,
    digest,
    keys: lookupKeysOf(text),
  };
}

export function filedTextOf(document: ClusterText): FiledText {
  const { _id, contentId, revision, source, receivedAt, filedAt, shingles, digest, keys, into } = document;
  const hashes = unpacked(document.hashes, 4);
  const places = document.places && unpacked(document.places, 1);
  const figures = document.figures && unpacked(document.figures, 2);
  const signature = { hashes, places, figures, shingles, digest };
  return { id: _id, contentId, revision, source, receivedAt, filedAt, signature, keys, into };
}

/** What a text is found by: its words, and its item, so that a revision finds the others in whatever words it is. */
export function lookupKeysOf({ contentId, signature }: Pick<TextToFile, 'contentId' | 'signature'>): number[] {
  return [...keysOf(signature), keyOfDigest(createHash('sha256').update(contentId).digest('hex'))];
}

/**
 * What texts like this one are looked for by: its bands, and its words as a whole, so that the same words meet even
 * where all their bands are crowded. Whole numbers of 52 bits; none for a text without words.
 */
export function keysOf(signature: TextSignature): number[] {
  const bands = bandKeysOf(signature);
  return bands.length === 0 ? [] : [...bands, keyOfDigest(signature.digest)];
}

/** The first 52 bits of a digest in hex. */
function keyOfDigest(digest: string): number {
  return Number.parseInt(digest.slice(0, 13), 16);
}

/** Unsigned numbers of so many bytes each, the lowest byte first. */
function packed(numbers: number[], bytes: number): Binary {
  const buffer = Buffer.alloc(numbers.length * bytes);
  numbers.forEach((number, at) => buffer.writeUIntLE(number, at * bytes, bytes));
  return new Binary(buffer);
}

function unpacked(binary: Binary, bytes: number): number[] {
  const buffer = Buffer.from(binary.buffer);
  return Array.from({ length: buffer.length / bytes }, (_, at) => buffer.readUIntLE(at * bytes, bytes));
}
