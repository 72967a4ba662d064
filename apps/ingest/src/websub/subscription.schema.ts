import type { Subscription } from '@wireroom/fetching';
import { Schema } from 'mongoose';

/** A subscription at a hub, as it is stored. */
export interface SubscriptionDocument extends Omit<Subscription, 'id'> {
  _id: string;
  /** Grows with every change; who knows an older one changes nothing. */
  version: number;
  endedAt?: Date;
}

const KEEP_ENDED_SECONDS = 30 * 24 * 60 * 60;

const text = { type: String, required: true };
const number = { type: Number, required: true };

export const subscriptionSchema: Schema<SubscriptionDocument> = new Schema<SubscriptionDocument>(
  {
    _id: text,
    source: text,
    hub: text,
    topic: text,
    wants: text,
    state: text,
    secret: String,
    offeredSecret: String,
    previousSecret: String,
    leaseUntil: Number,
    nextAt: Number,
    failures: number,
    reason: String,
    version: number,
    endedAt: Date,
  },
  { collection: 'websub_subscriptions', strict: 'throw', versionKey: false },
);
subscriptionSchema.index({ nextAt: 1 }, { partialFilterExpression: { nextAt: { $exists: true } } });
subscriptionSchema.index({ source: 1 }, { unique: true, partialFilterExpression: { wants: 'subscribe' } });
subscriptionSchema.index({ endedAt: 1 }, { expireAfterSeconds: KEEP_ENDED_SECONDS });
