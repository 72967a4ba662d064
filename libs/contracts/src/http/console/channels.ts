import { IsInt, IsNumber, IsString } from 'class-validator';
import { Nested, NestedList } from '../../nested.js';
import { Optional } from '../../optional.js';
import { ChannelsAnswer } from '../channels.js';
import { defineRoute } from '../route.js';
import { FigureGap } from './action.js';

/** A consumer group with a place on the readers' topic. */
export class TopicReaderView {
  @IsString() group!: string;
  /** As the broker calls it: Stable, Empty, PreparingRebalance, CompletingRebalance, Dead. */
  @IsString() state!: string;
  @IsInt() members!: number;
  /** Messages of that topic it has not committed. */
  @IsInt() lagMessages!: number;
  /** Age of the oldest of them, 0 where there is none; absent where it can't be read. */
  @Optional() @IsNumber() lagSeconds?: number;
  /** Messages that were deleted before it had taken them. */
  @IsInt() lost!: number;
}

/** How readers get what is published: the channels of publishing, and the topic. */
export class ChannelsOverview {
  /** Absent while publishing does not answer, see `unavailable`. */
  @Optional() @Nested(() => ChannelsAnswer) publishing?: ChannelsAnswer;
  /** Revisions released within the last 60 minutes and the one under way, by whichever instance; absent while the books can't be read. */
  @Optional() @IsInt() releasedLastHour?: number;
  /** The topic on which readers hear of releases. */
  @IsString() topic!: string;
  /** By name; a reader that commits no offsets is not among them. Absent while the brokers don't answer. */
  @Optional() @NestedList(() => TopicReaderView, 10_000) topicReaders?: TopicReaderView[];
  @NestedList(() => FigureGap, 100) unavailable!: FigureGap[];
}

export const CHANNEL_ROUTES = {
  channels: defineRoute({
    method: 'GET',
    path: '/v1/ops/channels',
    summary: 'How readers get what is published, and who does',
    role: 'viewer',
    response: ChannelsOverview,
    status: 200,
    errors: [401, 403, 503],
  }),
} as const;
