import { CliError, EXIT } from '../exit-codes.js';

/** Reads a stream to its end. @throws CliError when it holds more than `maxBytes`; `name` says what it is. */
export async function readBounded(chunks: AsyncIterable<Uint8Array>, maxBytes: number, name: string): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > maxBytes) throw new CliError(EXIT.failed, `${name} is larger than ${maxBytes} bytes`);
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}
