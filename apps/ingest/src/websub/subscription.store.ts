import { Inject, Injectable } from '@nestjs/common';
import type { Subscription, SubscriptionStore } from '@wireroom/fetching';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import { MongoServerError } from 'mongodb';
import type { Connection, Model } from 'mongoose';
import type { SubscriptionDocument } from './subscription.schema.js';

const DUPLICATE_KEY = 11000;

/** Subscriptions at hubs, shared by all instances. Every method throws UnavailableError when the database is away. */
@Injectable()
export class MongoSubscriptionStore implements SubscriptionStore {
  private readonly subscriptions: Model<SubscriptionDocument>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.subscriptions = mongo.model<SubscriptionDocument>('WebSubSubscription');
  }

  async find(id: string): Promise<Subscription | undefined> {
    const found = await this.findDocument(id);
    return found && subscriptionOf(found);
  }

  async findBySource(source: string): Promise<Subscription | undefined> {
    const found = await whileMongoIsThere(() => this.subscriptions.findOne({ source, wants: 'subscribe' }).lean());
    return found ? subscriptionOf(found) : undefined;
  }

  /** Those of all sources that are followed. */
  async listFollowed(): Promise<Subscription[]> {
    const found = await whileMongoIsThere(() => this.subscriptions.find({ wants: 'subscribe' }).lean());
    return found.map(subscriptionOf);
  }

  async listDue(now: number, most: number): Promise<Subscription[]> {
    const found = await whileMongoIsThere(() =>
      this.subscriptions
        .find({ nextAt: { $lte: now } })
        .sort({ nextAt: 1 })
        .limit(most)
        .lean(),
    );
    return found.map(subscriptionOf);
  }

  async add(subscription: Subscription): Promise<void> {
    try {
      await whileMongoIsThere(() => this.subscriptions.create(documentOf(subscription, 1)));
    } catch (error) {
      // Another instance was first.
      if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) throw error;
    }
  }

  async update(
    id: string,
    change: (current: Subscription) => Subscription | undefined,
  ): Promise<Subscription | undefined> {
    for (;;) {
      const current = await this.findDocument(id);
      const next = current && change(subscriptionOf(current));
      if (!next) return undefined;
      if (await this.replace(current, next)) return next;
    }
  }

  /** @returns false where another changed it meanwhile. */
  private async replace({ _id, version }: SubscriptionDocument, next: Subscription): Promise<boolean> {
    const { matchedCount } = await whileMongoIsThere(() =>
      this.subscriptions.replaceOne({ _id, version }, documentOf(next, version + 1)),
    );
    return matchedCount > 0;
  }

  private async findDocument(id: string): Promise<SubscriptionDocument | undefined> {
    return (await whileMongoIsThere(() => this.subscriptions.findById(id).lean())) ?? undefined;
  }
}

function subscriptionOf({ _id, version: _version, endedAt: _endedAt, ...rest }: SubscriptionDocument): Subscription {
  return { id: _id, ...rest };
}

function documentOf({ id, ...rest }: Subscription, version: number): SubscriptionDocument {
  return { _id: id, ...rest, version, ...(rest.state === 'ended' ? { endedAt: new Date() } : {}) };
}
