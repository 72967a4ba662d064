import { readLines } from './read-lines.js';

async function linesOf(chunks: string[], maxBytes = 1000): Promise<string[]> {
  const lines: string[] = [];
  const stream = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk);
  })();
  for await (const { bytes, whole } of readLines(stream, maxBytes))
    lines.push(`${bytes.toString()}${whole ? '' : '…'}`);
  return lines;
}

describe('readLines', () => {
  it('gives the same lines however the bytes are cut', async () => {
    const text = 'one\ntwo\nthrée';
    const bytes = [...Buffer.from(text)].map((byte) => Uint8Array.of(byte));
    const single: string[] = [];
    const stream = (async function* () {
      yield* bytes;
    })();
    for await (const line of readLines(stream, 100)) single.push(line.bytes.toString());
    expect(single).toEqual(['one', 'two', 'thrée']);
    expect(await linesOf([text])).toEqual(single);
  });

  it('passes over blank lines and needs no last line break', async () => {
    expect(await linesOf(['\n', 'one\n\r\n \t\n', 'two'])).toEqual(['one', 'two']);
    expect(await linesOf([])).toEqual([]);
  });

  it('cuts a line that is too long and goes on with the next', async () => {
    expect(await linesOf(['123', '45', '678\nab\n'], 4)).toEqual(['1234…', 'ab']);
  });
});
