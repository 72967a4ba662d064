import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Fetcher, type Subscription, type SubscriptionStore, WebSubSubscriber, isPushing } from '@wireroom/fetching';
import { BackgroundLoop, LOGGER, reportTo } from '@wireroom/pipeline';
import type { Logger } from '@wireroom/platform';
import { IngestEnv } from '../ingest.env.js';
import { SourceStore } from '../sources/source.store.js';
import { MongoSubscriptionStore } from './subscription.store.js';

/** How often hubs that sources offer are compared with those that are followed. */
const PAUSE_MS = 5_000;

/**
 * Follows the hubs that sources offer. What a source offers is stored with the source, by the poll that found it; here
 * it is compared with the subscriptions there are, again and again, so that nothing is forgotten by a crash. Any
 * number of instances may do so. Without a public address for hubs to call it does nothing.
 */
@Injectable()
export class WebSub implements OnApplicationBootstrap, OnModuleDestroy {
  /** Undefined where hubs can't call this service. */
  readonly subscriber: WebSubSubscriber | undefined;
  private readonly loop: BackgroundLoop | undefined;

  constructor(
    @Inject(MongoSubscriptionStore)
    private readonly store: SubscriptionStore & Pick<MongoSubscriptionStore, 'listFollowed'>,
    @Inject(SourceStore) private readonly sources: Pick<SourceStore, 'listOffers' | 'notePushes'>,
    @Inject(Fetcher) fetcher: Pick<Fetcher, 'fetch'>,
    @Inject(IngestEnv) { WEBSUB_CALLBACK_URL: callbackBase }: Pick<IngestEnv, 'WEBSUB_CALLBACK_URL'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    if (callbackBase === undefined) return;
    const subscriber = new WebSubSubscriber({ fetcher, store, callbackBase });
    this.subscriber = subscriber;
    this.loop = new BackgroundLoop({
      turn: () => this.followOffers(subscriber),
      everyMs: PAUSE_MS,
      onError: reportTo(logger, 'following of hubs was interrupted; trying again'),
    });
  }

  onApplicationBootstrap(): void {
    this.loop?.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop?.stop();
  }

  private async followOffers(subscriber: WebSubSubscriber): Promise<void> {
    const [offers, followed] = await Promise.all([this.sources.listOffers(), this.store.listFollowed()]);
    const offering = new Set(offers.map(({ source }) => source));
    const bySource = new Map(followed.map((subscription) => [subscription.source, subscription]));
    for (const { source, hub, topic } of offers) {
      if (!isOf(bySource.get(source), hub, topic)) await subscriber.follow(source, { hubs: [hub], topic });
    }
    for (const { source } of followed) if (!offering.has(source)) await subscriber.leave(source);
    await subscriber.askDue();
    await this.sources.notePushes(pushesOf(followed));
  }
}

function isOf(subscription: Subscription | undefined, hub: string, topic: string): boolean {
  return subscription?.hub === hub && subscription.topic === topic;
}

/** Until when hubs push, by source. */
function pushesOf(followed: Subscription[]): Map<string, Date> {
  const pushing = followed.filter((subscription) => isPushing(subscription, Date.now()));
  return new Map(pushing.map(({ source, leaseUntil = 0 }) => [source, new Date(leaseUntil)]));
}
