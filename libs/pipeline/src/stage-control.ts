import { Inject, Injectable } from '@nestjs/common';
import type { PauseStageRequest, StageControlAnswer, StageName, StagePause } from '@wireroom/contracts';
import { type Logger, UnavailableError, whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { Metrics } from './metrics.js';
import { LOGGER, MONGO, STAGE } from './tokens.js';

/** What operators want of a stage. No document: it works. */
interface StagePauseDocument {
  _id: string;
  since: Date;
  by?: string;
  reason: string;
}

const stagePauseSchema: Schema<StagePauseDocument> = new Schema<StagePauseDocument>(
  {
    _id: { type: String, required: true },
    since: { type: Date, required: true },
    by: String,
    reason: { type: String, required: true },
  },
  { collection: 'stage_pauses', strict: 'throw', versionKey: false },
);

const LOOK_EVERY_MS = 1000;

/**
 * Whether the stage is to work or is paused. It is kept in the stage's database, so that every instance follows and
 * a restart does not forget it.
 */
@Injectable()
export class StageControl {
  /** As this instance last read it. */
  paused: StagePause | undefined;
  private readonly pauses: Model<StagePauseDocument>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    @Inject(STAGE) private readonly stage: StageName,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {
    this.pauses = mongo.model<StagePauseDocument>('StagePause', stagePauseSchema);
  }

  /** Pauses the stage. One that is paused already stays as it is. @throws UnavailableError */
  async pause({ by, reason }: PauseStageRequest): Promise<StageControlAnswer> {
    await whileMongoIsThere(() =>
      this.pauses.updateOne({ _id: this.stage }, { $setOnInsert: { since: new Date(), by, reason } }, { upsert: true }),
    );
    return this.read();
  }

  /** @throws UnavailableError */
  async resume(): Promise<StageControlAnswer> {
    await whileMongoIsThere(() => this.pauses.deleteOne({ _id: this.stage }));
    return this.read();
  }

  /** @throws UnavailableError */
  async read(): Promise<StageControlAnswer> {
    const document = await whileMongoIsThere(() => this.pauses.findById(this.stage).lean());
    this.paused = document
      ? { since: document.since.toISOString(), by: document.by, reason: document.reason }
      : undefined;
    this.metrics.paused.set({ stage: this.stage }, document ? 1 : 0);
    return { stage: this.stage, paused: this.paused };
  }

  /** Tells whether to work, at first and whenever that changes, one change at a time. Ends with the signal. */
  async follow(tell: (isPaused: boolean) => Promise<void>, signal: AbortSignal): Promise<void> {
    let told: boolean | undefined;
    while (!signal.aborted) {
      const wanted = await this.wanted();
      if (wanted !== undefined && wanted !== told) {
        await tell(wanted);
        if (told !== undefined || wanted)
          this.logger.info({ stage: this.stage, paused: this.paused }, wanted ? 'paused' : 'resumed');
        told = wanted;
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Undefined while the database doesn't say. */
  private async wanted(): Promise<boolean | undefined> {
    try {
      return (await this.read()).paused !== undefined;
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      return undefined;
    }
  }
}
