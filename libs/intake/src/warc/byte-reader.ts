/** Reads an async sequence of byte chunks at its own pace: look ahead, take, put back. */
export class ByteReader {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private buffered: Buffer = Buffer.alloc(0);
  private consumed: number;
  private over = false;

  /** @param start position of the first byte in the whole source */
  constructor(source: AsyncIterable<Uint8Array>, start = 0) {
    this.chunks = source[Symbol.asyncIterator]();
    this.consumed = start;
  }

  /** Position of the next byte. */
  get position(): number {
    return this.consumed;
  }

  /** At least `size` bytes without taking them; fewer only at the end of the source. */
  async peek(size: number): Promise<Buffer> {
    if (this.buffered.length >= size || this.over) return this.buffered;
    const parts = [this.buffered];
    let length = this.buffered.length;
    while (length < size) {
      const next = await this.chunks.next();
      if (next.done) {
        this.over = true;
        break;
      }
      parts.push(asBuffer(next.value));
      length += next.value.length;
    }
    this.buffered = parts.length === 1 ? this.buffered : Buffer.concat(parts);
    return this.buffered;
  }

  /** Everything at hand, at least one byte; `undefined` at the end of the source. */
  async take(): Promise<Buffer | undefined> {
    const bytes = await this.peek(1);
    if (bytes.length === 0) return undefined;
    this.skip(bytes.length);
    return bytes;
  }

  /** Drops bytes that were seen by `peek`. */
  skip(size: number): void {
    this.buffered = this.buffered.subarray(size);
    this.consumed += size;
  }

  /** Gives back bytes that were taken last. */
  putBack(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.buffered = this.buffered.length === 0 ? asBuffer(bytes) : Buffer.concat([bytes, this.buffered]);
    this.consumed -= bytes.length;
  }

  /** Lets go of the source. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
