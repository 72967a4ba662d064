import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';

const BEAT_MS = 15_000;
/** A page that is behind by more than this is let go; it comes back by itself and gets the present state. */
const MAX_BEHIND_BYTES = 1024 * 1024;

/** Everyone who watches the wire live, by server-sent events. What is said last under a name greets a newcomer. */
@Injectable()
export class LiveHub implements OnModuleDestroy {
  private readonly watchers = new Set<Response>();
  private readonly latest = new Map<string, string>();
  private readonly beat = setInterval(() => this.write(': beat\n\n'), BEAT_MS).unref();

  get isWatched(): boolean {
    return this.watchers.size > 0;
  }

  /** Says an event to all. `isState`: it stands for how things are, so who comes later is told too. */
  say(event: string, data: object, { isState = false } = {}): void {
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    if (isState) this.latest.set(event, text);
    this.write(text);
  }

  /** Keeps a response open until its reader leaves or `forMs` are over. */
  add(response: Response, forMs: number): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 2000\n\n');
    // Nobody has watched for a while otherwise, and the state may be an old one.
    if (this.isWatched) for (const text of this.latest.values()) response.write(text);
    this.watchers.add(response);
    const timer = setTimeout(() => response.end(), forMs);
    response.on('close', () => {
      clearTimeout(timer);
      this.watchers.delete(response);
    });
  }

  onModuleDestroy(): void {
    clearInterval(this.beat);
    for (const watcher of this.watchers) watcher.end();
  }

  private write(text: string): void {
    for (const watcher of this.watchers) {
      if (watcher.writableLength > MAX_BEHIND_BYTES) watcher.destroy();
      else watcher.write(text);
    }
  }
}
