import { describe, expect, it } from '@jest/globals';
import { extractArticle } from '../extract-article.js';

const HEADLINE = 'Night ferry to Nordhaven stays in port until the spring';
const BODY = [
  'The night ferry to Nordhaven will stay in port until the spring, the harbour office of Seestadt said on Tuesday.',
  'Its engine was found to be worn, and a part for it has to be cast anew in the only foundry that still has the mould.',
  'Until then the ship of the day will sail an hour longer, and pupils from the islands may sleep at the school.',
];

function titleOf(...head: string[]): string | undefined {
  const bytes = new TextEncoder().encode([...head, ...BODY].join('\n\n'));
  const found = extractArticle({ bytes, contentType: 'text/plain; charset=utf-8' });
  return found.kind === 'article' ? found.article.title : undefined;
}

describe('the headline of a flattened page', () => {
  it('is not the menu glued together above it', () => {
    expect(titleOf('Seestadt CourierHomeIslandsTransportLetters', HEADLINE, 'By Mo Ohl')).toBe(HEADLINE);
  });

  it('is the line above byline and date, not a label below them', () => {
    expect(titleOf('Islands', HEADLINE, 'By Mo Ohl', '5 March 2030, 18:20', 'Seestadt and Nordhaven')).toBe(HEADLINE);
  });
});
