import type { Provider } from '@nestjs/common';
import { Fetcher } from '@wireroom/fetching';
import type { Connection, Model } from 'mongoose';
import { Metrics } from '@wireroom/pipeline';
import { IngestEnv } from '../ingest.env.js';
import { PageComparison } from './comparison/page-comparison.js';
import { ContentDoor } from './content-door.js';
import { FetchLedger } from './fetch-ledger.js';
import { ItemDoor } from './item-door.js';
import { ItemMemory } from './item-memory.js';
import { ItemTaker } from './item-taker.js';
import { PageWatch } from './page-watch.js';
import {
  fetchRowSchema,
  itemAddressSchema,
  sourceItemSchema,
  sourceMarkSchema,
  sourceSchema,
} from './source.schema.js';
import { createFetcher } from './source-fetcher.js';
import { SourcePoller } from './source-poller.js';
import { SourceRegistry } from './source-registry.js';
import { SourceScheduler } from './source-scheduler.js';
import { SourceStore } from './source.store.js';
import { SourceTester } from './source-tester.js';
import { SourcesFileLoader } from './sources-file.js';
import { subscriptionSchema } from '../websub/subscription.schema.js';
import { MongoSubscriptionStore } from '../websub/subscription.store.js';
import { WebSub } from '../websub/websub.js';

const DAY_SECONDS = 24 * 60 * 60;

/** What sources consist of: declarations, their schedule, and the way of what they show to the store. */
export const SOURCE_PROVIDERS: Provider[] = [
  { provide: Fetcher, useFactory: createFetcher, inject: [IngestEnv, Metrics] },
  SourceStore,
  ItemMemory,
  FetchLedger,
  ContentDoor,
  ItemDoor,
  PageComparison,
  ItemTaker,
  PageWatch,
  SourcePoller,
  SourceRegistry,
  SourcesFileLoader,
  SourceScheduler,
  SourceTester,
  MongoSubscriptionStore,
  WebSub,
];

/** The collections of sources, on the stage's connection. */
export function sourceModels(mongo: Connection, env: IngestEnv): Model<never>[] {
  return [
    mongo.model('Source', sourceSchema),
    mongo.model('SourceMark', sourceMarkSchema),
    mongo.model('SourceItem', sourceItemSchema),
    mongo.model('ItemAddress', itemAddressSchema),
    mongo.model('WebSubSubscription', subscriptionSchema),
    mongo.model('FetchRow', fetchRowSchema(env.SOURCES_KEEP_FETCHES_DAYS * DAY_SECONDS)),
  ] as unknown as Model<never>[];
}
