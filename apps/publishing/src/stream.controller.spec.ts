import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import { EventEmitter, once } from 'node:events';
import { ChannelVisits } from './channel-visits.js';
import type { PlacedRelease, ReleaseHub } from './release-hub.js';
import { StreamPosition } from './stream-position.js';
import { StreamReaders } from './stream-readers.js';
import { StreamController } from './stream.controller.js';

/** A connection that can take nothing more after each event, until it is told to go on. */
class SlowConnection extends EventEmitter {
  readonly req = { socket: {}, headers: {} };
  readonly writableLength = 0;
  destroyed = false;
  readonly events: string[] = [];

  writeHead(): void {
    return undefined;
  }

  write(text: string): boolean {
    if (!text.includes('event: published')) return true;
    this.events.push(/^id: (.*)$/m.exec(text)![1]!);
    this.emit('written');
    return false;
  }

  end(): void {
    this.destroyed = true;
  }
}

const releaseAt = (offset: number): PlacedRelease =>
  ({ partition: 0, offset, data: { contentId: `item-${offset}`, status: 'published', kind: 'original' } }) as never;

describe('a reader of the stream that comes back', () => {
  it('gets what is released while it is sent what it missed, each once and in order', async () => {
    let tell: (release: PlacedRelease) => void = () => undefined;
    const hub = {
      now: () => StreamPosition.of([2]),
      since: () => ({ releases: [releaseAt(0), releaseAt(1)], keptFrom: StreamPosition.of([0]) }),
      subscribe: (listener: typeof tell) => {
        tell = listener;
        return () => undefined;
      },
    } as unknown as ReleaseHub;
    const past = { between: () => [] } as never;
    const readers = new StreamReaders();
    const stream = new StreamController(hub, past, readers, new ChannelVisits(), { STREAM_MAX_READERS: 1 } as never);
    const connection = new SlowConnection();

    const first = once(connection, 'written');
    const caughtUp = stream.stream(new EventEmitter() as Request, connection as unknown as Response, '0');
    await first;
    tell(releaseAt(2));
    for (let sent = 1; sent < 3; sent++) {
      const next = once(connection, 'written');
      connection.emit('drain');
      await next;
    }
    connection.emit('drain');
    await caughtUp;
    tell(releaseAt(3));

    expect(connection.events).toEqual(['1', '2', '3', '4']);
    readers.onModuleDestroy();
  });
});
