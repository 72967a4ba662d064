import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { KafkaLagPoint } from '@wireroom/contracts';
import { BackgroundLoop, LOGGER, MONGO } from '@wireroom/pipeline';
import { type Logger, whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { ConsoleFigures } from '../console-figures.js';
import { type GroupNow, GroupSurvey } from './group-survey.js';
import type { KafkaLagDocument } from './kafka-lag.schema.js';

const EVERY_MS = 10_000;
const SHOWN_MS = 60 * 60_000;

/** Looks at the groups every ten seconds and keeps how far they were behind for a day. */
@Injectable()
export class LagHistory implements OnApplicationBootstrap, OnModuleDestroy {
  /** The groups as they were at the last look; none while the brokers don't answer. */
  latest: GroupNow[] = [];
  private readonly lags: Model<KafkaLagDocument>;
  private readonly loop = new BackgroundLoop({
    turn: async () => {
      await this.look();
      return untilNextLook();
    },
    everyMs: EVERY_MS,
    onError: (error) => {
      this.latest = [];
      this.logger.warn({ err: error }, 'the groups could not be looked at');
      return untilNextLook();
    },
  });

  constructor(
    @Inject(MONGO) mongo: Connection,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly survey: GroupSurvey,
    private readonly figures: ConsoleFigures,
  ) {
    this.lags = mongo.model<KafkaLagDocument>('KafkaLag');
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  /** The last hour of every group, oldest first. */
  async lastHour(): Promise<Map<string, KafkaLagPoint[]>> {
    const since = new Date(Date.now() - SHOWN_MS);
    const rows = await whileMongoIsThere(() =>
      this.lags
        .find({ at: { $gte: since } })
        .sort({ at: 1 })
        .lean(),
    );
    const trends = new Map<string, KafkaLagPoint[]>();
    for (const { group, at, messages, seconds } of rows) {
      const trend = trends.get(group) ?? [];
      trend.push({ at: at.toISOString(), messages, seconds });
      trends.set(group, trend);
    }
    return trends;
  }

  private async look(): Promise<void> {
    const at = new Date(Math.floor(Date.now() / EVERY_MS) * EVERY_MS);
    const { groups } = await this.survey.look();
    this.figures.showLag(groups);
    this.latest = groups;
    const operations = groups.map(({ group, lagMessages: messages, lagSeconds: seconds }) => ({
      updateOne: {
        filter: { _id: `${group} ${at.toISOString()}` },
        update: { $set: { group, at, messages, seconds } },
        upsert: true,
      },
    }));
    if (operations.length > 0) await whileMongoIsThere(() => this.lags.bulkWrite(operations, { ordered: false }));
  }
}

/** All consoles look at the same moments, so that they keep one history. */
function untilNextLook(): number {
  return EVERY_MS - (Date.now() % EVERY_MS);
}
