import { describe, expect, it } from '@jest/globals';
import { textRank } from './textrank.mjs';
import { yake } from './yake.mjs';

const TEXT = `The harbour board of Seestadt keeps the copper bridge. The old copper bridge has cracks, said Imke Farrow.
Farrow measured the copper bridge twice, and the harbour board of Seestadt pays for new rivets. Nobody else pays.`;

describe.each([
  ['TextRank', textRank],
  ['YAKE', yake],
])('%s', (_name, find) => {
  it('puts what a text speaks of most before the rest, in lower case and without function words at the ends', () => {
    const phrases = find(TEXT, 'en');

    expect(phrases.slice(0, 5).join(' | ')).toMatch(/harbour board/);
    expect(phrases).not.toContain('the harbour board');
    expect(new Set(phrases).size).toBe(phrases.length);
  });

  it('finds none where there are no words', () => {
    expect(find('…', 'en')).toEqual([]);
  });
});
