import { describe, expect, it } from '@jest/globals';
import { LAYOUTS, type Layout } from '../fixtures/layouts.js';
import { STORIES, type Story } from '../fixtures/stories.js';
import { extractArticle, type Extraction } from './extract-article.js';
import { decodeOriginal } from './decode/decode-original.js';
import { cleanText } from './text.js';

const bytesOf = (layout: Layout, story: Story): Uint8Array => new TextEncoder().encode(layout.render(story));

function articleOf(layout: Layout, story: Story): Extract<Extraction, { kind: 'article' }> {
  const extraction = extractArticle({ bytes: bytesOf(layout, story), contentType: layout.contentType });
  if (extraction.kind !== 'article') throw new Error(`taken for ${extraction.pageKind}`);
  return extraction;
}

describe.each(LAYOUTS)('$name', (layout) => {
  it.each(STORIES)('gives the report in $language whole and nothing else', (story) => {
    const { article } = articleOf(layout, story);

    expect(article.paragraphs.filter(({ role }) => role !== 'caption').map(({ text }) => text)).toEqual(
      story.paragraphs,
    );
    expect(article.title).toBe(story.title);
    if (!layout.loses.includes('authors')) expect(article.authors.map(({ name }) => name)).toEqual([story.author]);
    if (!layout.loses.includes('published'))
      expect(article.publishedAt?.slice(0, 10)).toBe(story.published.slice(0, 10));
  });

  it.each(STORIES)('shows in $language where every value stands', (story) => {
    const bytes = bytesOf(layout, story);
    const { text } = decodeOriginal(bytes, layout.contentType);
    const { article, provenance } = articleOf(layout, story);

    const placeOf = (field: string): string => {
      const record = provenance.find((each) => each.field === field && each.chosen);
      return (record?.spans ?? []).map(({ start, end }) => plain(text.slice(start, end))).join(' ');
    };
    expect(placeOf('/article/title')).toContain(plain(story.title));
    article.paragraphs.forEach((paragraph, i) =>
      expect(placeOf(`/article/paragraphs/${i}`)).toBe(plain(paragraph.text)),
    );
    for (const { spans } of provenance)
      for (const { start, end } of spans) expect(start >= 0 && start <= end && end <= text.length).toBe(true);
  });
});

/** Source text as a reader sees it: no tags, no entities, no escapes. */
function plain(source: string): string {
  return cleanText(
    source
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&')
      .replaceAll('\\"', '"'),
  );
}
