const NEWLINE = 0x0a;

/** One line of bytes, without its line break; `whole` is false for one that was too long and lost its end. */
export interface InputLine {
  bytes: Buffer;
  whole: boolean;
}

/**
 * Cuts a stream of bytes into lines, whatever the sizes of its chunks. Blank lines are passed over, as NDJSON
 * allows. A line longer than `maxBytes` is cut there and its rest is thrown away, so that memory stays bounded.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<InputLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let whole = true;

  const add = (part: Buffer): void => {
    const kept = part.subarray(0, maxBytes - length);
    if (kept.length < part.length) whole = false;
    if (kept.length === 0) return;
    parts.push(kept);
    length += kept.length;
  };
  const finish = (): InputLine => {
    const line = { bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts), whole };
    parts = [];
    length = 0;
    whole = true;
    return line;
  };

  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      add(bytes.subarray(start, end));
      start = end + 1;
      const line = finish();
      if (!isBlank(line.bytes)) yield line;
    }
    add(bytes.subarray(start));
  }
  const last = finish();
  if (!isBlank(last.bytes)) yield last;
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
