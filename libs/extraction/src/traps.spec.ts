import { describe, expect, it } from '@jest/globals';
import { CONSENT_WALLS, TRAPS } from '../fixtures/traps.js';
import { extractArticle } from './extract-article.js';

describe('a page with', () => {
  it.each(TRAPS)('$name', ({ html, contentType = 'text/html; charset=utf-8', ...expected }) => {
    const extraction = extractArticle({ bytes: new TextEncoder().encode(html), contentType });
    if (extraction.kind !== 'article') throw new Error(`taken for ${extraction.pageKind}`);
    const { article } = extraction;

    expect(article.paragraphs.map(({ text }) => text)).toEqual(expected.paragraphs);
    expect(article.title).toBe(expected.title);
    expect(article.authors.map(({ name }) => name)).toEqual(expected.authors);
    expect(article.publishedAt?.slice(0, 10)).toBe(expected.day);
    expect(article.completeness).toBe(expected.completeness ?? 'full');
  });

  it.each(CONSENT_WALLS)('a consent wall in $lang is no article', ({ html }) => {
    const extraction = extractArticle({
      bytes: new TextEncoder().encode(html),
      contentType: 'text/html; charset=utf-8',
    });
    expect(extraction).toMatchObject({ kind: 'not-article', pageKind: 'consent' });
  });
});
