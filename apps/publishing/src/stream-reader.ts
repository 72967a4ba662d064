import type { ArticleView } from '@wireroom/contracts';
import type { Response } from 'express';
import { once } from 'node:events';
import type { StreamPosition } from './stream-position.js';

const KEEP_ALIVE_MS = 15_000;
/** How far a reader may be behind, bytes; then it is cut off and comes back with its Last-Event-ID. */
const MAX_BEHIND_BYTES = 8 * 1024 * 1024;

/** One open stream. */
export class StreamReader {
  private readonly keepAlive: NodeJS.Timeout;

  constructor(
    private readonly response: Response,
    private position: StreamPosition,
  ) {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    // A reader that is cut off before the first release still knows where it was.
    response.write(`retry: 2000\nid: ${this.position.toString()}\nevent: open\ndata: {}\n\n`);
    this.keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
  }

  get isGone(): boolean {
    return this.response.writableEnded || this.response.destroyed;
  }

  /** Sends what is still ahead of this reader; resolves when the connection can take more. */
  async send(partition: number, offset: number, view: ArticleView): Promise<void> {
    if (this.isGone || !this.position.isAhead(partition, offset)) return;
    this.position = this.position.after(partition, offset);
    const event = `id: ${this.position.toString()}\nevent: ${eventOf(view)}\ndata: ${JSON.stringify(view)}\n\n`;
    if (this.response.write(event)) return;
    if (this.response.writableLength > MAX_BEHIND_BYTES) {
      this.response.destroy();
      return;
    }
    await Promise.race([once(this.response, 'drain'), once(this.response, 'close')]);
  }

  end(): void {
    clearInterval(this.keepAlive);
    this.response.end();
  }
}

function eventOf(view: ArticleView): string {
  if (view.status === 'retracted') return 'retracted';
  return view.kind === 'correction' ? 'corrected' : 'published';
}
