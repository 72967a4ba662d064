import { Controller, Get, Headers, type OnModuleDestroy, Req, Res } from '@nestjs/common';
import { type ArticleView, type ContentPublishedData, PUBLISHING_ROUTES } from '@wireroom/contracts';
import { HttpFailure } from '@wireroom/pipeline';
import type { Request, Response } from 'express';
import { PastReleases } from './past-releases.js';
import { PublishingEnv } from './publishing.env.js';
import { type PlacedRelease, ReleaseHub } from './release-hub.js';
import { StreamPosition } from './stream-position.js';
import { StreamReader } from './stream-reader.js';

/**
 * Releases as they happen, by server-sent events (WHATWG HTML, section 9.2). A reader that comes back with
 * its Last-Event-ID gets everything it missed, each revision once and each item's in order.
 */
@Controller()
export class StreamController implements OnModuleDestroy {
  private readonly readers = new Set<StreamReader>();

  constructor(
    private readonly hub: ReleaseHub,
    private readonly past: PastReleases,
    private readonly env: PublishingEnv,
  ) {}

  @Get(PUBLISHING_ROUTES.stream.path)
  async stream(
    @Req() request: Request,
    @Res() response: Response,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<void> {
    if (this.readers.size >= this.env.STREAM_MAX_READERS) {
      throw new HttpFailure(503, 'too-many-readers', 'the stream has all the readers it can take', undefined, {
        'retry-after': '10',
      });
    }
    const now = this.hub.now();
    const from = lastEventId ? StreamPosition.parse(lastEventId, now.partitions) : now;
    const reader = new StreamReader(response, from);
    this.readers.add(reader);

    const waiting: PlacedRelease[] = [];
    let take = (release: PlacedRelease): void => void waiting.push(release);
    const unsubscribe = this.hub.subscribe((release) => take(release));
    request.on('close', () => {
      unsubscribe();
      this.readers.delete(reader);
      reader.end();
    });

    const { releases, keptFrom } = this.hub.since(from);
    for await (const { partition, offset, view } of this.past.between(from, keptFrom)) {
      if (reader.isGone) return;
      await reader.send(partition, offset, view);
    }
    for (const release of [...releases, ...waiting])
      await reader.send(release.partition, release.offset, viewOfEvent(release.data));
    take = (release) => void reader.send(release.partition, release.offset, viewOfEvent(release.data));
  }

  /** Ends all streams, so that the server can stop; readers come back with their Last-Event-ID. */
  onModuleDestroy(): void {
    for (const reader of this.readers) reader.end();
  }
}

/** The event's data in the words of the API. */
function viewOfEvent({
  contentId,
  receivedAt: _receivedAt,
  metadata: _metadata,
  ...data
}: ContentPublishedData): ArticleView {
  return { id: contentId, ...data };
}
