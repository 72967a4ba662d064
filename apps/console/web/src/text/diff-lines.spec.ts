import { describe, expect, it } from '@jest/globals';
import { type DiffLine, compareLines, folded } from './diff-lines.js';

function told(lines: DiffLine[] | undefined): string[] {
  return (lines ?? []).map(({ kind, before, after, pieces }) => {
    const text = pieces.map((piece) => (piece.isChanged ? `[${piece.text}]` : piece.text)).join('');
    return `${kind} ${before ?? '-'} ${after ?? '-'} ${text}`;
  });
}

describe('compareLines', () => {
  it('numbers the lines on both sides', () => {
    expect(told(compareLines('one\ntwo\nthree\n', 'one\nthree\nfour\n'))).toEqual([
      'same 1 1 one',
      'removed 2 - two',
      'same 3 2 three',
      'added - 3 four',
    ]);
  });

  it('finds the words that make a line another', () => {
    expect(told(compareLines('the ferry left\n', 'the boat left\n'))).toEqual([
      'removed 1 - the [ferry] left',
      'added - 1 the [boat] left',
    ]);
  });

  it('keeps lines whole where one became several', () => {
    expect(told(compareLines('one\n', 'two\nthree\n'))).toEqual([
      'removed 1 - one',
      'added - 1 two',
      'added - 2 three',
    ]);
  });

  it('gives up on texts that have nothing in common, instead of holding up the page', () => {
    const lines = (word: string): string => Array.from({ length: 5000 }, (_, index) => `${word} ${index}`).join('\n');
    expect(compareLines(lines('a'), lines('b'))).toBeUndefined();
  });
});

describe('folded', () => {
  it('leaves out what is far from every change', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n');
    const lines = compareLines(before, before.replace('line 10', 'other'))!;
    const result = folded(lines, 2);
    expect(result[0]).toEqual({ kind: 'fold', lines: 8 });
    expect(result.at(-1)).toEqual({ kind: 'fold', lines: 7 });
    expect(result).toHaveLength(8);
  });
});
