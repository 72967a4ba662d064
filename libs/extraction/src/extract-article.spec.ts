import { describe, expect, it } from '@jest/globals';
import { extractArticle } from './extract-article.js';
import { ExtractionError } from './extraction-error.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('extractArticle', () => {
  it('refuses no bytes, pictures and foreign media types with stable codes', () => {
    const codeOf = (bytes: Uint8Array, contentType?: string): string | undefined => {
      try {
        extractArticle({ bytes, contentType });
        return undefined;
      } catch (error) {
        return error instanceof ExtractionError ? error.code : 'not an ExtractionError';
      }
    };
    expect(codeOf(new Uint8Array())).toBe('empty');
    expect(codeOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]))).toBe('undecodable');
    expect(codeOf(bytesOf('{}'), 'application/json')).toBe('unsupported-content-type');
    expect(codeOf(bytesOf('<div>'.repeat(100_000)), 'text/html')).toBe('too-deep');
  });
});
