import { IsBoolean, IsIn, IsInt, IsString, IsUUID, Min } from 'class-validator';
import { Nested, NestedList } from '../nested.js';
import { Optional } from '../optional.js';
import { IsTimestamp } from '../timestamps.js';

/** The ways by which readers get what is published, beside the topic: the read API, the feeds, the stream. */
export const CHANNEL_NAMES = ['articles', 'rss', 'atom', 'json', 'stream'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

export const CHANNEL_HEALTH = ['ok', 'degraded', 'down'] as const;
export type ChannelHealth = (typeof CHANNEL_HEALTH)[number];

/** Why a request to a channel was not served. */
export class ChannelFailure {
  /** Stable, kebab case. */
  @IsString() code!: string;
  @IsString() reason!: string;
  @IsTimestamp() at!: string;
}

/** One channel and how it fares. Requests are counted by the instance that answers, since it started. */
export class ChannelView {
  @IsIn(CHANNEL_NAMES) name!: ChannelName;
  /** Where readers find it. */
  @IsString() address!: string;
  @IsIn(CHANNEL_HEALTH) health!: ChannelHealth;
  /** Why it is not `ok`, in sentences. */
  @IsString({ each: true }) reasons!: string[];
  /** Requests that could be understood, served or not. */
  @IsInt() @Min(0) asked!: number;
  /** Of them those that the service could not serve. */
  @IsInt() @Min(0) failed!: number;
  /** Requests not served since the last one that was. */
  @IsInt() @Min(0) errorStreak!: number;
  @Optional() @IsTimestamp() lastAskedAt?: string;
  /** The last request that was not served, also where later ones were. */
  @Optional() @Nested(() => ChannelFailure) lastError?: ChannelFailure;
}

/**
 * `catching-up`: it is being sent what it missed. `live`: it is sent releases as they happen. `slow`: it takes less than
 * it is sent, and is cut off when too much waits for it.
 */
export const STREAM_READER_STATES = ['catching-up', 'live', 'slow'] as const;
export type StreamReaderState = (typeof STREAM_READER_STATES)[number];

/** A connection that reads the stream. */
export class StreamReaderView {
  @IsUUID() id!: string;
  /** Network address of the connection: of the reader, or of the proxy in front of the service. */
  @IsString() address!: string;
  /** As the reader calls itself. */
  @Optional() @IsString() agent?: string;
  @IsTimestamp() connectedAt!: string;
  @IsIn(STREAM_READER_STATES) state!: StreamReaderState;
  /** Releases sent over this connection. */
  @IsInt() @Min(0) sent!: number;
  @Optional() @IsTimestamp() lastSentAt?: string;
  /** Bytes that were sent and that the connection has not taken yet. */
  @IsInt() @Min(0) waitingBytes!: number;
}

/** The stream at one instance. */
export class StreamView {
  /** Whether it has found its place on the topic; until then readers are answered 503. */
  @IsBoolean() isOpen!: boolean;
  /** When it heard of a release last. */
  @Optional() @IsTimestamp() lastHeardAt?: string;
  /** Readers it takes at once; further ones are told to come again later. */
  @IsInt() maxReaders!: number;
  /** Bytes that may wait for one reader before it is cut off. */
  @IsInt() maxWaitingBytes!: number;
  /** Readers cut off for being too slow, since this instance started. */
  @IsInt() @Min(0) cutOff!: number;
  /** Longest connected first. */
  @NestedList(() => StreamReaderView, 100_000) readers!: StreamReaderView[];
}

/** What went out last. */
export class LastRelease {
  @IsUUID() contentId!: string;
  @IsInt() revision!: number;
  @IsIn(['published', 'retracted']) status!: 'published' | 'retracted';
  @Optional() @IsString() title?: string;
  @IsTimestamp() releasedAt!: string;
}

/** The channels as one instance of publishing serves them. */
export class ChannelsAnswer {
  /** The instance that answers: host and process. */
  @IsString() instance!: string;
  /** When it started: what it counts, it counts from then on. */
  @IsTimestamp() since!: string;
  /** Absent where nothing was ever released. */
  @Optional() @Nested(() => LastRelease) lastRelease?: LastRelease;
  @NestedList(() => ChannelView, 100) channels!: ChannelView[];
  @Nested(() => StreamView) stream!: StreamView;
}
