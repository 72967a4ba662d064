import { Injectable } from '@nestjs/common';
import {
  type ArticleView,
  CHANNEL_NAMES,
  type ChannelName,
  type ChannelView,
  type ChannelsAnswer,
  type LastRelease,
  PUBLISHING_ROUTES,
  type StreamView,
} from '@wireroom/contracts';
import { hostname } from 'node:os';
import { ArticleReader } from './article-reader.js';
import { healthOf } from './channel-health.js';
import { ChannelVisits } from './channel-visits.js';
import { PublishingEnv } from './publishing.env.js';
import { ReleaseHub } from './release-hub.js';
import { MAX_WAITING_BYTES } from './stream-reader.js';
import { StreamReaders } from './stream-readers.js';

const PATHS: Record<ChannelName, string> = {
  articles: PUBLISHING_ROUTES.listArticles.path,
  rss: PUBLISHING_ROUTES.rss.path,
  atom: PUBLISHING_ROUTES.atom.path,
  json: PUBLISHING_ROUTES.json.path,
  stream: PUBLISHING_ROUTES.stream.path,
};

/** The ways to the readers, and how each fares at this instance. */
@Injectable()
export class Channels {
  constructor(
    private readonly articles: ArticleReader,
    private readonly visits: ChannelVisits,
    private readonly hub: ReleaseHub,
    private readonly readers: StreamReaders,
    private readonly env: PublishingEnv,
  ) {}

  /** @throws UnavailableError */
  async look(): Promise<ChannelsAnswer> {
    const { items } = await this.articles.list({ status: 'all', limit: 1 });
    const stream = this.streamView();
    return {
      instance: `${hostname()}:${process.pid}`,
      since: this.visits.since.toISOString(),
      lastRelease: items[0] && lastReleaseOf(items[0]),
      channels: CHANNEL_NAMES.map((name) => this.viewOf(name, stream)),
      stream,
    };
  }

  private viewOf(name: ChannelName, stream: StreamView): ChannelView {
    const visits = this.visits.of(name);
    return {
      name,
      address: `${this.env.publicBase}${PATHS[name]}`,
      ...healthOf(visits, name === 'stream' ? stream : undefined),
      asked: visits.asked,
      failed: visits.failed,
      errorStreak: visits.errorStreak,
      lastAskedAt: visits.lastAskedAt?.toISOString(),
      lastError: visits.lastError,
    };
  }

  private streamView(): StreamView {
    return {
      isOpen: this.hub.isOpen,
      lastHeardAt: this.hub.lastHeardAt?.toISOString(),
      maxReaders: this.env.STREAM_MAX_READERS,
      maxWaitingBytes: MAX_WAITING_BYTES,
      cutOff: this.readers.cutOff,
      readers: this.readers.views(),
    };
  }
}

function lastReleaseOf({ id, revision, status, article, releasedAt }: ArticleView): LastRelease {
  return { contentId: id, revision, status, title: article?.title, releasedAt };
}
