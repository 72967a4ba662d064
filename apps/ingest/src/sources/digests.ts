import { createHash } from 'node:crypto';

/** SHA-256 (hex) of some values, told apart from each other and from what is absent. */
export function digestOf(values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/** Digest of an original's words: white space does not count. */
export function textDigestOf(texts: string[]): string {
  return digestOf(texts.map((text) => text.replace(/\s+/gu, ' ').trim()));
}

/** SHA-256 (hex) of bytes. */
export function bytesDigestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
