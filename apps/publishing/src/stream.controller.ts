import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { type ArticleView, type ContentPublishedData, PUBLISHING_ROUTES } from '@wireroom/contracts';
import { HttpFailure } from '@wireroom/pipeline';
import type { Request, Response } from 'express';
import { ChannelVisits } from './channel-visits.js';
import { PastReleases } from './past-releases.js';
import { PublishingEnv } from './publishing.env.js';
import { type PlacedRelease, ReleaseHub } from './release-hub.js';
import { StreamPosition } from './stream-position.js';
import { StreamReader } from './stream-reader.js';
import { StreamReaders } from './stream-readers.js';

/**
 * Releases as they happen, by server-sent events (WHATWG HTML, section 9.2). A reader that comes back with
 * its Last-Event-ID gets everything it missed, each revision once and each item's in order.
 */
@Controller()
export class StreamController {
  constructor(
    private readonly hub: ReleaseHub,
    private readonly past: PastReleases,
    private readonly readers: StreamReaders,
    private readonly visits: ChannelVisits,
    private readonly env: PublishingEnv,
  ) {}

  @Get(PUBLISHING_ROUTES.stream.path)
  stream(
    @Req() request: Request,
    @Res() response: Response,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<void> {
    return this.visits.count('stream', () => this.serve(request, response, lastEventId));
  }

  private async serve(request: Request, response: Response, lastEventId: string | undefined): Promise<void> {
    if (this.readers.size >= this.env.STREAM_MAX_READERS) {
      throw new HttpFailure(503, 'too-many-readers', 'the stream has all the readers it can take', undefined, {
        'retry-after': '10',
      });
    }
    const now = this.hub.now();
    const from = lastEventId ? StreamPosition.parse(lastEventId, now.partitions) : now;
    const reader = new StreamReader(response, from);
    this.readers.add(reader);

    const { releases: waiting, keptFrom } = this.hub.since(from);
    let take = (release: PlacedRelease): void => void waiting.push(release);
    const unsubscribe = this.hub.subscribe((release) => take(release));
    request.on('close', () => {
      unsubscribe();
      this.readers.remove(reader);
    });

    for await (const { partition, offset, view } of this.past.between(from, keptFrom, () => !reader.isGone)) {
      if (reader.isGone) return;
      await reader.send(partition, offset, view);
    }
    const send = ({ partition, offset, data }: PlacedRelease): Promise<void> =>
      reader.send(partition, offset, viewOfEvent(data));
    // What comes meanwhile is put at the end of the same list, and sent in its turn.
    for (const release of waiting) await send(release);
    take = (release) => void send(release);
    reader.caughtUp();
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
