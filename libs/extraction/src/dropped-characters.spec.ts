import { extractArticle } from './extract-article.js';

const SENTENCE =
  'The ferry from Saltmouth sails again on Monday after nine weeks in the dock, the harbour office said. ';

describe('characters that no reader sees', () => {
  it('are taken out of words and recorded where they stood', () => {
    const page = `<html><body><article><h1>Ferry sails again</h1><p>${SENTENCE.repeat(3)}</p><p>${SENTENCE}The fer&#8203;ry is blue.</p><p>${SENTENCE}\u202EThe crew is new.\u202C</p></article></body></html>`;
    const extraction = extractArticle({ bytes: Buffer.from(page), contentType: 'text/html' });
    if (extraction.kind !== 'article') throw new Error(extraction.kind);

    const texts = extraction.article.paragraphs.map(({ text }) => text);
    expect(texts.slice(1)).toEqual([`${SENTENCE}The ferry is blue.`, `${SENTENCE}The crew is new.`]);
    expect(extraction.dropped.map(({ kind, span }) => [kind, page.slice(span.start, span.end)])).toEqual([
      ['invisible-character', `${SENTENCE}The fer&#8203;ry is blue.`],
      ['bidi-control', `${SENTENCE}\u202EThe crew is new.\u202C`],
    ]);
  });
});
