import { Injectable } from '@nestjs/common';
import type { StageName } from '@wireroom/contracts';
import type { OutboxBatch } from '@wireroom/pipeline';
import type { ChangeStream, ChangeStreamDocument, ResumeToken } from 'mongodb';
import { DEAD_LETTERS, DOCUMENTS, OUTBOX_BATCHES, StageData } from '../stages/stage-data.js';

/** What has changed at a stage, and where to go on after it was entered. */
export interface StageChanges {
  contentIds: Set<string>;
  token: ResumeToken;
  /** Whether there was nothing more when this was read. */
  isUpToDate: boolean;
}

/** One change, as far as it is asked for. */
type Change = Pick<ChangeStreamDocument, '_id'> & { ns: { coll: string }; documentKey: { _id: string } };

const MAX_CHANGES = 2000;
/** Each speaks of up to some hundred items. */
const MAX_BATCHES = 50;
const WAIT_MS = 500;

/** Opens feeds of what changes at the stages. */
@Injectable()
export class StageFeeds {
  constructor(private readonly stages: StageData) {}

  open(stage: StageName, resumeAfter?: ResumeToken): StageFeed {
    const stream = this.stages.watch(
      stage,
      [
        {
          $match: {
            $or: [
              {
                'ns.coll': { $in: [DOCUMENTS[stage], DEAD_LETTERS] },
                operationType: { $in: ['insert', 'update', 'replace', 'delete'] },
              },
              { 'ns.coll': OUTBOX_BATCHES, operationType: 'update' },
            ],
          },
        },
        { $project: { ns: 1, 'documentKey._id': 1 } },
      ],
      { maxAwaitTimeMS: WAIT_MS, ...(resumeAfter === undefined ? {} : { resumeAfter }) },
    );
    return new StageFeed(stage, stream as unknown as ChangeStream<never, Change>, this.stages);
  }
}

/** The items that change at one stage, by the change stream of its database. */
export class StageFeed {
  constructor(
    readonly stage: StageName,
    private readonly stream: ChangeStream<never, Change>,
    private readonly stages: StageData,
  ) {}

  /** Reads what has changed since the last call; waits up to half a second for a first change. */
  async read(): Promise<StageChanges> {
    const contentIds = new Set<string>();
    const letters: string[] = [];
    const batches: string[] = [];
    let isUpToDate = false;
    for (let count = 0; count < MAX_CHANGES && batches.length < MAX_BATCHES; count++) {
      const change = await this.stream.tryNext();
      if (change === null) {
        isUpToDate = true;
        break;
      }
      const { _id } = change.documentKey;
      if (change.ns.coll === DEAD_LETTERS) letters.push(_id);
      else if (change.ns.coll === OUTBOX_BATCHES) batches.push(_id);
      else contentIds.add(itemOf(_id));
    }
    for (const contentId of await this.itemsOfLetters(letters)) contentIds.add(contentId);
    for (const contentId of await this.itemsOfBatches(batches)) contentIds.add(contentId);
    return { contentIds, token: this.stream.resumeToken, isUpToDate };
  }

  close(): Promise<void> {
    return this.stream.close();
  }

  private async itemsOfLetters(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const letters = await this.stages
      .deadLetters(this.stage)
      .find({ _id: { $in: ids } })
      .project<{ contentId?: string }>({ contentId: 1 })
      .toArray();
    return letters.flatMap(({ contentId }) => contentId ?? []);
  }

  /** One that is gone was taken apart: its documents have changed themselves. */
  private async itemsOfBatches(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const batches = await this.stages
      .outboxBatches(this.stage)
      .find({ _id: { $in: ids } })
      .project<Pick<OutboxBatch, 'ids'>>({ ids: 1 })
      .toArray();
    return batches.flatMap((batch) => batch.ids.map(itemOf));
  }
}

/** The item of a stage's document, by the document's id. */
function itemOf(documentId: string): string {
  return documentId.slice(0, documentId.indexOf('/'));
}
