/** One line of a stream, without its line break; `bytes` is absent when it was longer than allowed. */
export interface Line {
  /** 1-based. */
  number: number;
  bytes?: Buffer;
}

const NEWLINE = 0x0a;

/** Splits a stream of bytes into lines in memory of one line; blank lines are counted and left out. */
export async function* splitLines(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 0;

  const take = (part: Buffer): void => {
    length += part.length;
    if (length <= maxBytes) parts.push(part);
    else parts = [];
  };
  const finish = (): Line => {
    const bytes = length <= maxBytes ? Buffer.concat(parts) : undefined;
    parts = [];
    length = 0;
    return { number: ++number, bytes };
  };

  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, end));
      const line = finish();
      if (!isBlank(line)) yield line;
      start = end + 1;
    }
    if (start < chunk.length) take(chunk.subarray(start));
  }
  if (length > 0) {
    const line = finish();
    if (!isBlank(line)) yield line;
  }
}

function isBlank(line: Line): boolean {
  return line.bytes !== undefined && line.bytes.toString('latin1').trim() === '';
}
