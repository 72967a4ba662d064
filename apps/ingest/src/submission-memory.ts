import { Inject, Injectable } from '@nestjs/common';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import type { DuplicateSubmission, RawItem } from './raw-item.schema.js';
import { type Submission, requestHashOf } from './submission.js';

/** What was decided for a submission when it came first. */
export interface Remembered {
  contentId: string;
  revision: number;
  eventId: string;
  requestHash: string;
  outcome: 'accepted' | 'duplicate';
}

/**
 * Knows submissions by their origin, so that one delivered again is answered as it was. What made a revision
 * is remembered for good, in the revision; what changed nothing for as long as configured.
 */
@Injectable()
export class SubmissionMemory {
  private readonly items: Model<RawItem>;
  private readonly duplicates: Model<DuplicateSubmission>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.items = mongo.model<RawItem>('RawItem');
    this.duplicates = mongo.model<DuplicateSubmission>('DuplicateSubmission');
  }

  /** By origin; what has none, or is new, is not in it. */
  async recall(submissions: Submission[]): Promise<Map<string, Remembered>> {
    const origins = submissions.flatMap(({ origin }) => origin ?? []);
    if (origins.length === 0) return new Map();
    const [accepted, duplicates] = await whileMongoIsThere(() =>
      Promise.all([
        this.items
          .find({ origin: { $in: origins } }, { origin: 1, contentId: 1, revision: 1, eventId: 1, fingerprint: 1 })
          .lean(),
        this.duplicates.find({ _id: { $in: origins } }).lean(),
      ]),
    );
    return new Map<string, Remembered>([
      ...accepted.map((item): [string, Remembered] => [
        item.origin!,
        { ...item, requestHash: requestHashOf(item), outcome: 'accepted' },
      ]),
      ...duplicates.map((one): [string, Remembered] => [one._id, { ...one, outcome: 'duplicate' }]),
    ]);
  }

  /** Remembers a submission that changed nothing, where it can be named. */
  async rememberDuplicates(
    decided: { submission: Submission; contentId: string; revision: number; eventId: string }[],
  ): Promise<void> {
    const rows = decided.flatMap(({ submission, contentId, revision, eventId }) => {
      if (submission.origin === undefined) return [];
      const row = {
        contentId,
        revision,
        eventId,
        requestHash: requestHashOf(submission),
        heard: submission.heard,
        at: new Date(),
      };
      return [{ updateOne: { filter: { _id: submission.origin }, update: { $setOnInsert: row }, upsert: true } }];
    });
    if (rows.length > 0)
      await whileMongoIsThere(() => this.duplicates.collection.bulkWrite(rows as never, { ordered: false }));
  }
}
