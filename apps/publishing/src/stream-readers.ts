import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { StreamReaderView } from '@wireroom/contracts';
import type { StreamReader } from './stream-reader.js';

/** Who reads the stream at this instance now. */
@Injectable()
export class StreamReaders implements OnModuleDestroy {
  private readonly readers = new Set<StreamReader>();
  private tooSlow = 0;

  get size(): number {
    return this.readers.size;
  }

  /** Readers that were cut off for being too slow. */
  get cutOff(): number {
    return this.tooSlow;
  }

  /** Longest connected first. */
  views(): StreamReaderView[] {
    return [...this.readers].map((reader) => reader.view());
  }

  add(reader: StreamReader): void {
    this.readers.add(reader);
  }

  /** Ends a reader's stream and forgets it. */
  remove(reader: StreamReader): void {
    if (!this.readers.delete(reader)) return;
    if (reader.wasCutOff) this.tooSlow++;
    reader.end();
  }

  /** Ends all streams, so that the server can stop; readers come back with their Last-Event-ID. */
  onModuleDestroy(): void {
    for (const reader of this.readers) reader.end();
  }
}
