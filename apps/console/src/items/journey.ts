import { Injectable } from '@nestjs/common';
import {
  type ItemAnswer,
  type ItemEvent,
  type ItemStep,
  PIPELINE,
  STAGES,
  type StageName,
  type StepFailureData,
  traceIdOf,
} from '@wireroom/contracts';
import { type DeadLetterDocument, type StageDocument, journeyStepOf, saidPlaceOf } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import { Books } from '../books/books.js';
import { groupBy } from '../group-by.js';
import { StageData } from '../stages/stage-data.js';
import { Items } from './items.js';

/** What a journey is told from, of one stage. */
type StagePart = Omit<StageDocument, 'lease' | 'source'> & { title?: string; failedSteps?: StepFailureData[] };
type LetterPart = Pick<
  DeadLetterDocument,
  '_id' | 'state' | 'code' | 'detail' | 'place' | 'revision' | 'kind' | 'firstFailedAt' | 'lastFailedAt'
>;

interface StageTrail {
  stage: StageName;
  documents: StagePart[];
  letters: LetterPart[];
}

const DOCUMENT_FIELDS = {
  contentId: 1,
  revision: 1,
  processingVersion: 1,
  kind: 1,
  outcome: 1,
  code: 1,
  storedAt: 1,
  eventId: 1,
  traceparent: 1,
  heard: 1,
  said: 1,
  saidAt: 1,
  saidPlace: 1,
  batch: 1,
  title: '$article.title',
  failedSteps: '$enrichment.failedSteps',
};
const LETTER_FIELDS = {
  state: 1,
  code: 1,
  detail: 1,
  place: 1,
  revision: 1,
  kind: 1,
  firstFailedAt: 1,
  lastFailedAt: 1,
};

/** An item's whole way, from what all stages hold of it. */
@Injectable()
export class Journey {
  constructor(
    private readonly stages: StageData,
    private readonly items: Items,
    private readonly books: Books,
  ) {}

  /** Undefined for an item that no stage knows. @throws UnavailableError */
  async of(contentId: string): Promise<ItemAnswer | undefined> {
    const trails = await Promise.all(STAGES.map((stage) => this.trailAt(stage, contentId)));
    if (trails.every(({ documents, letters }) => documents.length + letters.length === 0)) return undefined;
    // Who looks at an item looks at it as it is now, not as the books were a second ago.
    await this.books.enter([contentId]);
    const revisions = await this.items.revisionsOf(contentId);
    const newest = revisions.at(-1);
    return {
      contentId,
      source: newest?.source ?? '',
      title: revisions.findLast(({ title }) => title !== undefined)?.title,
      url: newest?.url,
      externalId: newest?.externalId,
      revisions,
      steps: stepsOf(trails),
      events: eventsOf(trails),
    };
  }

  private async trailAt(stage: StageName, contentId: string): Promise<StageTrail> {
    return whileMongoIsThere(async () => {
      const [documents, letters] = await Promise.all([
        this.stages
          .documents(stage)
          .aggregate<StagePart>([
            { $match: { contentId } },
            { $sort: { revision: 1, processingVersion: 1 } },
            { $project: DOCUMENT_FIELDS },
          ])
          .toArray(),
        this.stages
          .deadLetters(stage)
          .find({ contentId })
          .project<LetterPart>(LETTER_FIELDS)
          .sort({ lastFailedAt: 1 })
          .toArray(),
      ]);
      return { stage, documents: await this.stages.complete(stage, documents), letters };
    });
  }
}

/** Everything that happened to the item, in order of time. */
export function stepsOf(trails: StageTrail[]): ItemStep[] {
  const steps: ItemStep[] = trails.flatMap(({ stage, documents, letters }) => [
    ...documents.map((document) => storedStep(stage, document)),
    ...letters.map((letter) => failedStep(stage, letter)),
  ]);
  const inOrder = steps.sort((a, b) => (a.storedAt < b.storedAt ? -1 : 1));
  for (const ofRevision of groupBy(inOrder, ({ revision }) => String(revision)).values()) {
    for (const [index, step] of ofRevision.entries()) {
      const before = ofRevision[index - 1];
      if (before) step.afterMs = Date.parse(step.storedAt) - Date.parse(before.storedAt);
    }
  }
  return inOrder;
}

/** Steps of the enrichment that an item went on without are told where they failed, not where it is passed on. */
function storedStep(stage: StageName, document: StagePart): ItemStep {
  const step = journeyStepOf(stage, document, document.title);
  const { failedSteps = [] } = document;
  if (stage !== 'enrichment' || failedSteps.length === 0) return step;
  const missing = failedSteps.map(({ step: name, code }) => `${name} (${code})`);
  return { ...step, detail: `went on without ${missing.join(', ')}`, failedSteps };
}

function failedStep(stage: StageName, letter: LetterPart): ItemStep {
  return {
    stage,
    revision: letter.revision ?? 1,
    kind: letter.kind ?? 'original',
    outcome: 'dead-lettered',
    code: letter.code,
    detail: letter.detail,
    storedAt: letter.lastFailedAt.toISOString(),
    heard: letter.place,
    deadLetterId: letter._id,
    deadLetterState: letter.state,
  };
}

/** Every event of the item, in the order of the line, with what its hearer made of it. */
export function eventsOf(trails: StageTrail[]): ItemEvent[] {
  return trails.flatMap(({ stage, documents }) => {
    const hearer = STAGES.find((other) => PIPELINE[other].hears.topic === PIPELINE[stage].says.topic);
    const trail = trails.find((other) => other.stage === hearer);
    return documents
      .filter(({ outcome }) => outcome === 'done')
      .map((document) => ({
        eventId: document.eventId,
        type: PIPELINE[stage].says.type,
        revision: document.revision,
        processingVersion: document.processingVersion,
        saidBy: stage,
        storedAt: document.storedAt.toISOString(),
        saidAt: document.saidAt?.toISOString(),
        place: saidPlaceOf(document),
        traceId: traceIdOf(document.traceparent),
        hearer,
        ...(trail ? hearingOf(document, stage, trail) : {}),
      }));
  });
}

function hearingOf(
  said: StagePart,
  sayer: StageName,
  { documents, letters }: StageTrail,
): Pick<ItemEvent, 'heard' | 'code' | 'heardAt'> {
  // Ingest says each revision once; what later stages made of a processing has its number.
  const sameProcessing = (other: StagePart): boolean =>
    sayer === 'ingest' || other.processingVersion === said.processingVersion;
  const document = documents.find((other) => other.revision === said.revision && sameProcessing(other));
  if (document) {
    return { heard: document.outcome, code: document.code, heardAt: document.storedAt.toISOString() };
  }
  const letter = letters.findLast(({ revision, _id }) => revision === said.revision || _id === nameOf(said));
  if (letter) return { heard: 'dead-lettered', code: letter.code, heardAt: letter.lastFailedAt.toISOString() };
  const isPassed = documents.some(({ revision }) => revision > said.revision);
  return { heard: isPassed ? 'superseded' : 'waiting' };
}

function nameOf({ saidPlace }: StagePart): string | undefined {
  return saidPlace && `${saidPlace.topic}/${saidPlace.partition}/${saidPlace.offset}`;
}
