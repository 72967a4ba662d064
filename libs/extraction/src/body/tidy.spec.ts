import { describe, expect, it } from '@jest/globals';
import { guessTitle } from '../fields/title.js';
import { readPage } from '../page.js';
import { tidyBody } from './tidy.js';

const POST =
  'The ferry between Tessing and the island of Marn runs again since Monday. The company replaced both engines in the ' +
  'winter, at a cost that it does not name, and wants to cross eight times a day until the end of the summer.';
const REPLY = 'I took it this morning with my bicycle, and nobody asked me for a ticket on the way back.';

/** What the clean-up leaves when the classifier takes every block of a page, and why the others went. */
function tidied(body: string): { kept: string[]; reasons: string[] } {
  const page = readPage(`<title>The ferry runs again</title><body>${body}`, undefined);
  const chosen = page.blocks.map((block) => ({ block, probability: 0.9 }));
  const { kept, takenOut } = tidyBody(page, chosen, guessTitle(page, undefined));
  return { kept: kept.map(({ block }) => block.text), reasons: [...takenOut.values()] };
}

describe('comments of readers', () => {
  const head = '<h1>The ferry runs again</h1>';

  it.each([
    ['a class', `<div class="comments open"><div><p>${REPLY}</p></div></div>`],
    ['an id', `<section id="disqus_thread"><p>${REPLY}</p></section>`],
    ['a class of each comment', `<ul><li class="comment-item odd"><p>${REPLY}</p></li></ul>`],
    ['microdata', `<div itemscope itemtype="https://schema.org/Comment"><p>${REPLY}</p></div>`],
  ])('are no part of the article where %s says so', (_sign, comments) => {
    const { kept, reasons } = tidied(`<article>${head}<p>${POST}</p>${comments}</article>`);

    expect(kept).toEqual([POST]);
    expect(reasons).toContain('is a comment of a reader');
  });

  it('stay where the page has hardly any other text', () => {
    expect(tidied(`${head}<p>Has anybody been on it?</p><div class="comment"><p>${REPLY}</p></div>`).kept).toEqual([
      'Has anybody been on it?',
      REPLY,
    ]);
  });

  it('are not what stands under the headline of a section that is called comment', () => {
    expect(tidied(`<p>${POST}</p><div class="comment">${head}<p>${REPLY}</p></div>`).kept).toEqual([POST, REPLY]);
  });

  it('are not commentaries', () => {
    expect(tidied(`${head}<p>${POST}</p><div class="commentary"><p>${REPLY}</p></div>`).kept).toEqual([POST, REPLY]);
  });
});
