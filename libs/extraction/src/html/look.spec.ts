import { extractArticle } from '../extract-article.js';

const SENTENCE =
  'The ferry from Saltmouth sails again on Monday after nine weeks in the dock, the harbour office said.';
const UNSEEN = 'These words stand on the page for machines alone, and no reader of it will see them.';

describe('text that is shown so that nobody sees it', () => {
  it.each([
    'color:#FFF; background-color: rgb(255, 255, 255)',
    'background:white;color:white',
    'color: rgba(0,0,0,0)',
    'font-size:1px',
    'font-size: 0',
    'opacity:0;transition:none',
    'position:absolute; left:-9999px',
    'text-indent:-999em',
  ])('is told: %s', (style) => {
    expect(hiddenIn(`<div style="${style}"><p>${UNSEEN}</p></div>`)).toEqual([UNSEEN]);
  });

  it.each([
    'color:#fff; background:#003366',
    'color: #ffffff',
    'font-size:0.8em',
    'font-size:12px; opacity:0.9',
    'position:relative; left:-2px',
    'opacity: 0.05',
  ])('is not seen in readable text: %s', (style) => {
    expect(hiddenIn(`<div style="${style}"><p>${UNSEEN}</p></div>`)).toEqual([]);
  });

  it('is not text whose own size undoes that of what is around it', () => {
    expect(hiddenIn(`<div style="font-size:0"><p style="font-size:16px">${UNSEEN}</p></div>`)).toEqual([]);
    expect(hiddenIn(`<p><span style="font-size:0">Aside. </span>${UNSEEN}</p>`)).toEqual([]);
  });

  it('is told within a line of text, where it goes into the article, from its first character to its last', () => {
    const passage = `<p>${SENTENCE} <span style="font-size:0">${UNSEEN} <b>Nobody</b></span> The <i>dock</i> is dry.</p>`;
    expect(passagesIn(passage)).toEqual([
      expect.objectContaining({ text: `${UNSEEN} Nobody`, isWithin: true, written: `${UNSEEN} <b>Nobody` }),
    ]);
  });

  it('is told within a line of text, where it is not displayed and stays out of the article', () => {
    const aside = `<span style="display:none"><script>let these = 'words that are not text of the page at all';</script>${UNSEEN}</span>`;
    const passages = passagesIn(`<p>${SENTENCE} ${aside} The dock is dry.</p>`);
    expect(passages).toEqual([expect.objectContaining({ text: UNSEEN, written: UNSEEN })]);
    expect(passages[0]).not.toHaveProperty('isWithin');
  });
});

function hiddenIn(passage: string): string[] {
  return passagesIn(passage).map(({ text }) => text);
}

/** The hidden passages, each with what its span covers. */
function passagesIn(passage: string) {
  const page = `<article><h1>Ferry sails again</h1><p>${SENTENCE} ${SENTENCE}</p>${passage}<p>${SENTENCE}</p></article>`;
  const source = `<html><body>${page}</body></html>`;
  const extraction = extractArticle({ bytes: Buffer.from(source), contentType: 'text/html' });
  if (extraction.kind !== 'article') throw new Error(extraction.kind);
  return (extraction.hidden ?? []).map((found) => ({
    ...found,
    written: source.slice(found.span.start, found.span.end),
  }));
}
