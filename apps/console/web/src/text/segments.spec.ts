import { describe, expect, it } from '@jest/globals';
import { segmentsOf, windowAround } from './segments.js';

const TEXT = 'The ferry returned to Saltmouth';

function marked(spans: { start: number; end: number }[]): string[] {
  return segmentsOf(TEXT, spans)
    .filter(({ isMarked }) => isMarked)
    .map(({ text }) => text);
}

describe('segmentsOf', () => {
  it('marks what a span covers', () => {
    expect(segmentsOf(TEXT, [{ start: 4, end: 9 }])).toEqual([
      { text: 'The ', start: 0, isMarked: false },
      { text: 'ferry', start: 4, isMarked: true },
      { text: ' returned to Saltmouth', start: 9, isMarked: false },
    ]);
  });

  it('counts UTF-16 units, as provenance does', () => {
    const text = '🌊 tide';
    expect(segmentsOf(text, [{ start: 3, end: 7 }]).find(({ isMarked }) => isMarked)?.text).toBe('tide');
  });

  it('takes spans in any order, and makes one of those that touch', () => {
    expect(
      marked([
        { start: 22, end: 31 },
        { start: 4, end: 9 },
        { start: 9, end: 12 },
        { start: 5, end: 7 },
      ]),
    ).toEqual(['ferry re', 'Saltmouth']);
  });

  it('keeps to the text where spans do not', () => {
    expect(
      marked([
        { start: -5, end: 3 },
        { start: 22, end: 900 },
        { start: 12, end: 12 },
        { start: 9, end: 4 },
      ]),
    ).toEqual(['The', 'Saltmouth']);
  });

  it.each([
    [[]],
    [[{ start: 0, end: 31 }]],
    [
      [
        { start: 2, end: 4 },
        { start: 3, end: 20 },
      ],
    ],
    [[{ start: 40, end: 50 }]],
  ])('gives the text back whole for %j', (spans) => {
    expect(
      segmentsOf(TEXT, spans)
        .map(({ text }) => text)
        .join(''),
    ).toBe(TEXT);
  });
});

describe('windowAround', () => {
  it('reaches to both sides of the first span', () => {
    expect(
      windowAround(
        TEXT,
        [
          { start: 22, end: 31 },
          { start: 10, end: 12 },
        ],
        3,
      ),
    ).toEqual({ start: 7, end: 15 });
  });

  it('begins at the beginning where nothing is marked', () => {
    expect(windowAround(TEXT, [], 5)).toEqual({ start: 0, end: 10 });
  });
});
