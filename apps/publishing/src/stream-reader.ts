import type { ArticleView, StreamReaderState, StreamReaderView } from '@wireroom/contracts';
import type { Response } from 'express';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { StreamPosition } from './stream-position.js';

const KEEP_ALIVE_MS = 15_000;
/** How much may wait for a reader, bytes; then it is cut off and comes back with its Last-Event-ID. */
export const MAX_WAITING_BYTES = 8 * 1024 * 1024;
const MAX_AGENT_CHARS = 200;

/** One open stream. */
export class StreamReader {
  private readonly id = randomUUID();
  private readonly connectedAt = new Date();
  private readonly keepAlive: NodeJS.Timeout;
  private sent = 0;
  private lastSentAt: Date | undefined;
  private isCaughtUp = false;
  private isCutOff = false;

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

  /** Whether it was ended because it took less than it was sent. */
  get wasCutOff(): boolean {
    return this.isCutOff;
  }

  view(): StreamReaderView {
    const { remoteAddress } = this.response.req.socket;
    return {
      id: this.id,
      address: remoteAddress ?? '',
      agent: this.response.req.headers['user-agent']?.slice(0, MAX_AGENT_CHARS),
      connectedAt: this.connectedAt.toISOString(),
      state: this.state,
      sent: this.sent,
      lastSentAt: this.lastSentAt?.toISOString(),
      waitingBytes: this.response.writableLength,
    };
  }

  /** From here on it is sent releases as they happen. */
  caughtUp(): void {
    this.isCaughtUp = true;
  }

  /** Sends what is still ahead of this reader; resolves when the connection can take more. */
  async send(partition: number, offset: number, view: ArticleView): Promise<void> {
    if (this.isGone || !this.position.isAhead(partition, offset)) return;
    this.position = this.position.after(partition, offset);
    this.sent++;
    this.lastSentAt = new Date();
    const event = `id: ${this.position.toString()}\nevent: ${eventOf(view)}\ndata: ${JSON.stringify(view)}\n\n`;
    if (this.response.write(event)) return;
    if (this.response.writableLength > MAX_WAITING_BYTES) {
      this.isCutOff = true;
      this.response.destroy();
      return;
    }
    await Promise.race([once(this.response, 'drain'), once(this.response, 'close')]);
  }

  end(): void {
    clearInterval(this.keepAlive);
    this.response.end();
  }

  private get state(): StreamReaderState {
    if (!this.isCaughtUp) return 'catching-up';
    return this.response.writableNeedDrain ? 'slow' : 'live';
  }
}

function eventOf(view: ArticleView): string {
  if (view.status === 'retracted') return 'retracted';
  return view.kind === 'correction' ? 'corrected' : 'published';
}
