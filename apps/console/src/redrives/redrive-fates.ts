import { Injectable } from '@nestjs/common';
import { STAGES, type StageName } from '@wireroom/contracts';
import { type DeadLetterDocument, type StageDocument, WAITING_STATES } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import { StageData } from '../stages/stage-data.js';
import type { RedriveItemDocument } from './redrive.schema.js';
import type { ItemChange } from './redrive-store.js';

/** What is looked at of a dead letter to know what became of its replay. */
export type LetterNow = Pick<DeadLetterDocument, '_id' | 'state' | 'code' | 'replays' | 'lastFailedAt' | 'resolution'>;

type DocumentNow = Pick<StageDocument, 'contentId' | 'revision' | 'outcome' | 'code' | 'said' | 'batch'>;
type LaterLetter = Pick<DeadLetterDocument, 'contentId' | 'revision' | 'code' | 'lastFailedAt'>;

/** What is stored downstream of some items. */
interface Downstream {
  documents: Map<StageName, DocumentNow[]>;
  letters: Map<StageName, LaterLetter[]>;
}

/** A call that did not mark its dead letters by then has not sent them. */
const UNMARKED_MS = 30_000;

/** What became of what a redrive sent, read from the stages' own records. */
@Injectable()
export class RedriveFates {
  constructor(private readonly data: StageData) {}

  /** The items for which something new is known, each with it. @throws UnavailableError */
  async changesOf(items: RedriveItemDocument[]): Promise<[RedriveItemDocument, ItemChange][]> {
    const sent = items.filter(({ outcome }) => outcome === 'sent');
    const letters = await this.lettersOf(sent);
    const now = new Date();
    const atStage = new Map(sent.map((item) => [item._id, fateAtStage(item, letters.get(letterKey(item)), now)]));
    const underWay = items
      .map((item) => ({ item, known: { ...item, ...atStage.get(item._id) } }))
      .filter(({ known }) => known.outcome === 'under-way');
    const downstream = await this.downstreamOf(underWay.map(({ known }) => known));
    const beyond = new Map(underWay.map(({ item, known }) => [item._id, fateBeyond(known, downstream, now)]));
    return items.flatMap((item): [RedriveItemDocument, ItemChange][] => {
      const change = { ...atStage.get(item._id), ...beyond.get(item._id) };
      return change.outcome === undefined ? [] : [[item, change as ItemChange]];
    });
  }

  private async lettersOf(items: RedriveItemDocument[]): Promise<Map<string, LetterNow>> {
    const letters = new Map<string, LetterNow>();
    for (const stage of STAGES) {
      const ids = items.filter((item) => item.stage === stage).map(({ letterId }) => letterId);
      if (ids.length === 0) continue;
      const projection = { state: 1, code: 1, replays: 1, lastFailedAt: 1, resolution: 1 };
      const rows = await whileMongoIsThere(() =>
        this.data
          .deadLetters(stage)
          .find({ _id: { $in: ids } }, { projection })
          .toArray(),
      );
      for (const row of rows) letters.set(letterKey({ stage, letterId: row._id }), row);
    }
    return letters;
  }

  private async downstreamOf(items: RedriveItemDocument[]): Promise<Downstream> {
    const contentIds = [...new Set(items.flatMap(({ contentId }) => contentId ?? []))];
    const downstream: Downstream = { documents: new Map(), letters: new Map() };
    if (contentIds.length === 0) return downstream;
    for (const stage of STAGES) {
      const [documents, letters] = await whileMongoIsThere(() =>
        Promise.all([
          this.data
            .documents(stage)
            .find(
              { contentId: { $in: contentIds } },
              { projection: { contentId: 1, revision: 1, outcome: 1, code: 1, said: 1, batch: 1 } },
            )
            .toArray(),
          this.data
            .deadLetters(stage)
            .find(
              { contentId: { $in: contentIds }, state: { $in: WAITING_STATES } },
              { projection: { contentId: 1, revision: 1, code: 1, lastFailedAt: 1 } },
            )
            .toArray(),
        ]),
      );
      downstream.documents.set(stage, await whileMongoIsThere(() => this.data.complete(stage, documents)));
      downstream.letters.set(stage, letters);
    }
    return downstream;
  }
}

/** What its own stage made of a sent item; undefined while it has not ended it. */
export function fateAtStage(
  item: RedriveItemDocument,
  letter: LetterNow | undefined,
  now: Date,
): ItemChange | undefined {
  const { stage } = item;
  const ended = { outcomeStage: stage, stageEndedAt: now, endedAt: now };
  if (!letter || letter.state === 'discarded') return { outcome: 'gone', ...ended };
  if (letter.state === 'resolved' && letter.resolution) {
    const { outcome, code, contentId = item.contentId, revision = item.revision } = letter.resolution;
    if (outcome !== 'done') return { outcome, outcomeCode: code, contentId, revision, ...ended };
    return { outcome: 'under-way', contentId, revision, stageEndedAt: now };
  }
  const isSent = letter.replays > item.replaysBefore;
  if (isSent && letter.state !== 'replayed' && letter.lastFailedAt >= item.sentAt!) {
    return { outcome: letter.state === 'parked' ? 'parked' : 'failed', outcomeCode: letter.code, ...ended };
  }
  const isOverdue = now.getTime() - item.sentAt!.getTime() > UNMARKED_MS;
  return !isSent && isOverdue ? { outcome: 'waiting' } : undefined;
}

/** What the stages behind its own made of an item; undefined while none of them has ended it. */
export function fateBeyond(item: RedriveItemDocument, downstream: Downstream, now: Date): ItemChange | undefined {
  const isOfItem = ({ contentId }: { contentId?: string }): boolean => contentId === item.contentId;
  const isOfRevision = (one: { contentId?: string; revision?: number }): boolean =>
    isOfItem(one) && one.revision === item.revision;
  for (const stage of STAGES.slice(STAGES.indexOf(item.stage))) {
    const ended = { outcomeStage: stage, endedAt: now };
    const documents = downstream.documents.get(stage) ?? [];
    const document = documents.findLast(isOfRevision);
    if (document?.outcome === 'skipped') return { outcome: 'skipped', outcomeCode: document.code, ...ended };
    if (document && stage === 'publishing' && document.said) return { outcome: 'published', ...ended };
    if (document) continue;
    const isPassed = documents.some((one) => isOfItem(one) && one.revision > (item.revision ?? 0));
    if (isPassed) return { outcome: 'duplicate', ...ended };
    const letter = (downstream.letters.get(stage) ?? []).find(
      (one) => isOfRevision(one) && one.lastFailedAt >= item.sentAt!,
    );
    if (letter) return { outcome: 'dead-lettered', outcomeCode: letter.code, ...ended };
    return undefined;
  }
  return undefined;
}

function letterKey({ stage, letterId }: Pick<RedriveItemDocument, 'stage' | 'letterId'>): string {
  return `${stage} ${letterId}`;
}
