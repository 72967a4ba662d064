import { Controller, Get, Header, Res } from '@nestjs/common';
import { PUBLISHING_ROUTES } from '@wireroom/contracts';
import type { Response } from 'express';
import { ArticleReader } from './article-reader.js';
import { FEED_MEDIA_TYPES, type FeedFormat, buildFeed } from './build-feed.js';
import { ChannelVisits } from './channel-visits.js';
import { PublishingEnv } from './publishing.env.js';

const FRESH = 'public, max-age=30';

/** The newest articles as feeds. Express adds an ETag, so an unchanged feed answers 304. */
@Controller()
export class FeedsController {
  constructor(
    private readonly articles: ArticleReader,
    private readonly visits: ChannelVisits,
    private readonly env: PublishingEnv,
  ) {}

  @Get(PUBLISHING_ROUTES.rss.path)
  @Header('cache-control', FRESH)
  rss(@Res() response: Response): Promise<void> {
    return this.visits.count('rss', () => this.send('rss', response));
  }

  @Get(PUBLISHING_ROUTES.atom.path)
  @Header('cache-control', FRESH)
  atom(@Res() response: Response): Promise<void> {
    return this.visits.count('atom', () => this.send('atom', response));
  }

  @Get(PUBLISHING_ROUTES.json.path)
  @Header('cache-control', FRESH)
  json(@Res() response: Response): Promise<void> {
    return this.visits.count('json', () => this.send('json', response));
  }

  private async send(format: FeedFormat, response: Response): Promise<void> {
    const { items } = await this.articles.list({ limit: this.env.FEED_LENGTH });
    const info = { title: this.env.FEED_TITLE, publicUrl: this.env.publicBase };
    response.set('content-type', FEED_MEDIA_TYPES[format]).send(buildFeed(format, items, info));
  }
}
