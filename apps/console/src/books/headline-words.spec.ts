import { describe, expect, it } from '@jest/globals';
import { headlineWords } from './headline-words.js';

describe('words of a headline', () => {
  it('are folded and each there once', () => {
    expect(headlineWords('Häfen: the Ferry, the FERRY returns — at 7.30!')).toEqual([
      'hafen',
      'the',
      'ferry',
      'returns',
      'at',
      '7.30',
    ]);
  });

  it('are told apart where a script has no spaces', () => {
    expect(headlineWords('青嵐港に新しい灯台').length).toBeGreaterThan(2);
  });

  it('are the same however accents are written', () => {
    expect(headlineWords('Cafe\u0301 ﬁre')).toEqual(headlineWords('Café fire'));
  });

  it('of a hostile headline are bounded', () => {
    expect(headlineWords('x'.repeat(10_000))).toEqual(['x'.repeat(40)]);
    expect(headlineWords(Array.from({ length: 500 }, (_, index) => `w${index}`).join(' '))).toHaveLength(40);
    expect(headlineWords('\u202e\u0000 <script>')).toEqual(['script']);
  });
});
