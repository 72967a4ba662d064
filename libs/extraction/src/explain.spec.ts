import { describe, expect, it } from '@jest/globals';
import { LAYOUTS } from '../fixtures/layouts.js';
import { STORIES, type Story } from '../fixtures/stories.js';
import { explainArticle } from './explain.js';

const [story] = STORIES as [Story, ...Story[]];

describe.each(LAYOUTS)('explaining "$name"', (layout) => {
  it('keeps the paragraphs and names the fate of all else', () => {
    const blocks = explainArticle({
      bytes: new TextEncoder().encode(layout.render(story)),
      contentType: layout.contentType,
    });

    const kept = blocks.filter((block) => block.kept && block.role !== 'caption').map(({ text }) => text);
    expect(kept.filter((text) => text !== story.title)).toEqual(story.paragraphs);
    for (const block of blocks) {
      expect(block.verdict === 'article').toBe(block.kept);
      expect(block.verdict === 'taken-out').toBe(block.takenOutBecause !== undefined);
      expect(block.reasons.every(({ about, effect }) => about !== '' && Math.abs(effect) >= 0.1)).toBe(true);
    }
  });
});

it('tells what speaks for a paragraph and against a menu', () => {
  const [layout] = LAYOUTS;
  const blocks = explainArticle({ bytes: new TextEncoder().encode(layout!.render(story)), contentType: 'text/html' });
  const effects = (verdict: string): number[] =>
    blocks.filter((block) => block.verdict === verdict).map(({ reasons }) => reasons[0]?.effect ?? 0);
  expect(Math.max(...effects('article'))).toBeGreaterThan(0);
  expect(Math.min(...effects('clutter'))).toBeLessThan(0);
});
