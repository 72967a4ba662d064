import { describe, expect, it } from '@jest/globals';
import { type Block, inOriginal } from './in-original.js';

const REFERENCES: Record<string, string> = { '&eacute;': 'é', '&amp;': '&', '&nbsp;': '\u00a0', '&#8217;': '’' };
const decode = (reference: string): string => REFERENCES[reference] ?? reference;

/** Where `words` of the body are found, as the characters that stand there. */
function found(words: string, blocks: Block[], original: string): { texts: string[]; isExact: boolean } {
  const start = blocks
    .map(({ text }) => text)
    .join('\n\n')
    .indexOf(words);
  const { spans, isExact } = inOriginal([{ start, end: start + words.length }], blocks, original, decode);
  return { texts: spans.map((span) => original.slice(span.start, span.end)), isExact };
}

function blockOf(text: string, original: string, markup: string): Block {
  const start = original.indexOf(markup);
  return { text, span: { start, end: start + markup.length } };
}

describe('inOriginal', () => {
  it('finds words past tags, white space and what no reader sees', () => {
    const markup = '<p>The  ferry\n<a href="/a>b">Aldous <b>Gray</b></a><!-- Gray --> is\u00ad back.</p>';
    const original = `<h1>Aldous Gray</h1>${markup}`;
    const blocks = [blockOf('The ferry Aldous Gray is back.', original, markup)];
    expect(found('Gray', blocks, original)).toEqual({ texts: ['Gray'], isExact: true });
    expect(found('back.', blocks, original)).toEqual({ texts: ['back.'], isExact: true });
  });

  it('takes what lies between the first and the last word with them', () => {
    const original = '<p>Harbour <i>master</i> Ada Quill</p>';
    expect(found('master Ada', [blockOf('Harbour master Ada Quill', original, original)], original).texts).toEqual([
      'master</i> Ada',
    ]);
  });

  it('reads character references, and marks that were written apart from their letter', () => {
    const original = '<p>Caf&eacute;&nbsp;owners &amp; re\u0301gents of Saltmouth&#8217;s quay</p>';
    const blocks = [blockOf('Café owners & régents of Saltmouth’s quay', original, original)];
    expect(found('Café', blocks, original).texts).toEqual(['Caf&eacute;']);
    expect(found('régents', blocks, original).texts).toEqual(['re\u0301gents']);
    expect(found('Saltmouth’s', blocks, original).texts).toEqual(['Saltmouth&#8217;s']);
  });

  it('reads a body that structured data holds as JSON writes it', () => {
    const original = '{"articleBody":"She said \\"no\\" at Caf\\u00e9 Marl."}';
    const blocks = [blockOf('She said "no" at Café Marl.', original, 'She said \\"no\\" at Caf\\u00e9 Marl.')];
    expect(found('"no"', blocks, original).texts).toEqual(['\\"no\\"']);
    expect(found('Café Marl', blocks, original).texts).toEqual(['Caf\\u00e9 Marl']);
  });

  it('counts in the body of all paragraphs, and cuts what reaches over several', () => {
    const original = '<p>First of all.</p><p>Second of two.</p>';
    const blocks = [
      blockOf('First of all.', original, '<p>First of all.</p>'),
      blockOf('Second of two.', original, '<p>Second of two.</p>'),
    ];
    expect(found('Second', blocks, original).texts).toEqual(['Second']);
    expect(found('all.\n\nSecond', blocks, original).texts).toEqual(['all.', 'Second']);
  });

  it('gives the whole paragraph where the two can’t be laid side by side, and says so', () => {
    const original = '<p>Something else</p>';
    expect(found('ferry', [blockOf('The ferry is back', original, original)], original)).toEqual({
      texts: [original],
      isExact: false,
    });
  });

  it('finds nothing of a paragraph that stands nowhere in the original', () => {
    expect(found('ferry', [{ text: 'The ferry is back' }], '<p></p>')).toEqual({ texts: [], isExact: true });
  });
});
