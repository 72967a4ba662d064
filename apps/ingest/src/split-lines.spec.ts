import { describe, expect, it } from '@jest/globals';
import { splitLines } from './split-lines.js';

async function linesOf(chunks: Buffer[], maxBytes = 100): Promise<[number, string | undefined][]> {
  const lines: [number, string | undefined][] = [];
  for await (const { number, bytes } of splitLines(streamOf(chunks), maxBytes)) lines.push([number, bytes?.toString()]);
  return lines;
}

async function* streamOf(chunks: Buffer[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Promise.resolve(chunk);
}

describe('splitLines', () => {
  const text = Buffer.from('{"a":1}\n\n  \r\nfähre\r\nlast');
  const expected = [
    [1, '{"a":1}'],
    [4, 'fähre\r'],
    [5, 'last'],
  ];

  it('given chunks cut anywhere, then the lines are the same; blank ones are counted and left out', async () => {
    expect(await linesOf([text])).toEqual(expected);
    for (let cut = 0; cut <= text.length; cut++) {
      expect(await linesOf([text.subarray(0, cut), text.subarray(cut)])).toEqual(expected);
    }
    expect(await linesOf([...text].map((byte) => Buffer.from([byte])))).toEqual(expected);
  });

  it('given a line longer than allowed, then it has no bytes and its neighbours are whole', async () => {
    const chunks = ['ab\n', 'x'.repeat(60), 'x'.repeat(60), '\ncd'].map((chunk) => Buffer.from(chunk));
    expect(await linesOf(chunks)).toEqual([
      [1, 'ab'],
      [2, undefined],
      [3, 'cd'],
    ]);
  });

  it('given a line of exactly the allowed length, then it is whole', async () => {
    expect(await linesOf([Buffer.from('12345\n123456\n')], 5)).toEqual([
      [1, '12345'],
      [2, undefined],
    ]);
  });

  it('given nothing, then there are no lines', async () => {
    expect(await linesOf([])).toEqual([]);
  });
});
