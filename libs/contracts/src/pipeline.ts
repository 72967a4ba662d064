import type { EventContract } from './define-event.js';
import { ContentEnriched } from './events/content-enriched.v1.js';
import { ContentIngested } from './events/content-ingested.v1.js';
import { ContentPublished } from './events/content-published.v1.js';
import { ContentSubmitted } from './events/content-submitted.v1.js';

/** A stage of the line; also its consumer group, client id and database suffix. */
export const STAGES = ['ingest', 'enrichment', 'publishing'] as const;
export type StageName = (typeof STAGES)[number];

/** Every service: the stages, and the console beside the line. */
export const SERVICES = [...STAGES, 'console'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Who hears and says what: the line in one table. */
export const PIPELINE: Record<StageName, { hears: EventContract; says: EventContract }> = {
  ingest: { hears: ContentSubmitted, says: ContentIngested },
  enrichment: { hears: ContentIngested, says: ContentEnriched },
  publishing: { hears: ContentEnriched, says: ContentPublished },
};

/** How a topic is to be created. Times in milliseconds. */
export interface TopicDeclaration {
  topic: string;
  partitions: number;
  config: Record<string, string>;
}

const DAY = 24 * 60 * 60 * 1000;
const MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

/** Every topic, declared. Drift between this and the broker is reported at boot. */
export const TOPICS: TopicDeclaration[] = [
  { topic: ContentSubmitted.topic, partitions: 6, config: kept(14 * DAY) },
  { topic: ContentIngested.topic, partitions: 6, config: kept(14 * DAY) },
  { topic: ContentEnriched.topic, partitions: 6, config: kept(14 * DAY) },
  {
    topic: ContentPublished.topic,
    partitions: 6,
    config: { 'cleanup.policy': 'compact', 'max.message.bytes': String(MAX_MESSAGE_BYTES) },
  },
];

/** Largest original carried inside an event, in bytes; a larger one travels by reference (claim check). */
export const MAX_INLINE_ORIGINAL_BYTES = 512 * 1024;

function kept(retentionMs: number): Record<string, string> {
  return {
    'cleanup.policy': 'delete',
    'retention.ms': String(retentionMs),
    'max.message.bytes': String(MAX_MESSAGE_BYTES),
  };
}
