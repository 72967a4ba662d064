import { IsBase64, IsIn, IsInt, IsString, IsUUID, Matches, MaxLength, Min } from 'class-validator';
import { defineEvent } from '../define-event.js';
import { CONTENT_KINDS, type ContentKind, IsMetadata } from './content-submitted.v1.js';
import { Optional } from '../optional.js';
import { IsTimestamp } from '../timestamps.js';

/** The item and the revision an event speaks of; part of every event after the door. */
export class RevisionData {
  @IsUUID() contentId!: string;
  @IsInt() @Min(1) revision!: number;
  @IsIn(CONTENT_KINDS) kind!: ContentKind;
  @IsString() @MaxLength(100) source!: string;
  @Optional() @IsString() @MaxLength(1000) externalId?: string;
  @Optional() @IsString() @MaxLength(4096) url?: string;
  @Optional() @IsTimestamp() publishedAt?: string;
  /** When the door took it in; ISO 8601, UTC. */
  @IsTimestamp() receivedAt!: string;
  @Optional() @IsMetadata() metadata?: Record<string, string>;
}

/**
 * A revision is on disk at ingest. The original travels in `body` (UTF-8 text) or `bodyBase64`; when it is
 * too large for a message neither is there and ingest is asked for it (`GET /v1/originals/...`).
 */
export class ContentIngestedData extends RevisionData {
  @Optional() @IsString() @MaxLength(200) contentType?: string;
  /** SHA-256 (hex) of the original's bytes. */
  @Matches(/^[0-9a-f]{64}$/) originalSha256!: string;
  /** Length of the original in bytes. */
  @IsInt() @Min(0) originalBytes!: number;
  @Optional() @IsString() body?: string;
  @Optional() @IsBase64() bodyBase64?: string;
}

export const ContentIngested = defineEvent({
  topic: 'content.ingested.v1',
  type: 'wireroom.content.ingested.v1',
  data: ContentIngestedData,
  title: 'Content ingested',
  description: 'A revision of an item was accepted and stored by ingest.',
});
