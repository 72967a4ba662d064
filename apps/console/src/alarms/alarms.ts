import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Alarm } from '@wireroom/contracts';
import { BackgroundLoop, LOGGER, MONGO } from '@wireroom/pipeline';
import { type Logger, whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import type { AlarmDocument } from './alarm.schema.js';

/** An alarm as the one who looks raises it, each time it looks. */
export type RaisedAlarm = Omit<Alarm, 'since' | 'endedAt'>;
export type AlarmSource = () => Promise<RaisedAlarm[]>;

const LOOK_EVERY_MS = 5000;
const SHOWN_MS = 7 * 24 * 60 * 60 * 1000;
const NOT_ENDED = { endedAt: { $exists: false } };
const SEVERITIES: Alarm['severity'][] = ['critical', 'warning'];

/**
 * What an operator should know of now. An alarm rises when it is seen twice in a row and ends when it is missed twice
 * in a row, so that one slow answer is none. Since when it lasts is kept where a restart doesn't forget it.
 */
@Injectable()
export class Alarms implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop = new BackgroundLoop({
    turn: () => this.look(),
    everyMs: LOOK_EVERY_MS,
    onError: (error) => this.logger.warn({ err: error }, 'looking for alarms failed'),
  });
  private readonly alarms: Model<AlarmDocument>;
  private readonly sources: AlarmSource[] = [];
  private raised = new Set<string>();
  private open: Alarm[] = [];

  constructor(
    @Inject(MONGO) mongo: Connection,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.alarms = mongo.model<AlarmDocument>('Alarm');
  }

  /** Adds one who looks. One that fails leaves its alarms as they were. */
  register(source: AlarmSource): void {
    this.sources.push(source);
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  /** Those that last, the most severe first. */
  get now(): Alarm[] {
    return this.open;
  }

  /** Those that last and those that ended within a week, newest first. */
  async list(): Promise<Alarm[]> {
    const shownFrom = new Date(Date.now() - SHOWN_MS);
    const rows = await whileMongoIsThere(() =>
      this.alarms
        .find({ $or: [NOT_ENDED, { endedAt: { $gte: shownFrom } }] })
        .sort({ since: -1 })
        .limit(1000)
        .lean(),
    );
    return rows.map(alarmOf);
  }

  private async look(): Promise<void> {
    const seen = await Promise.allSettled(this.sources.map((source) => source()));
    for (const result of seen) if (result.status === 'rejected') throw result.reason;
    const raised = seen.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    const now = new Date();
    const lasting = raised.filter(({ id }) => this.raised.has(id));
    const mayLast = new Set([...this.raised, ...raised.map(({ id }) => id)]);
    this.raised = new Set(raised.map(({ id }) => id));
    for (const { id, ...about } of lasting) {
      await whileMongoIsThere(() =>
        this.alarms.updateOne(
          { alarm: id, ...NOT_ENDED },
          { $set: about, $setOnInsert: { since: now } },
          { upsert: true },
        ),
      );
    }
    await whileMongoIsThere(() =>
      this.alarms.updateMany({ alarm: { $nin: [...mayLast] }, ...NOT_ENDED }, { $set: { endedAt: now } }),
    );
    const rows = await whileMongoIsThere(() => this.alarms.find(NOT_ENDED).sort({ since: 1 }).lean());
    this.open = rows.map(alarmOf).sort(bySeverity);
  }
}

function bySeverity(a: Alarm, b: Alarm): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

function alarmOf({ alarm, severity, message, since, endedAt, stage, source, link }: AlarmDocument): Alarm {
  return {
    id: alarm,
    severity,
    message,
    since: since.toISOString(),
    endedAt: endedAt?.toISOString(),
    stage,
    source,
    link,
  };
}
